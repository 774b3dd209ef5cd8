import CloudModel

/// Which hosts refuse a VM of a failed host, and what would help; VMs that are alike are asked for
/// once.
struct RecoveryRefusals {
  private let rules: TargetRules
  private let state: CloudState
  private var known: [Kind: Rejections] = [:]
  private var takers: [Kind: Bool] = [:]

  /// What makes two VMs alike for every rule.
  private struct Kind: Hashable {
    let flavor: Int
    let image: Int
    let group: Int
    let zones: [Int]
    let demand: Resources
    let hostClass: Int
  }

  /// Refusals in a state.
  init(rules: TargetRules, state: CloudState) {
    self.rules = rules
    self.state = state
  }

  /// For each rule the number of surviving hosts that it is the first to refuse.
  mutating func rejections(of candidate: RecoveryCandidate) -> Rejections {
    let cloud = rules.cloud
    let kind = kind(of: candidate)
    if let found = known[kind] { return found }
    var result = Rejections()
    for host in 0..<cloud.hosts.count where !rules.isOut[host] {
      result.note(
        rules.refusals(
          of: host, for: candidate.vm, requirement: candidate.requirement, arriving: .stopped,
          state: state))
    }
    known[kind] = result
    return result
  }

  /// Whether any host takes a VM that comes alone.
  mutating func hasHost(for candidate: RecoveryCandidate) -> Bool {
    let kind = kind(of: candidate)
    if let found = takers[kind] { return found }
    let result = (0..<rules.cloud.hosts.count).contains { host in
      rules.refusals(
        of: host, for: candidate.vm, requirement: candidate.requirement, arriving: .stopped,
        state: state
      ).isEmpty
    }
    takers[kind] = result
    return result
  }

  private func kind(of candidate: RecoveryCandidate) -> Kind {
    let cloud = rules.cloud
    return Kind(
      flavor: cloud.vms.flavor[candidate.vm], image: cloud.vms.image[candidate.vm],
      group: cloud.vms.group[candidate.vm], zones: rules.zonesBinding(candidate.vm),
      demand: cloud.vms.demand[candidate.vm], hostClass: cloud.hosts.hostClass[candidate.source])
  }

  /// Whether no open host could ever take a VM, whatever else moves.
  func isLasting(for candidate: RecoveryCandidate) -> Bool {
    !(0..<rules.cloud.hosts.count).contains { host in
      rules.lastingRefusals(
        of: host, for: candidate.vm, requirement: candidate.requirement, arriving: .stopped
      ).isEmpty
    }
  }

  /// What would help a VM that hosts refuse, by the rule that decides.
  static func advice(for rule: RejectionRule?) -> String {
    switch rule {
    case .zone: "it is tied to its zone, or its volumes are: repair a host there"
    case .aggregate: "repair its host, or add one to the aggregate that its flavor asks for"
    case .trait, .cpuModel: "no surviving host has what its flavor or image asks for"
    case .device: "free a device on a surviving host, or repair its own"
    case .memory, .vcpu, .disk: "free room on a surviving host, or repair its own"
    case .group:
      "its server group leaves it no host: add a host, or ask its owner to loosen the group"
    default: "no host is open to take it: open one"
    }
  }
}
