package import CloudModel
import Migration
import Policies
import Simulator

/// Looks for what stands in the way of a plan by planning again without it.
package struct ExplanationSearch {
  private let question: EvacuationQuestion
  private let plan: PlanRecord

  /// A search about a plan and the question that it answers.
  package init(_ question: EvacuationQuestion, plan: PlanRecord) {
    self.question = question
    self.plan = plan
  }

  /// The explanation.
  ///
  /// **Complexity**: about thirty decisions of the strategy `planned`, and a few replications of the
  /// plan where time is short.
  ///
  /// **Errors**: `StrategyError` where keys about migration make no sense.
  package func explanation() throws(StrategyError) -> PlanExplanation {
    var result = PlanExplanation()
    result.nearest = plan.bounds.first
    result.leftBehind = plan.leftBehind.filter { $0.reason != LeftReason.notConvergent.word }
    let left = try leftBehind(question.task)
    if left.isEmpty {
      result.isNeeded = plan.verdict != .fits
      if result.isNeeded { result.families = [timeFamily()] }
      result.conflict = result.families.map {
        .init(family: $0.family, what: limitText(result.nearest))
      }
      return result
    }
    result.conflict = try conflict(left)
    let changes = ConstraintChanges(question.task, left: left) { task throws(StrategyError) in
      try leftBehind(task).count
    }
    for family in ConstraintFamily.liftable {
      let without = try leftBehind(family.lifted(from: question.task)).count
      guard without < left.count || result.conflict.contains(where: { $0.family == family }) else {
        continue
      }
      let change = without == 0 ? try changes.smallest(of: family) : nil
      result.families.append(
        .init(
          family: family, leftBehindWithout: without, change: change, isVerified: change != nil))
    }
    if let change = try changes.smallest(of: .out) {
      result.families.append(
        .init(family: .out, leftBehindWithout: 0, change: change, isVerified: true))
    }
    result.families = result.families.enumerated().sorted {
      ($0.element.leftBehindWithout, $0.offset) < ($1.element.leftBehindWithout, $1.offset)
    }.map(\.element)
    return result
  }

  private func leftBehind(_ task: EvacuationTask) throws(StrategyError) -> [LeftBehind] {
    try Planned().decide(task).leftBehind
  }

  /// A minimal set of families that cannot all be met: each one is dropped in turn and stays dropped
  /// where the rest is in conflict without it. What belongs to many is dropped first, so that what
  /// is left names room rather than everything.
  private func conflict(_ left: [LeftBehind]) throws(StrategyError) -> [PlanExplanation.Conflict] {
    // Consent to a stop would always help; it is a constraint only where somebody refused it.
    let own = [ConstraintFamily.state, .policyClass].filter { family in
      left.contains { $0.reason.word == family.rawValue }
    }
    let order: [ConstraintFamily] =
      own + [.aggregate, .trait, .cpuModel, .group, .device, .zone, .disk, .vcpu, .memory]
    var task = question.task
    var kept: [ConstraintFamily] = []
    for family in order {
      let without = family.lifted(from: task)
      if try leftBehind(without).isEmpty {
        kept.append(family)
      } else {
        task = without
      }
    }
    return kept.prefix(10).map { .init(family: $0, what: what($0, left)) }
  }

  /// What a family is about here: room in figures, else the VMs that it concerns.
  private func what(_ family: ConstraintFamily, _ left: [LeftBehind]) -> String {
    if let bound = plan.bounds.first(where: { $0.name == family.rawValue }) {
      return limitText(bound)
    }
    let names = VMNames(question.task.cloud)
    let concerned = left.filter { entry in
      entry.reason.word == family.rawValue
        || entry.rejections.counts.contains { $0.rule.rawValue == family.rawValue }
    }
    let shown = (concerned.isEmpty ? left : concerned).prefix(5).map { names[$0.vm] }
    let more = max(0, (concerned.isEmpty ? left : concerned).count - shown.count)
    return "\(family.rawValue) of \(shown.joined(separator: ", "))"
      + (more > 0 ? " and \(more) more" : "")
  }

  private func limitText(_ bound: BoundRecord?) -> String {
    guard let bound else { return "the window" }
    func rounded(_ value: Double) -> String { String(Int(value.rounded())) }
    return "\(bound.name) in \(bound.subject): \(rounded(bound.value)) of "
      + "\(rounded(bound.limit)) \(bound.unit)"
  }

  /// Every VM has a step, but the window does not hold: how much longer it had to be, or how many
  /// moves at once would do.
  private func timeFamily() -> PlanExplanation.Family {
    let given = plan.leftBehind.count
    let needed = plan.moves.isEmpty ? 0 : plan.duration.p95 - plan.window
    var changes: [String] = []
    if given == 0, needed.isFinite, needed > 0, needed < 366 * 86_400 {
      changes.append("a window longer by \(Int((needed / 60).rounded(.up))) min")
    }
    if let slots = slotsEnough() { changes.append("\(slots) migrations at once from each source") }
    if let setting = plan.advice.first(where: { $0.durationWith != nil }) {
      changes.append(setting.change)
    }
    return .init(
      family: .time, leftBehindWithout: given,
      change: changes.isEmpty ? nil : changes.joined(separator: ", or "),
      isVerified: !changes.isEmpty)
  }

  /// The least number of slots with which the plan would end in its window without spread; nil if
  /// none up to 16 does.
  private func slotsEnough() -> Int? {
    guard let decision = try? Planned().decide(question.task) else { return nil }
    let now = Int(question.parameters.slotsPerSource.value)
    for slots in stride(from: now + 1, through: 16, by: 1) {
      var other = question
      do {
        try other.parameters.slotsPerSource.set(Double(slots), source: "tried")
      } catch {
        return nil
      }
      let execution = other.execution(of: decision)
      let result = execution.nominal()
      guard result.failed.isEmpty, result.total <= question.window else { continue }
      let outcomes = (0..<20).map { execution.replicate(seed: question.seed, replication: $0) }
      if outcomes.allSatisfy({ $0.total <= question.window && $0.failed.isEmpty }) { return slots }
    }
    return nil
  }
}
