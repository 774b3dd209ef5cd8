import CloudModel

/// Hosts with fewer busy servers than a bound.
struct IoOpsFilter: NovaFilter {
  static let name = "IoOpsFilter"
  let runsOncePerRequest = false
  private let bound: Int

  init(_ configuration: NovaConfiguration) { bound = configuration.maxIOOperationsPerHost }

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    host.ioOperations < bound
  }
}

/// Hosts with fewer busy servers than a bound, which aggregates may set.
struct AggregateIoOpsFilter: NovaFilter {
  static let name = "AggregateIoOpsFilter"
  let runsOncePerRequest = false
  private let bound: Int

  init(_ configuration: NovaConfiguration) { bound = configuration.maxIOOperationsPerHost }

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    host.ioOperations < host.aggregates.bound("max_io_ops_per_host", default: bound)
  }
}

/// Hosts with fewer servers than a bound.
struct NumInstancesFilter: NovaFilter {
  static let name = "NumInstancesFilter"
  let runsOncePerRequest = false
  private let bound: Int

  init(_ configuration: NovaConfiguration) { bound = configuration.maxInstancesPerHost }

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    host.instances < bound
  }
}

/// Hosts with fewer servers than a bound, which aggregates may set.
struct AggregateNumInstancesFilter: NovaFilter {
  static let name = "AggregateNumInstancesFilter"
  let runsOncePerRequest = false
  private let bound: Int

  init(_ configuration: NovaConfiguration) { bound = configuration.maxInstancesPerHost }

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    host.instances < host.aggregates.bound("max_instances_per_host", default: bound)
  }
}

extension [NovaAggregate] {
  /// The smallest value of a key in the metadata; the default if there is none or one of them is
  /// no number.
  fileprivate func bound(_ key: String, default fallback: Int) -> Int {
    let texts = compactMap { $0.metadata[key] }
    let values = texts.compactMap { Int($0) }
    return values.count == texts.count ? values.min() ?? fallback : fallback
  }
}
