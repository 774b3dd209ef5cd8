import Scenarios

/// A host before it becomes a record: the names it goes by and its providers.
struct HostEntry: Sendable {
  /// The name in the file.
  var name: String
  /// The host name of its compute service, by which aggregates and services know it.
  var serviceHost: String
  /// The name of the hypervisor, by which Placement knows it.
  var node: String
  var hypervisor: OpenStackHypervisor?
  /// What a version before 2.88 told.
  var details: Recorded<OpenStackHypervisor>?
  /// Indices into the tree's providers, the root first; empty if Placement does not know the host.
  var providers: [Int] = []
}

/// All hosts by their names: hypervisors, and roots of Placement on which servers still are.
struct HostDirectory: Sendable {
  /// In ascending order of name.
  private(set) var entries: [HostEntry] = []
  private(set) var findings: [FindingRecord] = []
  /// The index of the host of each provider; nil for shared and for left-over ones.
  private(set) var hostOfProvider: [Int?] = []
  private var byNode: [String: Int] = [:]
  private var byService: [String: [Int]] = [:]

  /// **Errors**: `emptyCloud`; `contradiction` for a hypervisor's name that is there twice.
  init(_ answers: OpenStackAnswers, tree: ProviderTree) throws(CollectorError) {
    guard !answers.hypervisors.isEmpty else { throw .emptyCloud(file: answers.hypervisorsFile) }
    var nodes: Set<String> = []
    var services: [String: Int] = [:]
    for hypervisor in answers.hypervisors {
      let value = hypervisor.value
      guard nodes.insert(value.hypervisorHostname).inserted else {
        throw hypervisor.contradiction(
          "hypervisor_hostname", value.hypervisorHostname, allowed: "a name that is listed once")
      }
      services[value.service?.host ?? value.hypervisorHostname, default: 0] += 1
    }
    for hypervisor in answers.hypervisors {
      let value = hypervisor.value
      let service = value.service?.host ?? value.hypervisorHostname
      // One service may drive many hypervisors (bare metal); then only the node's name tells.
      let isOwn =
        services[service] == 1 && (service == value.hypervisorHostname || !nodes.contains(service))
      var entry = HostEntry(
        name: isOwn ? service : value.hypervisorHostname, serviceHost: service,
        node: value.hypervisorHostname)
      entry.hypervisor = value
      entry.details = answers.details[value.hypervisorHostname]
      if let root = Self.root(of: value, in: tree) {
        entry.providers = [root] + tree.tree(of: root).filter { $0 != root }
      }
      entries.append(entry)
    }
    addHostsWithoutHypervisor(answers, tree: tree)
    entries.sort { $0.name < $1.name }
    index(tree)
  }

  private static func root(of hypervisor: OpenStackHypervisor, in tree: ProviderTree) -> Int? {
    // From version 2.53 on the ids are equal; before, only the names.
    if let index = tree.index(of: hypervisor.id.text) { return tree.rootOf[index] }
    return tree.roots.first {
      tree.providers[$0].provider.value.name == hypervisor.hypervisorHostname
    }
  }

  /// Roots that no hypervisor owns: hosts if servers are on them, else left-overs.
  private mutating func addHostsWithoutHypervisor(_ answers: OpenStackAnswers, tree: ProviderTree) {
    let owned = Set(entries.compactMap(\.providers.first))
    let known = Set(entries.flatMap { [$0.node, $0.serviceHost] })
    for root in tree.roots where !owned.contains(root) && !tree.isSharing(root) {
      let name = tree.providers[root].provider.value.name
      let isUsed =
        !known.contains(name)
        && answers.servers.contains { $0.value.node == name || $0.value.host == name }
      if isUsed {
        var entry = HostEntry(name: name, serviceHost: name, node: name)
        entry.providers = [root] + tree.tree(of: root).filter { $0 != root }
        entries.append(entry)
      }
      findings.append(
        FindingKind.providerWithoutHypervisor.finding(
          name,
          isUsed
            ? "Placement and servers know this host, but no hypervisor is listed for it."
            : "Placement has this provider, but no hypervisor and no server is on it; left out."))
    }
  }

  private mutating func index(_ tree: ProviderTree) {
    hostOfProvider = Array(repeating: nil, count: tree.providers.count)
    for (host, entry) in entries.enumerated() {
      byNode[entry.node] = host
      byService[entry.serviceHost, default: []].append(host)
      for provider in entry.providers { hostOfProvider[provider] = host }
      if entry.providers.isEmpty {
        findings.append(
          FindingKind.hostWithoutProvider.finding(
            entry.name, "Placement does not know this host: nothing new can be placed there."))
      }
    }
  }

  /// The hosts of a compute service.
  func hosts(ofService name: String) -> [Int] { byService[name] ?? [] }

  /// The index of the host that a server is on; nil: on none.
  ///
  /// **Errors**: `notVisible` if the account may not see hosts; `contradiction` for a host that
  /// neither a hypervisor nor a provider is named after.
  func host(of server: Recorded<OpenStackServer>) throws(CollectorError) -> Int? {
    guard server.value.isHostVisible else {
      throw .notVisible(file: server.file, path: "\(server.path).OS-EXT-SRV-ATTR:host")
    }
    guard let name = server.value.host, !name.isEmpty else { return nil }
    if let node = server.value.node, let host = byNode[node] {
      guard name == node || byService[name]?.contains(host) == true else {
        throw server.contradiction(
          "OS-EXT-SRV-ATTR:host", name, allowed: "the service of the hypervisor \(node)")
      }
      return host
    }
    if let hosts = byService[name], hosts.count == 1 { return hosts[0] }
    if let host = byNode[name] { return host }
    throw server.contradiction(
      "OS-EXT-SRV-ATTR:host", name, allowed: "the host of a listed hypervisor or provider")
  }
}
