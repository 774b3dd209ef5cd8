/// Hosts with fewer members of the server's anti-affinity group than the group admits.
struct ServerGroupAntiAffinityFilter: NovaFilter {
  static let name = "ServerGroupAntiAffinityFilter"
  let runsOncePerRequest = false

  init(_ configuration: NovaConfiguration) {}

  /// A host on which the server itself is passes, so that a resize may stay where it is.
  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    guard let group = request.group, group.policy == "anti-affinity" else { return true }
    return host.groupMembers.contains(server) || host.groupMembers.count < group.maxPerHost
  }
}

/// Hosts of the server's affinity group; all hosts while the group has none.
struct ServerGroupAffinityFilter: NovaFilter {
  static let name = "ServerGroupAffinityFilter"
  let runsOncePerRequest = false

  init(_ configuration: NovaConfiguration) {}

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    guard let group = request.group, group.policy == "affinity" else { return true }
    return group.hosts.isEmpty || group.hosts.contains(host.name)
  }
}
