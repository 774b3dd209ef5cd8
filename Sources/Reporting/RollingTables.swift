import Documents
package import Scenarios

/// Rolling maintenances as tables.
package enum RollingTables {
  /// One row for each wave, in order.
  package static func waves(of plan: PlanRecord) -> Table {
    Table(
      columns: [
        "wave", "hosts", "at", "start_s", "drained_s", "worked_s", "end_s", "duration_p50_s",
        "duration_p95_s", "latest_start_s", "turn_back_s", "in_time", "moves", "stopped",
        "free_memory", "arrivals",
      ],
      rows: (plan.rolling?.waves ?? []).map { wave in
        [
          .integer(wave.wave), .integer(Int64(wave.hosts.count)),
          wave.at.map { .text(InstantText.text($0)) } ?? .null, .number(wave.start),
          .number(wave.drained), .number(wave.worked), .number(wave.end),
          .number(wave.durationP50), .number(wave.durationP95),
          wave.latestStart.map { .number($0) } ?? .null, .number(wave.turnBack),
          .number(wave.inTime), .integer(wave.moves), .integer(wave.stopped),
          .number(wave.freeMemory), .integer(wave.arrivals),
        ]
      })
  }

  /// One row for each policy.
  package static func comparison(of plans: [PlanRecord]) -> Table {
    Table(
      objects: plans.map { plan in
        let rolling = plan.rolling ?? RollingPlanRecord()
        return [
          "policy": .text(plan.strategy), "verdict": .text(plan.verdict.rawValue),
          "probability": .number(plan.probability), "waves": .integer(Int64(rolling.waves.count)),
          "waves_bound": .integer(rolling.wavesBound), "moves": .integer(Int64(plan.moves.count)),
          "postponed": .integer(Int64(rolling.postponed.count)),
          "p50_s": .number(plan.duration.p50), "p95_s": .number(plan.duration.p95),
          "bound_s": .number(rolling.timeBound),
          "off_s": .number(plan.moves.reduce(0) { $0 + $1.off }),
          "least_free_memory": .number(rolling.waves.map(\.freeMemory).min() ?? 0),
        ]
      })
  }
}
