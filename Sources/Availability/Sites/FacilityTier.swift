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
    var parts = TierParts(isCompartmented: self == .four)
    var causes = ["site_common"]
    parts.event("site_common", hoursPerYear: 0.4)
    parts.event(BasicEvent("util", meanUpHours: 8760, meanDownHours: 6))
    switch self {
    case .one, .two:
      parts.event("planned", hoursPerYear: self == .one ? 24 : 18)
      parts.event("path", hoursPerYear: 3.3)
      causes = ["planned"] + causes + ["path"]
    case .three, .four:
      parts.event("path_a", hoursPerYear: 3.3)
      parts.event("path_b", hoursPerYear: 3.3)
      parts.gates.append(NamedGate("paths", .and, ["path_a", "path_b"]))
      causes.append("paths")
    }
    if self == .three {
      parts.event("path_active_switching", hoursPerYear: 1.2)
      causes.append("path_active_switching")
    }
    // Generators start on demand and begin no outage by themselves; the others have repair times.
    let isSingle = self == .one
    let generators = parts.part(BasicEvent("gen", 0.05), isSingle: isSingle)
    for name in ["ups", "chiller"] {
      let event = BasicEvent(name, meanUpHours: 87_600, meanDownHours: 4)
      causes.append(parts.part(event, isSingle: isSingle))
    }
    parts.gates.append(NamedGate("backup", .and, ["util", generators]))
    parts.gates.append(NamedGate("top", .or, causes + ["backup"]))
    return try FaultTree(top: "top", events: parts.events, gates: parts.gates)
  }
}

/// The events and gates of a tier while they are put together.
private struct TierParts {
  private static let hoursOfYear = 8760.0
  /// The share of failures of redundant parts that takes all of them.
  private static let beta = 0.1

  let isCompartmented: Bool
  var events: [BasicEvent] = []
  var gates: [NamedGate] = []

  init(isCompartmented: Bool) { self.isCompartmented = isCompartmented }

  mutating func event(_ event: BasicEvent) { events.append(event) }

  mutating func event(_ name: String, hoursPerYear: Double) {
    events.append(BasicEvent(name, hoursPerYear / Self.hoursOfYear))
  }

  /// One part, or a pair of it; the name that stands for its failure.
  mutating func part(_ event: BasicEvent, isSingle: Bool) -> String {
    if isSingle {
      events.append(event)
      return event.name
    }
    let beta = isCompartmented ? 0 : Self.beta
    let group = CommonCause.beta(
      event, members: ["\(event.name)_1", "\(event.name)_2"], beta: beta,
      common: "\(event.name)_ccf")
    events += group.events
    let pair = NamedGate("\(event.name)_both", .and, ["\(event.name)_1", "\(event.name)_2"])
    gates.append(pair)
    guard let common = group.common.first else { return pair.name }
    gates.append(NamedGate("\(event.name)_all", .or, [pair.name, common]))
    return "\(event.name)_all"
  }
}
