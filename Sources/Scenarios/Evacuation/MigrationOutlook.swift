import CloudModel
import Migration
import Simulator

/// What closed forms and rounds say of the live migrations of a plan before they are made, each
/// alone on its link.
struct MigrationOutlook {
  /// The verdict on each step, by index; nil where it is not live.
  private(set) var verdicts: [MigrationVerdict?]
  /// What would make some of them end, or end sooner, the most urgent first.
  private(set) var advice: [AdviceRecord] = []

  /// A kind of move: all of a plan that ask the same of the model.
  private struct Kind {
    var request: MigrationRequest
    var steps: [Int]
  }

  /// The outlook of a plan.
  ///
  /// **Complexity**: linear in the rounds of about 50 transfers for each kind of move that does not
  /// converge, of 4 for each other.
  init(of execution: Execution, names: VMNames) {
    verdicts = Array(repeating: nil, count: execution.steps.count)
    var found: [AdviceRecord] = []
    for kind in Self.kinds(of: execution) {
      let outlook = MoveOutlook(kind.request, execution.model)
      for step in kind.steps { verdicts[step] = outlook.estimate.verdict }
      let vms = kind.steps.map { names[execution.steps[$0].vm] }
      found += outlook.advice.map { advice in
        var advice = advice
        advice.vms = vms
        return advice
      }
    }
    advice = Self.merged(found)
  }

  /// The moves of a decision with those last in their wave that will not end: they hold a slot until
  /// their timeout, and nobody else needs to wait for that.
  mutating func putEndlessLast(_ moves: [Move]) -> [Move] {
    let order = moves.indices.sorted { left, right in
      func key(_ index: Int) -> (Int, Int, Int) {
        (moves[index].wave, verdicts[index] == .notConvergent ? 1 : 0, index)
      }
      return key(left) < key(right)
    }
    verdicts = order.map { verdicts[$0] }
    return order.map { moves[$0] }
  }

  /// Moves that ask the same are looked at once, in the order in which they first occur.
  private static func kinds(of execution: Execution) -> [Kind] {
    var kinds: [Kind] = []
    var place: [MigrationRequest: Int] = [:]
    for (index, step) in execution.steps.enumerated() where step.action == .live {
      if let known = place[step.request] {
        kinds[known].steps.append(index)
      } else {
        place[step.request] = kinds.count
        kinds.append(Kind(request: step.request, steps: [index]))
      }
    }
    return kinds
  }

  /// Joins the VMs for which the same change helps; what does not end comes first.
  private static func merged(_ all: [AdviceRecord]) -> [AdviceRecord] {
    var merged: [AdviceRecord] = []
    for advice in all {
      if let place = merged.firstIndex(where: {
        $0.kind == advice.kind && $0.change == advice.change && $0.set == advice.set
      }) {
        merged[place].vms += advice.vms
        merged[place].duration = longest(merged[place].duration, advice.duration)
        merged[place].durationWith = longest(merged[place].durationWith, advice.durationWith)
      } else {
        merged.append(advice)
      }
    }
    let order: [AdviceKind] = [.notConvergent, .downtimeRamp, .edge]
    return order.flatMap { kind in merged.filter { $0.kind == kind } }
  }

  private static func longest(_ left: Double?, _ right: Double?) -> Double? {
    if let left, let right { max(left, right) } else { nil }
  }
}

/// The outlook of one kind of move.
private struct MoveOutlook {
  let estimate: MigrationEstimate
  private(set) var advice: [AdviceRecord] = []
  private let model: MigrationModel
  private let request: MigrationRequest
  private let move: SingleMigration

  init(_ request: MigrationRequest, _ model: MigrationModel) {
    self.model = model
    self.request = request
    var move = SingleMigration(mode: .live, transfer: Self.transfer(request, model))
    move.disk = model.disk(request)
    move.overhead =
      request.storage == .block
      ? model.parameters.overheadBlock.value : model.parameters.overheadShared.value
    self.move = move
    estimate = MigrationEstimate(of: move)
    switch estimate.verdict {
    case .notConvergent:
      if estimate.ending == .aborted || estimate.ending == .stalled { adviseToConverge() }
    case .edge:
      advise(.edge, "keep \(rateText(1.1)) or more for it: a tenth less and it does not end", [])
    case .converges: break
    }
    adviseOnRamp()
  }

  /// The transfer of a move that has its link for itself.
  private static func transfer(
    _ request: MigrationRequest, _ model: MigrationModel
  ) -> PreCopyTransfer {
    var transfer = model.memory(request, stop: model.parameters.stop.value)
    if let link = request.linkRate?.mebibytesPerSecond, link > 0 {
      transfer.rate = min(transfer.rate, link)
      transfer.lineRate = min(transfer.lineRate, link)
    }
    return transfer
  }

  private func rateText(_ factor: Double) -> String {
    "\(Int(((move.transfer?.rate ?? 0) * factor).rounded(.up))) MiB/s"
  }

