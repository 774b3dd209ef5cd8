import CloudModel

/// Where a plan comes from: the files and the scenario that were asked about.
package struct PlanOrigin: Sendable, Equatable {
  /// The path of the cloud file as it was named.
  package var cloudFile = ""
  /// SHA-256 of the cloud file.
  package var cloudSHA256 = ""
  /// The scenario with all overrides applied, in YAML.
  package var scenarioYAML = ""
  /// SHA-256 of the resolved scenario.
  package var scenarioSHA256 = ""

  /// From nowhere.
  package init() {}
}

extension Scenario {
  /// Where its plans come from.
  var planOrigin: PlanOrigin {
    var origin = PlanOrigin()
    origin.cloudFile = cloudPath
    origin.cloudSHA256 = cloudSHA256
    origin.scenarioYAML = resolvedYAML
    origin.scenarioSHA256 = sha256
    return origin
  }
}

extension PlanRecord {
  /// A plan for a cloud about which nothing is decided yet.
  init(_ name: String, for cloud: Cloud, from origin: PlanOrigin) {
    self.name = name
    program = Program.nameAndVersion
    self.cloud = cloud.name
    cloudFile = origin.cloudFile
    cloudSHA256 = origin.cloudSHA256
    scenario = origin.scenarioYAML
    scenarioSHA256 = origin.scenarioSHA256
  }
}
