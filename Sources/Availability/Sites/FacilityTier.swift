/// Data centre facilities in four classes of redundancy, as fault trees with round parameters.
///
/// The parameters are ours, rounded towards the figures quoted for the classes, which are folk: site
/// arithmetic published beside a white paper, no measurement. Agreement proves nothing.
package enum FacilityTier: String, CaseIterable, Sendable {
  /// One of everything.
  case one = "I"
  /// Redundant parts, one path.
  case two = "II"
  /// Redundant parts and a second path that stands by: planned work without a stop.
  case three = "III"
  /// Two active paths in compartments.
  case four = "IV"

  /// The figure that is quoted for the class, in percent of time available. Folk, not measured.
  package var quotedPercent: Double {
    switch self {
    case .one: 99.671
    case .two: 99.741
    case .three: 99.982
    case .four: 99.995
    }
  }

  /// The tree, whose top is the loss of power or cooling.
  ///
  /// **Errors**: none in practice: the trees are complete.
  package func tree() throws(FaultTreeError) -> FaultTree {
    let parts = parts(prefix: "", top: "top", grids: [])
    return try FaultTree(top: "top", events: parts.events, gates: parts.gates)
  }

  /// The events and gates of a facility in a larger tree, under names that begin with a prefix.
  ///
  /// Generators stand in for the utility, whether its feed fails or one of `grids`, the gates or
  /// events behind the feeds of several facilities.
  ///
  /// **Source**: hours a year of `docs/availability.md`; how often planned work, site events and
  /// paths fail is ours: 2 h of planned work at a time, 20 h once in 50 years, 5.5 h, 1 h.
  package func parts(
    prefix: String, top: String, grids: [String]
  ) -> (events: [BasicEvent], gates: [NamedGate]) {
    var parts = TierParts(prefix: prefix, isCompartmented: self == .four)
    var causes = [parts.event("site_common", hoursPerYear: 0.4, each: 20)]
    var utility = parts.event(BasicEvent("util", meanUpHours: 8760, meanDownHours: 6))
    if !grids.isEmpty { utility = parts.gate("supply", .or, [utility] + grids) }
    switch self {
    case .one, .two:
      let planned = parts.event("planned", hoursPerYear: self == .one ? 24 : 18, each: 2)
      causes = [planned] + causes + [parts.event("path", hoursPerYear: 3.3, each: 5.5)]
    case .three, .four:
      let paths = ["path_a", "path_b"].map { parts.event($0, hoursPerYear: 3.3, each: 5.5) }
      causes.append(parts.gate("paths", .and, paths))
    }
    if self == .three {
      causes.append(parts.event("path_active_switching", hoursPerYear: 1.2, each: 1))
    }
    // Generators start on demand and begin no outage by themselves; the others have repair times.
    let isSingle = self == .one
    let generators = parts.part(BasicEvent("gen", 0.05), isSingle: isSingle)
    for name in ["ups", "chiller"] {
      let event = BasicEvent(name, meanUpHours: 87_600, meanDownHours: 4)
      causes.append(parts.part(event, isSingle: isSingle))
    }
    causes.append(parts.gate("backup", .and, [utility, generators]))
    parts.gates.append(NamedGate(top, .or, causes))
    return (parts.events, parts.gates)
  }
}

/// The events and gates of a tier while they are put together.
private struct TierParts {
  private static let hoursOfYear = 8760.0
  /// The share of failures of redundant parts that takes all of them.
  private static let beta = 0.1

  let prefix: String
  let isCompartmented: Bool
  var events: [BasicEvent] = []
  var gates: [NamedGate] = []

  init(prefix: String, isCompartmented: Bool) {
    self.prefix = prefix
    self.isCompartmented = isCompartmented
  }

  mutating func event(_ event: BasicEvent) -> String {
    var event = event
    event.name = prefix + event.name
    events.append(event)
    return event.name
  }

  mutating func event(_ name: String, hoursPerYear: Double, each hours: Double) -> String {
    event(
      BasicEvent(
        name, hoursPerYear / Self.hoursOfYear,
        frequencyPerHour: hoursPerYear / hours / Self.hoursOfYear))
  }

  mutating func gate(_ name: String, _ operation: GateOperation, _ arguments: [String]) -> String {
    gates.append(NamedGate(prefix + name, operation, arguments))
    return prefix + name
  }

  /// One part, or a pair of it; the name that stands for its failure.
  mutating func part(_ event: BasicEvent, isSingle: Bool) -> String {
    if isSingle { return self.event(event) }
    let name = prefix + event.name
    let group = CommonCause.beta(
      event, members: ["\(name)_1", "\(name)_2"], beta: isCompartmented ? 0 : Self.beta,
      common: "\(name)_ccf")
    events += group.events
    let pair = gate("\(event.name)_both", .and, ["\(name)_1", "\(name)_2"])
    guard let common = group.common.first else { return pair }
    return gate("\(event.name)_all", .or, [pair, common])
  }
}