  private mutating func advise(
    _ kind: AdviceKind, _ change: String, _ set: [String], with duration: Double? = nil
  ) {
    var record = AdviceRecord()
    record.kind = kind
    record.duration = estimate.total
    record.change = change
    record.set = set
    record.durationWith = duration
    advice.append(record)
  }

  /// The whole time with another transfer; nil where it does not end by itself or as ordered.
  private func total(_ change: (inout PreCopyTransfer) -> Void) -> Double? {
    guard var transfer = move.transfer else { return nil }
    change(&transfer)
    var other = move
    other.transfer = transfer
    let result = MigrationEstimate(of: other)
    return result.ending == .aborted || result.ending == .stalled ? nil : result.total
  }

  private mutating func adviseToConverge() {
    let remedies = estimate.remedies
    if !request.hasDevices, request.storage == .shared,
      let seconds = total({ $0.postCopyAt = Self.forceAfter })
    {
      advise(
        .notConvergent,
        "permit post-copy (live_migration_permit_post_copy) and force its end after "
          + "\(Int(Self.forceAfter)) s",
        [
          "migration.post_copy=true", "migration.force_after=\(Int(Self.forceAfter))s",
        ], with: seconds)
    }
    if move.transfer?.autoConverge == false, let seconds = total({ $0.autoConverge = true }) {
      advise(
        .notConvergent, "permit auto-converge (live_migration_permit_auto_converge)",
        ["migration.auto_converge=true"], with: seconds)
    }
    if let rate = remedies?.rate {
      let whole = Int(rate.rounded(.up))
      advise(
        .notConvergent, "give it \(whole) MiB/s", rateSettings(whole),
        with: total { $0 = $0.atRate(Double(whole)) })
    }
    if let pause = remedies?.downtime, remedies?.isDowntimeConfirmed == true {
      let milliseconds = Int((pause * 1000).rounded(.up))
      advise(
        .notConvergent, "allow a pause of \(milliseconds) ms from the start",
        ["migration.downtime=\(milliseconds) ms", "migration.downtime_steps=1"],
        with: total { $0.downtime = .fixed(Double(milliseconds) / 1000) })
    }
    if let seconds = total({ $0.atHorizon = .pause }) {
      advise(
        .notConvergent, "force its end at the timeout (live_migration_timeout_action)",
        ["migration.timeout_action=force_complete"], with: seconds)
    }
    if request.storage == .shared {
      advise(
        .notConvergent, "move it cold, with its owner's consent", ["policies.fallback=cold"],
        with: nil)
    }
  }

  /// What has to be raised for a rate: the stream, the cap, the card, whichever are below it.
  private func rateSettings(_ rate: Int) -> [String] {
    let parameters = model.parameters
    var settings: [String] = []
    let cap = parameters.bandwidthCap.value
    if cap > 0, cap < Double(rate) { settings.append("migration.bandwidth_cap=\(rate) MiB/s") }
    if parameters.streams.uncapped < Double(rate) {
      settings.append("migration.stream_rate=\(rate) MiB/s")
    }
    if let link = request.linkRate?.mebibytesPerSecond, link < Double(rate) {
      settings.append("migration.network_card=\(rate) MiB/s")
    }
    return settings
  }

  /// When an operator who watches gives up waiting.
  private static let forceAfter = 60.0

  /// The pause that a small hot set needs may be allowed hours later than it could be.
  private mutating func adviseOnRamp() {
    guard estimate.verdict != .notConvergent || estimate.ending == .converged,
      let total = estimate.total, let possible = estimate.totalWithoutRamp,
      total > 1.5 * possible, total - possible > 60
    else { return }
    for setting in rampSettings {
      guard let seconds = self.total({ $0.downtime = .steps(setting.steps) }),
        seconds < max(1.2 * possible, possible + 60)
      else { continue }
      return advise(.downtimeRamp, setting.change, setting.set, with: seconds)
    }
  }

  /// Settings that Nova accepts, the mildest first: fewer and quicker steps, then a first step that
  /// allows what the last one does now, and more.
  ///
  /// **Source**: Nova, `nova.conf.libvirt`: at least 100 ms, 3 steps, 3 s/GiB.
  private var rampSettings: [(steps: DowntimeSteps, change: String, set: [String])] {
    let gibibytes = model.gibibytes(request)
    let milliseconds = model.parameters.downtime.value * 1000
    return [1.0, 3, 6, 12, 24].map { factor in
      let allowed = milliseconds * factor
      let steps = DowntimeSteps(
        milliseconds: allowed, count: 3, delayPerGibibyte: 3, gibibytes: gibibytes)
      let raised = factor > 1
      return (
        steps,
        "set live_migration_downtime_steps=3 and live_migration_downtime_delay=3"
          + (raised ? " and live_migration_downtime=\(Int(allowed))" : ""),
        ["migration.downtime_steps=3", "migration.downtime_delay=3"]
          + (raised ? ["migration.downtime=\(Int(allowed)) ms"] : [])
      )
    }
  }
}
