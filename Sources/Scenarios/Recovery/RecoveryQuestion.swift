package import CloudModel
package import Migration
package import Policies
import Simulator

/// Everything that decides the answer about one recovery.
package struct RecoveryQuestion: Sendable {
  /// The name of the scenario.
  package var name: String
  /// What failed in which cloud, under which rules.
  package var task: RecoveryTask
  /// The zone that failed; nil: single hosts.
  package var zone: String?
  /// The time within which everything should give service again.
  package var window: SimulatedDuration
  /// What a rebuild costs.
  package var parameters: MigrationParameters
  /// The seed of all draws.
  package var seed: UInt64
  /// How many times the plan is carried out.
  package var replications: Int
  /// Where the question comes from.
  package var origin: PlanOrigin

  /// A question about a task; what is not named comes from nowhere.
  package init(
    name: String, task: RecoveryTask, zone: String? = nil, window: SimulatedDuration,
    parameters: MigrationParameters, seed: UInt64, replications: Int,
    origin: PlanOrigin = PlanOrigin()
  ) {
    self.name = name
    self.task = task
    self.zone = zone
    self.window = window
    self.parameters = parameters
    self.seed = seed
    self.replications = replications
    self.origin = origin
  }
}

extension Scenario {
  /// The question how what failed hosts, or those of a zone, held comes back. Without either the
  /// hosts are meant that the cloud records as down.
  ///
  /// **Errors**: `option` if nothing failed, or something that the cloud does not have.
  package func recoveryQuestion(
    failed names: [String], zone: String?, losesLocalDisks: Bool = false
  ) throws(ScenarioError) -> RecoveryQuestion {
    let failed = try failedHosts(names, zone: zone)
    let evacuation = record.evacuation
    return RecoveryQuestion(
      name: record.name,
      task: RecoveryTask(
        cloud: cloud, failed: failed, rules: classRules,
        timeLimitSeconds: evacuation.timeLimit.map { Double($0) / 1_000_000 },
        losesLocalDisks: losesLocalDisks),
      zone: zone, window: SimulatedDuration(microseconds: evacuation.window),
      parameters: record.migration.parameters, seed: UInt64(record.seed),
      replications: Int(record.replications ?? Self.planReplications),
      origin: planOrigin)
  }

  private func failedHosts(_ names: [String], zone: String?) throws(ScenarioError) -> [Int] {
    if let zone {
      guard names.isEmpty else {
        throw .option(
          name: "--zone", value: zone, allowed: "left out where --failed names hosts",
          help: "name either hosts or a zone")
      }
      guard let index = cloud.zones.firstIndex(where: { $0.name == zone }) else {
        throw unknown(zone, "--zone", "a zone", among: cloud.zones.map(\.name))
      }
      let hosts = (0..<cloud.hosts.count).filter { cloud.hosts.zone[$0] == index }
      guard !hosts.isEmpty else {
        throw .option(
          name: "--zone", value: zone, allowed: "a zone with hosts", help: "name another zone")
      }
      return hosts
    }
    let down = (0..<cloud.hosts.count).filter { cloud.hosts.state[$0] == .down }
    guard !names.isEmpty || !down.isEmpty else {
      throw .option(
        name: "--failed", value: "", allowed: "one or more hosts of the cloud",
        help: "no host is recorded as down: name the hosts with --failed, or a zone with --zone")
    }
    return names.isEmpty ? down : try indices(of: names)
  }

  private func indices(of names: [String]) throws(ScenarioError) -> [Int] {
    let known = cloud.hosts.names.indexByName()
    var hosts: [Int] = []
    for name in names {
      guard let host = known[name] else {
        throw unknown(name, "--failed", "a host", among: known.keys.sorted())
      }
      guard !hosts.contains(host) else {
        throw .option(
          name: "--failed", value: name, allowed: "different hosts", help: "remove one of the two")
      }
      hosts.append(host)
    }
    return hosts
  }

  private func unknown(
    _ name: String, _ option: String, _ kind: String, among known: [String]
  ) -> ScenarioError {
    let near = NearMiss.nearest(to: name, among: known).map { "did you mean `\($0)`? " } ?? ""
    let shown = known.prefix(8).joined(separator: ", ") + (known.count > 8 ? ", ..." : "")
    return .option(
      name: option, value: name, allowed: "\(kind) of the cloud `\(cloud.name)`",
      help: near + "there are: \(shown)")
  }
}
