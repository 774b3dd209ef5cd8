/// Hosts whose service is enabled and alive.
struct ComputeFilter: NovaFilter {
  static let name = "ComputeFilter"
  let runsOncePerRequest = true

  init(_ configuration: NovaConfiguration) {}

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    !host.isDisabled && host.isUp
  }
}
