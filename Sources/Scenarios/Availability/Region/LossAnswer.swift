import CloudModel
package import Simulator

/// What the loss of a part of a cloud costs its VMs, at one or several loads.
package struct LossAnswer: Sendable {
  /// What is lost, as it was named.
  package var lost: String
  /// For how long, in seconds.
  package var seconds: Double
  /// One for each load, in the order asked.
  package var cases: [Case]
  /// What is simpler here than in the cloud.
  package var notes: [String]

  /// One load.
  package struct Case: Sendable {
    /// The share of memory in use before.
    package var load: Double
    /// What came of it.
    package var outcome: RegionLoss.Outcome
    /// Memory that lost VMs which move take, less what is free elsewhere, in MiB, at least 0: so much
    /// is missing whatever the placement.
    package var missingMiB: Int64
    /// The same of virtual CPUs, in thousandths.
    package var missingMilliCPU: Int64
  }
}

extension Scenario {
  /// What the loss of a zone, rack or host for a time costs, at the loads of the scenario.
  ///
  /// **Errors**: `option` for something that the cloud does not have; those of `regionStudy`.
  package func lossAnswer(
    losing name: String
  ) throws(ScenarioError) -> LossAnswer {
    let scope = try lossScope(name)
    let duration = SimulatedDuration(microseconds: record.availability.outage)
    let loads = record.availability.loads
    var answer = LossAnswer(lost: name, seconds: duration.seconds, cases: [], notes: [])
    for load in loads.isEmpty ? [nil] : loads.map(Optional.some) {
      let study = try regionStudy(load: load)
      answer.notes = study.notes
      let loss = RegionLoss(
        of: scope, in: study.region, for: duration, seed: UInt64(record.seed))
      do throws(RegionError) {
        let outcome = try loss.outcome()
        let missing = study.region.missing(without: scope)
        answer.cases.append(
          LossAnswer.Case(
            load: study.load, outcome: outcome, missingMiB: missing.memoryMiB,
            missingMilliCPU: missing.milliCPU))
      } catch {
        throw error.scenarioError(cloudPath)
      }
    }
    return answer
  }

  /// A zone, rack or host by name; `zone:`, `rack:` or `host:` before it says which.
  private func lossScope(_ text: String) throws(ScenarioError) -> OutageScope {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let kinds = ["zone", "rack", "host"]
    let isNamed = parts.count == 2 && kinds.contains(parts[0])
    let (kind, name) = isNamed ? (parts[0], parts[1]) : ("", text)
    if kind.isEmpty || kind == "zone", let zone = cloud.zones.firstIndex(where: { $0.name == name })
    {
      return .zone(zone)
    }
    if kind.isEmpty || kind == "rack", let rack = cloud.racks.firstIndex(where: { $0.name == name })
    {
      return .rack(rack)
    }
    if kind.isEmpty || kind == "host", let host = cloud.hosts.names.indexByName()[name] {
      return .host(host)
    }
    let known = cloud.zones.map(\.name) + cloud.racks.map(\.name)
    let near = NearMiss.nearest(to: name, among: known).map { "did you mean `\($0)`? " } ?? ""
    throw .option(
      name: "--lose", value: text, allowed: "a zone, rack or host of the cloud `\(cloud.name)`",
      help: near + "zones: \(cloud.zones.map(\.name).joined(separator: ", "))")
  }
}

extension RecoveryRegion {
  /// What lost VMs that come back elsewhere take, less what is free on the hosts that are left.
  func missing(without scope: OutageScope) -> (memoryMiB: Int64, milliCPU: Int64) {
    let lost = hosts.indices.map { scope.contains($0, of: hosts[$0]) }
    var (memory, cpu): (Int64, Int64) = (0, 0)
    for (place, host) in hosts.enumerated() where !lost[place] {
      memory -= Int64(host.memoryMiB)
      cpu -= Int64(host.milliCPU)
    }
    for vm in vms where !lost[vm.host] || vm.recovery.movesElsewhere {
      memory += Int64(vm.memoryMiB)
      cpu += Int64(vm.milliCPU)
    }
    return (max(0, memory), max(0, cpu))
  }
}

extension OutageScope {
  fileprivate func contains(_ place: Int, of host: RegionHost) -> Bool {
    switch self {
    case .none: false
    case .host(let index): index == place
    case .rack(let rack): host.rack == rack
    case .zone(let zone): host.zone == zone
    case .hosts(let hosts): hosts.contains(place)
    case .region: true
    }
  }
}

extension RegionError {
  /// What is wrong, as a problem with the cloud.
  func scenarioError(_ cloudPath: String) -> ScenarioError {
    let (what, help) =
      switch self {
      case .duplicateName(let name):
        ("different names, `\(name)` occurs twice", "give parts, hosts and VMs names of their own")
      case .badReference(let part, let field):
        ("sound references, \(field) of `\(part)` is none", "make the cloud file again")
      case .badValue(let part, let field):
        ("possible numbers, \(field) of `\(part)` is none", "look at its sizes and times")
      case .overfull(let host):
        ("hosts that hold their VMs, `\(host)` does not", "look at its capacity")
      }
    return .option(name: "cloud", value: cloudPath, allowed: "a cloud with \(what)", help: help)
  }
}
