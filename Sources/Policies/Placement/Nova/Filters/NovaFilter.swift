import CloudModel

/// A condition on hosts; one of Nova's scheduler filters.
///
/// **Source**: Nova 34.0.0, `nova/filters.py` and `nova/scheduler/filters/`.
protocol NovaFilter: Sendable {
  /// The name of Nova's class.
  static var name: String { get }

  /// Whether it runs for the first server of a request only, because its answer is the same for
  /// the others.
  var runsOncePerRequest: Bool { get }

  /// A filter with the settings of the scheduler.
  init(_ configuration: NovaConfiguration)

  /// Whether a host stays; a filter on allocation candidates also drops those of them that will
  /// not do.
  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool
}

/// All filters by name; one line adds one.
enum NovaFilters {
  static let all: [any NovaFilter.Type] = [
    AggregateInstanceExtraSpecsFilter.self,
    AggregateIoOpsFilter.self,
    AggregateNumInstancesFilter.self,
    AllHostsFilter.self,
    ComputeCapabilitiesFilter.self,
    ComputeFilter.self,
    ImagePropertiesFilter.self,
    IoOpsFilter.self,
    NumInstancesFilter.self,
    PciPassthroughFilter.self,
    ServerGroupAffinityFilter.self,
    ServerGroupAntiAffinityFilter.self,
  ]

  /// The enabled filters in their order.
  static func enabled(
    _ configuration: NovaConfiguration
  ) throws(NovaError) -> [any NovaFilter] {
    var filters: [any NovaFilter] = []
    for name in configuration.enabledFilters {
      guard let filter = all.first(where: { $0.name == name }) else { throw .filter(name) }
      filters.append(filter.init(configuration))
    }
    return filters
  }
}

/// Lets every host pass.
struct AllHostsFilter: NovaFilter {
  static let name = "AllHostsFilter"
  let runsOncePerRequest = true

  init(_ configuration: NovaConfiguration) {}

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool { true }
}
