import CloudModel
import Migration

/// The transfers of a plan that go on at a moment, and the links that they share.
///
/// What a transfer has sent is brought up to date only when its rate changes; the instant of its
/// next change is rounded once, to a microsecond, and planned anew with each change of the rate.
struct TransferTraffic {
  private var topology: NetworkTopology
  private var share: FairShare
  /// The transfers in hand, each in one place: they are large and asked at every event.
  private var runs: [Run?]
  private var starts: [SimulatedTime]
  private var flows: [Int32]
  private var plans: [EventHandle]
  private var stepOfFlow: [Int] = []
  private var isUnsettled = false

  private final class Run {
    var transfer: TransferRun

    init(_ transfer: TransferRun) { self.transfer = transfer }
  }

  /// Transfers of some steps over links.
  init(_ topology: NetworkTopology, steps: Int) {
    self.topology = topology
    share = FairShare(capacities: topology.capacities)
    runs = Array(repeating: nil, count: steps)
    starts = Array(repeating: .start, count: steps)
    flows = Array(repeating: -1, count: steps)
    plans = Array(repeating: .none, count: steps)
  }

  /// What the transfer of a step does; nil if it has none in hand.
  func stage(of step: Int) -> TransferStage? { runs[step]?.transfer.stage }

  /// By how much the guest of a step is throttled, in percent.
  func throttle(of step: Int) -> Double { runs[step]?.transfer.throttle ?? 0 }

  /// Begins the transfer of a step.
  mutating func begin(_ transfer: Transfer, of step: Int, at now: SimulatedTime) {
    runs[step] = Run(TransferRun(transfer))
    starts[step] = now
  }

  /// Gives a step's transfer what its stage can use, and plans its next change.
  mutating func enterStage(
    of step: Int, from source: Int, to target: Int, _ agenda: inout Agenda
  ) {
    if let limit = runs[step]?.transfer.limit {
      let rate = Bandwidth.mebibytesPerSecond(limit)
      if flows[step] < 0 {
        let flow = share.start(topology.path(from: Int32(source), to: Int32(target)), limit: rate)
        flows[step] = flow
        if Int(flow) == stepOfFlow.count { stepOfFlow.append(step) }
        stepOfFlow[Int(flow)] = step
        runs[step]?.transfer.setRate(0)
      } else {
        share.setLimit(rate, of: flows[step])
      }
      isUnsettled = true
    } else {
      endFlow(of: step)
    }
    plan(step, &agenda)
  }

  /// Goes on to the next stage, or the next round, of a step's transfer; the stage it is in then.
  mutating func change(_ step: Int, _ agenda: inout Agenda) -> TransferStage {
    let before = runs[step]?.transfer.stage
    runs[step]?.transfer.change()
    let stage = runs[step]?.transfer.stage ?? .over
    // Another round in the same stage changes nothing for the others.
    if stage == before { plan(step, &agenda) }
    return stage
  }

  /// Ends the transfer of a step; what it came to.
  mutating func end(
    _ step: Int, _ agenda: inout Agenda
  ) -> (sent: Double, rounds: Int, ending: TransferEnding?) {
    endFlow(of: step)
    agenda.cancel(plans[step])
    defer { runs[step] = nil }
    let transfer = runs[step]?.transfer
    return (transfer?.sent ?? 0, transfer?.roundCount ?? 0, transfer?.ending)
  }

  /// Finds the rates anew if anything began, ended or changed, and plans what follows from them.
  mutating func settle(_ agenda: inout Agenda) {
    guard isUnsettled else { return }
    isUnsettled = false
    share.settle()
    for flow in share.changedFlows {
      let step = stepOfFlow[Int(flow)]
      runs[step]?.transfer.advance(to: (agenda.now - starts[step]).seconds)
      runs[step]?.transfer.setRate(share.rate(of: flow).mebibytesPerSecond)
      plan(step, &agenda)
    }
  }

  private mutating func endFlow(of step: Int) {
    guard flows[step] >= 0 else { return }
    share.end(flows[step])
    flows[step] = -1
    isUnsettled = true
  }

  private mutating func plan(_ step: Int, _ agenda: inout Agenda) {
    agenda.cancel(plans[step])
    plans[step] = .none
    guard let next = runs[step]?.transfer.nextChange, next.isFinite else { return }
    let instant = starts[step] + SimulatedDuration(seconds: next)
    plans[step] = agenda.schedule(
      at: max(agenda.now, instant), kind: .transferChanges, subject: Int32(step))
  }
}

extension EventKind {
  /// A transfer goes to its next stage or round; subject: the step.
  static let transferChanges = EventKind(rawValue: 0)
}
