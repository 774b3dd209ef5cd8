import CloudModel
import Migration

extension Execution {
  /// Carries the plan out once without spread.
  package func nominal(recording: Bool = false) -> ExecutionResult {
    run(recording: recording, common: 1) { _, _ in .nominal }
  }

  /// Carries the plan out once with the draws of a replication.
  ///
  /// The draws depend on seed, replication and VM only, so that two plans for one cloud meet the
  /// same luck.
  package func replicate(seed: UInt64, replication: Int) -> ExecutionResult {
    let spread = MigrationSpread(
      model.parameters, seed: seed, replication: UInt64(replication))
    return run(recording: false, common: spread.commonFactor) {
      spread.factors(vm: $0, attempt: $1)
    }
  }

  /// Carries the plan out many times on some workers.
  ///
  /// **Shape**: one outcome per replication, in the order of replications, whatever the number of
  /// workers.
  package func outcomes(
    seed: UInt64, replications: Int, workers: Int
  ) async -> [ReplicationOutcome] {
    let width = max(1, min(workers, replications))
    return await withTaskGroup(of: (Int, [ReplicationOutcome]).self) { group in
      for worker in 0..<width {
        let share = (replications * worker / width)..<(replications * (worker + 1) / width)
        group.addTask {
          let outcomes = share.map { number in
            ReplicationOutcome(replicate(seed: seed, replication: number), of: self)
          }
          return (worker, outcomes)
        }
      }
      var parts = [[ReplicationOutcome]](repeating: [], count: width)
      for await (worker, outcomes) in group { parts[worker] = outcomes }
      return parts.flatMap { $0 }
    }
  }

  private func run(
    recording: Bool, common: Double,
    draws: @escaping @Sendable (Int, Int) -> SpreadFactors
  ) -> ExecutionResult {
    guard !steps.isEmpty else {
      return ExecutionResult(total: work, drained: .zero, steps: [], failed: [], events: [])
    }
    var run = ExecutionRun(self, recording: recording, common: common, draws: draws)
    var engine = Engine()
    engine.agenda.schedule(at: .start, kind: .waveBegins, subject: 0)
    _ = engine.run(&run)
    // A plan in which something never ends, as over a link without capacity, has no end either.
    let never = SimulatedTime(microseconds: .max)
    return ExecutionResult(
      total: (run.isOver ? run.end : never) - .start,
      drained: (run.isOver ? run.drained : never) - .start, steps: run.steps,
      failed: run.steps.indices.filter { run.steps[$0].state != .done }, events: run.events)
  }
}
