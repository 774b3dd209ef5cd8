/// Hosts with enough free devices of the kinds that the flavor asks for.
///
/// With devices tracked in Placement each allocation candidate names the devices it would use; those
/// whose devices are not free are dropped.
struct PciPassthroughFilter: NovaFilter {
  static let name = "PciPassthroughFilter"
  let runsOncePerRequest = false

  init(_ configuration: NovaConfiguration) {}

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    if request.devices.isEmpty { return true }
    if host.pools.isEmpty { return false }
    let pools = host.pools
    host.candidates.removeAll { candidate in
      var rest = pools
      return !rest.take(request.devices, candidate: candidate)
    }
    return !host.candidates.isEmpty
  }
}
