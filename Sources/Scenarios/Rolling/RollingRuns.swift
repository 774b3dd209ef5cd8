import CloudModel
import Stochastics

/// The whole carried out in each replication: wave after wave at the times of the timetable, later
/// where the one before is not over.
struct RollingRuns {
  /// How long each takes, in seconds.
  private(set) var totals: [Double] = []
  /// How many end in their windows with every move done.
  private(set) var inTime = 0
  private var wavesInTime: [Int]

  init(_ timetable: RollingTimetable, _ waves: [WaveTimes], _ question: RollingQuestion) {
    wavesInTime = [Int](repeating: 0, count: timetable.entries.count)
    let first = timetable.entries.first?.start ?? 0
    let replications = waves.first?.outcomes.count ?? 0
    for replication in 0..<replications {
      var now = Int64.min
      var isInTime = true
      for (place, entry) in timetable.entries.enumerated() {
        let outcome = waves[entry.wave].outcomes[replication]
        let isDated = entry.end != nil
        let begin = isDated || now == .min ? max(now, entry.start) : now
        let end = (SimulatedDuration(microseconds: begin) + outcome.total).microseconds
        let holds = outcome.failed == 0 && end <= entry.end ?? .max
        if holds { wavesInTime[place] += 1 }
        isInTime = isInTime && holds
        let readiness = waves[entry.wave].readiness
        now = max(
          (SimulatedDuration(microseconds: end) + question.pause).microseconds,
          (SimulatedDuration(microseconds: begin) + readiness).microseconds)
        if place == timetable.entries.count - 1 { now = end }
      }
      let total =
        SimulatedDuration(microseconds: now == .min ? 0 : now)
        - SimulatedDuration(microseconds: first)
      totals.append(total.seconds)
      if isInTime, total <= question.window ?? total { inTime += 1 }
    }
  }

  /// The share of runs in which a wave of the timetable ends in its window with every move done.
  func share(ofWave place: Int) -> Double {
    totals.isEmpty ? 0 : Double(wavesInTime[place]) / Double(totals.count)
  }
}
