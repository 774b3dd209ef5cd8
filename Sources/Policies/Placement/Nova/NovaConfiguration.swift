import CloudModel

/// The settings of Nova's scheduler that decide where a server goes.
///
/// **Source**: Nova 34.0.0, `nova/conf/scheduler.py`: names and defaults.
package struct NovaConfiguration: Sendable, Equatable {
  /// The filters, in the order in which they run.
  package var enabledFilters = [
    "ComputeFilter", "ComputeCapabilitiesFilter", "ImagePropertiesFilter",
    "ServerGroupAntiAffinityFilter", "ServerGroupAffinityFilter",
  ]
  /// The weighers, in the order in which their weights are added; nil for the order of Nova's
  /// modules.
  package var weighers: [String]?
  /// Weight multipliers by the name of their setting, as `ram_weight_multiplier`.
  package private(set) var multipliers = defaultMultipliers
  /// Among how many of the best hosts one is drawn.
  package var hostSubsetSize = 1
  /// Whether hosts of the same greatest weight are shuffled.
  package var shufflesBest = false
  /// How often a build is tried; one less is the number of alternates.
  package var maxAttempts = 3
  /// The most allocation candidates that Placement is asked for.
  package var maxPlacementResults = 1000
  /// For `IoOpsFilter`.
  package var maxIOOperationsPerHost = 8
  /// For `NumInstancesFilter`.
  package var maxInstancesPerHost = 50
  /// The architecture of images that name none.
  package var defaultArchitecture: String?
  /// Whether devices asked for by alias are looked for in Placement.
  package var pciInPlacement = false

  /// The defaults of Nova 34.
  package init() {}

  /// The defaults of a release.
  ///
  /// **Errors**: `NovaError.release` for any release but 34.
  package init(release: String) throws(NovaError) {
    guard NovaRelease(parsing: release)?.major == 34 else { throw .release(release) }
  }

  /// The multiplier of a weigher, unless an aggregate of the host says otherwise.
  package func multiplier(_ setting: String) -> Double { multipliers[setting] ?? 1 }

  private static let defaultMultipliers = [
    "ram_weight_multiplier": 1.0, "cpu_weight_multiplier": 1.0, "disk_weight_multiplier": 1.0,
    "hypervisor_version_weight_multiplier": 1.0, "num_instances_weight_multiplier": 0.0,
    "io_ops_weight_multiplier": -1.0, "image_props_weight_multiplier": 0.0,
    "pci_weight_multiplier": 1.0, "soft_affinity_weight_multiplier": 1.0,
    "soft_anti_affinity_weight_multiplier": 1.0, "build_failure_weight_multiplier": 1_000_000.0,
    "cross_cell_move_weight_multiplier": 1_000_000.0, "metrics_weight_multiplier": 1.0,
  ]

  /// Names of the weight multipliers, sorted.
  package static let multiplierNames = defaultMultipliers.keys.sorted()
}

extension NovaConfiguration {
  /// Changes one setting, given as text; lists have commas between their elements.
  ///
  /// The name may have the section in front, as `filter_scheduler.ram_weight_multiplier`.
  ///
  /// **Errors**: all of `NovaError` but `release`.
  package mutating func set(_ setting: String, to text: String) throws(NovaError) {
    let name = Self.bareName(setting)
    if multipliers[name] != nil {
      let value = try Self.number(setting, text)
      if name == "image_props_weight_multiplier", value != 0 {
        throw .notModelled(setting: setting, found: text)
      }
      multipliers[name] = value
      return
    }
    switch name {
    case "enabled_filters": enabledFilters = Self.list(text)
    case "weighers": weighers = Self.list(text)
    case "weight_classes":
      if Self.list(text) != ["nova.scheduler.weights.all_weighers"] {
        weighers = Self.list(text).map { String($0.split(separator: ".").last ?? "") }
      }
    case "host_subset_size": hostSubsetSize = try Self.count(setting, text)
    case "max_attempts": maxAttempts = try Self.count(setting, text)
    case "max_placement_results": maxPlacementResults = try Self.count(setting, text)
    case "max_io_ops_per_host": maxIOOperationsPerHost = try Self.count(setting, text)
    case "max_instances_per_host": maxInstancesPerHost = try Self.count(setting, text)
    case "shuffle_best_same_weighed_hosts": shufflesBest = try Self.flag(setting, text)
    case "pci_in_placement": pciInPlacement = try Self.flag(setting, text)
    case "image_properties_default_architecture":
      defaultArchitecture = text.isEmpty ? nil : text
    default: try Self.checkUnmodelled(setting, name, text)
    }
  }

  /// `metrics.weight_multiplier` is the only multiplier whose name does not say what it is of.
  private static func bareName(_ setting: String) -> String {
    if setting == "metrics.weight_multiplier" { return "metrics_weight_multiplier" }
    return setting.split(separator: ".", maxSplits: 1).last.map(String.init) ?? setting
  }

  /// Settings that are known: with an effect that is modelled only for this value, or (nil) without
  /// an effect on what is modelled.
  private static let others: [String: String?] = [
    "isolated_images": "", "isolated_hosts": "", "image_props_weight_setting": "",
    "weight_setting": "", "query_placement_for_routed_network_aggregates": "false",
    "limit_tenants_to_placement_aggregate": "false",
    "query_placement_for_image_type_support": "false",
    "enable_isolated_aggregate_filtering": "false", "image_metadata_prefilter": "false",
    "track_instance_changes": nil, "available_filters": nil,
    "restrict_isolated_hosts_to_isolated_images": nil,
    "aggregate_image_properties_isolation_namespace": nil,
    "aggregate_image_properties_isolation_separator": nil,
    "discover_hosts_in_cells_interval": nil, "workers": nil,
    "placement_aggregate_required_for_tenants": nil, "required": nil,
    "weight_of_unavailable": nil,
  ]

  private static func checkUnmodelled(
    _ setting: String, _ name: String, _ text: String
  ) throws(NovaError) {
    guard let entry = others[name] else { throw .unknownSetting(setting) }
    guard let only = entry else { return }
    if text.lowercased() != only { throw .notModelled(setting: setting, found: text) }
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0.trimmingPrefix { $0 == " " }) }
  }

  private static func number(_ setting: String, _ text: String) throws(NovaError) -> Double {
    guard let value = Double(text), value.isFinite else {
      throw .value(setting: setting, found: text, allowed: "a number")
    }
    return value
  }

  private static func count(_ setting: String, _ text: String) throws(NovaError) -> Int {
    guard let value = Int(text), value >= 1 else {
      throw .value(setting: setting, found: text, allowed: "a whole number from 1")
    }
    return value
  }

  private static func flag(_ setting: String, _ text: String) throws(NovaError) -> Bool {
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: throw .value(setting: setting, found: text, allowed: "true or false")
    }
  }
}
