import CloudModel
import Migration
import Stochastics

/// Emptying a host: one at a time, and several requested at once.
extension CampaignComparison {
  /// Evacuations with one migration at a time: N (T + g).
  ///
  /// The gap is the stated default, except where the same flavor was moved in batches too: there
  /// the serial evacuations calibrate the campaign, and the batches are what is predicted.
  func evacuationRows(_ group: MigrationGroup) -> [ValidationRow] {
    let quantity = "wall_s.mean"
    let all = group.evacuations
    let isCalibration = groups.contains { $0.flavor == group.flavor && $0.parallel > 1 }
    let gap = isCalibration ? fittedGap(all, group, fit) : parameters.gap.value
    var rows: [ValidationRow?] = []
    if let gap, let predicted = evacuationMean(all, group, fit, gap: gap, contention: 0) {
      let source = isCalibration ? "fitted to this figure" : Self.defaultGap
      rows.append(
        row(
          group, quantity, measured: all.map(\.seconds), predicted: predicted,
          fitted: isCalibration, naive: naive(all, group),
          basis: "fitted duration, gap \(rounded(gap)) s \(source)"))
    }
    let odd = all.filter { Self.isOdd($0.iteration) }
    let even = all.filter { !Self.isOdd($0.iteration) }
    if let oddFit, let gap = fittedGap(odd, group, oddFit),
      let predicted = evacuationMean(even, group, oddFit, gap: gap, contention: 0)
    {
      rows.append(
        row(
          group, quantity, part: "even", measured: even.map(\.seconds), predicted: predicted,
          fitted: false, naive: naive(even, group),
          basis: "duration and gap \(rounded(gap)) s of odd iterations"))
    }
    return rows.compactMap { $0 }
  }

  /// Batches on one slot: the k-th of a batch ends after k (T + delta).
  func batchRows(_ group: MigrationGroup) -> [ValidationRow] {
    var rows = batchRows(group, part: nil, fit, fittedTo: { _ in true }, compared: { _ in true })
    if let oddFit {
      rows += batchRows(
        group, part: "even", oddFit, fittedTo: Self.isOdd, compared: { !Self.isOdd($0) })
    }
    return rows
  }

  private func batchRows(
    _ group: MigrationGroup, part: String?, _ fit: MigrationFit,
    fittedTo isFitted: (Int) -> Bool, compared isCompared: (Int) -> Bool
  ) -> [ValidationRow] {
    let batches = group.batches.filter { isCompared($0.iteration) }
    let last = RunningMean(
      group.batches.filter { isFitted($0.iteration) }.compactMap { $0.seconds.last })
    guard let serial = duration(group, fit), last.count > 0 else { return [] }
    let contention = max(0, last.mean / Double(group.parallel) - serial.seconds)
    let estimate = estimate(group, gap: parameters.gap.value, contention: contention)
    let ends = estimate.finishTimes(Array(repeating: serial, count: group.parallel))
    let basis =
      "serial duration, contention \(rounded(contention)) s of the last of a batch"
      + (part == nil ? "" : " in odd iterations")
    var rows = ends.indices.map { rank in
      row(
        group, "migration_s.\(Self.ordinal(rank))", part: part,
        measured: batches.map { $0.seconds[rank] }, predicted: ends[rank].seconds,
        fitted: part == nil && rank == ends.count - 1, naive: guesses.migration(campaign),
        basis: basis)
    }
    rows.append(
      row(
        group, "migration_s.mean", part: part, measured: batches.flatMap(\.seconds),
        predicted: RunningMean(ends.map(\.seconds)).mean, fitted: false,
        naive: guesses.migration(campaign), basis: basis))
    let moves = group.evacuations.filter { isCompared($0.iteration) }
    if let predicted = evacuationMean(
      moves, group, fit, gap: parameters.gap.value, contention: contention)
    {
      rows.append(
        row(
          group, "wall_s.mean", part: part, measured: moves.map(\.seconds), predicted: predicted,
          fitted: false, naive: naive(moves, group),
          basis: basis + ", gap \(rounded(parameters.gap.value)) s \(Self.defaultGap)"))
    }
    return rows.compactMap { $0 }
  }

  /// The default was chosen with the OSIC benchmark in view, so a row of that data which rests on it
  /// is not wholly blind; rows named `even` are.
  private static let defaultGap = "default, from 0.6 to 2.0 s in the OSIC benchmark"

  private var parameters: MigrationParameters { fit.model.parameters }

  /// The serial duration of a group's migrations; nil where none was measured to say their size.
  private func duration(_ group: MigrationGroup, _ fit: MigrationFit) -> SimulatedDuration? {
    group.migrations.isEmpty
      ? nil : SimulatedDuration(seconds: mean(group.migrations, fit.duration))
  }

  private func estimate(
    _ group: MigrationGroup, gap: Double, contention: Double
  ) -> HostEvacuationEstimate {
    HostEvacuationEstimate(
      gap: SimulatedDuration(seconds: gap), contention: SimulatedDuration(seconds: contention),
      slots: 1, requestedAtOnce: group.parallel)
  }

  /// The mean time the model gives for evacuations; nil if there are none.
  private func evacuationMean(
    _ evacuations: [MeasuredEvacuation], _ group: MigrationGroup, _ fit: MigrationFit,
    gap: Double, contention: Double
  ) -> Double? {
    guard !evacuations.isEmpty, let serial = duration(group, fit) else { return nil }
    let estimate = estimate(group, gap: gap, contention: contention)
    return RunningMean(
      evacuations.map { estimate.total(Array(repeating: serial, count: $0.vms)).seconds }
    ).mean
  }

  /// The gap that explains serial evacuations; nil if there are none.
  private func fittedGap(
    _ evacuations: [MeasuredEvacuation], _ group: MigrationGroup, _ fit: MigrationFit
  ) -> Double? {
    guard !evacuations.isEmpty, let serial = duration(group, fit) else { return nil }
    let wall = evacuations.reduce(0) { $0 + $1.seconds }
    let vms = evacuations.reduce(0) { $0 + $1.vms }
    return max(0, wall / Double(vms) - serial.seconds)
  }

  private func naive(_ evacuations: [MeasuredEvacuation], _ group: MigrationGroup) -> Double {
    let vms = RunningMean(evacuations.map { Double($0.vms) }).mean
    return guesses.evacuation(campaign, vms: vms, parallel: group.parallel)
  }

  /// Hundredths of a second, for the basis of a row.
  private func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }

  private static func ordinal(_ rank: Int) -> String {
    let words = ["first", "second", "third", "fourth"]
    return rank < words.count ? words[rank] : "rank_\(rank + 1)"
  }
}
