import CloudModel
import Migration
import Policies
import Simulator

/// The waves carried out in time: off the hosts, the work, home again.
struct RollingCourse {
  /// One wave made ready.
  private struct Wave {
    var drain: Execution
    var back: Execution?
  }

  /// What one carrying-out of a wave comes to.
  struct Outcome {
    /// From its start until its hosts are empty.
    var drained: SimulatedDuration
    /// Until the work is done and what was stopped runs again.
    var worked: SimulatedDuration
    /// Until its VMs are home.
    var total: SimulatedDuration
    /// Moves that did not end as they should.
    var failed: Int
    /// The time without service of all its VMs that were shut down or made anew, summed.
    var timeOff: SimulatedDuration
    /// How long each move took, those off the hosts first; nil for one that did not end.
    var durations: [SimulatedDuration?]
  }

  private let waves: [Wave]
  private let replications: Int

  /// Most steps that are carried out in all if the scenario does not say how often: a second or two.
  private static let quickSteps = 120_000
  /// Fewest carryings-out of the largest plans.
  private static let fewest = 2

  init(_ moves: RollingMoves, _ question: RollingQuestion) {
    var cloud = question.cloud
    let fallbacks = moves.classes
    waves = moves.waves.map { wave in
      let drain = Self.execution(wave.drain, fallbacks, cloud, question, work: question.work)
      for move in wave.drain { if let target = move.target { cloud.vms.host[move.vm] = target } }
      guard question.policy.returns else { return Wave(drain: drain) }
      let back = Self.execution(wave.back, fallbacks, cloud, question, work: .zero)
      cloud.vms.host = question.cloud.vms.host
      return Wave(drain: drain, back: back)
    }
    let steps = moves.waves.reduce(0) { $0 + $1.drain.count + $1.back.count }
    replications =
      question.replications
      ?? max(Self.fewest, min(Int(Scenario.planReplications), Self.quickSteps / max(1, steps)))
  }

  private static func execution(
    _ moves: [Move], _ classes: [(vm: Int, resolved: ResolvedClass)], _ cloud: Cloud,
    _ question: RollingQuestion, work: SimulatedDuration
  ) -> Execution {
    Execution(
      of: EvacuationDecision(moves: moves, classes: classes), in: cloud,
      model: MigrationModel(question.parameters), work: work, network: question.network,
      guests: question.guests)
  }

  /// How many times the plan is carried out.
  var replicationCount: Int { replications }

  /// The steps of one wave without spread: off the hosts, and home.
  func nominal(_ wave: Int) -> (drain: ExecutionResult, back: ExecutionResult?) {
    (waves[wave].drain.nominal(), waves[wave].back?.nominal())
  }

  /// Every carrying-out of a wave, in the order of the replications.
  func outcomes(_ wave: Int, seed: UInt64, workers: Int) async -> [Outcome] {
    let drains = await waves[wave].drain.outcomes(
      seed: seed, replications: replications, workers: workers)
    let backs = await waves[wave].back?.outcomes(
      seed: seed, replications: replications, workers: workers)
    return drains.indices.map { number in
      let (drain, back) = (drains[number], backs?[number])
      return Outcome(
        drained: drain.drained, worked: drain.total,
        total: drain.total + (back?.total ?? .zero),
        failed: drain.failedCount + (back?.failedCount ?? 0),
        timeOff: drain.timeOff + (back?.timeOff ?? .zero),
        durations: drain.durations + (back?.durations ?? []))
    }
  }

  /// What no order of a wave's moves can undercut, work included.
  func bound(_ wave: Int) -> SimulatedDuration {
    let drain = Self.longest(waves[wave].drain.bounds())
    let back = waves[wave].back.map { Self.longest($0.bounds()) } ?? .zero
    return drain + waves[wave].drain.work + back
  }

  private static func longest(
    _ bounds: [(host: Int, bounds: EvacuationBounds)]
  ) -> SimulatedDuration {
    bounds.map(\.bounds.bound).max() ?? .zero
  }
}

/// What no plan for some hosts can undercut: in whatever waves they are out, one of them is in each,
/// and the slowest is in one.
struct RollingTimeBound {
  let total: SimulatedDuration

  /// The bound for the hosts of waves, at least so many of them.
  ///
  /// A host gives up what runs on it at first, one move after the other in its slots; where VMs go
  /// home, the longest of its moves follows the work once more.
  init(_ moves: RollingMoves, _ question: RollingQuestion, waves: Int) {
    let home = question.cloud.vms.host
    let first = moves.waves.flatMap(\.drain).filter { $0.source == home[$0.vm] }
    let execution = Execution(
      of: EvacuationDecision(moves: first, classes: moves.classes), in: question.cloud,
      model: MigrationModel(question.parameters), network: question.network,
      guests: question.guests)
    var ofHost = Dictionary(
      uniqueKeysWithValues: execution.bounds().map { host, bounds in
        (host, bounds.bound + (question.policy.returns ? bounds.longest : .zero))
      })
    for host in moves.waves.flatMap(\.hosts) where ofHost[host] == nil { ofHost[host] = .zero }
    let sorted = ofHost.values.sorted()
    guard waves > 0, let slowest = sorted.last else {
      total = .zero
      return
    }
    let rest = sorted.prefix(min(waves, sorted.count) - 1)
    let work = question.work.microseconds * Int64(waves)
    let pauses = question.pause.microseconds * Int64(waves - 1)
    total = rest.reduce(slowest) { $0 + $1 } + SimulatedDuration(microseconds: work + pauses)
  }
}
