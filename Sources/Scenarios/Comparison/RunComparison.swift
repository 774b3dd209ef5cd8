package import Stochastics

/// Runs beside one another, and how the later ones differ from the first.
package struct RunComparison: Sendable {
  /// What is known of one measure of one entry.
  package struct Summary: Sendable, Equatable {
    /// How many replications have it.
    package var count: Int
    /// The mean.
    package var mean: Double
    /// The interval of the mean; nil for one replication.
    package var interval: ConfidenceInterval?
    /// The median.
    package var p50: Double
    /// The 95 % quantile.
    package var p95: Double
  }

  /// How one measure of a later entry differs from that of the entry it is held against.
  package struct Difference: Sendable, Equatable {
    /// The entry, by its place.
    package var entry: Int
    /// The entry it is held against, by its place.
    package var base: Int
    /// The measure.
    package var measure: String
    /// How many replications were paired; nil: the two are independent.
    package var pairs: Int?
    /// Whether nothing differs: all pairs are equal, or all values of two that do not vary.
    package var isSame: Bool
    /// The difference and the ratio.
    package var comparison: MeanComparison
  }

  /// The runs in the order given.
  package let runs: [ComparedRun]
  /// The entries of all runs, in order.
  package let entries: [ComparedEntry]
  /// What each run's scenario says differently from the others'.
  package let settings: [[RunSetting]]
  /// The measures that some entry has, in the order in which they are met.
  package let knownMeasures: [String]
  /// Those of them that are looked at.
  package let measures: [String]
  /// The differences, entry by entry and then measure by measure.
  package let differences: [Difference]
  /// What a reader should know.
  package let notes: [String]

  /// Compares runs; `measures` names those to look at, and none means all.
  ///
  /// **Errors**: `option` for an unknown measure, or runs that have none in common.
  package init(
    _ runs: [ComparedRun], measures wanted: [String] = []
  ) throws(ComparisonError) {
    self.runs = runs
    let entries = runs.flatMap(\.entries)
    self.entries = entries
    settings = RunSettings.differing(runs.map(\.scenario))
    knownMeasures = Self.measures(of: entries)
    measures = try Self.chosen(wanted, among: knownMeasures)
    let pairing = RunPairing(runs)
    notes = pairing.notes
    var differences: [Difference] = []
    for index in entries.indices {
      guard let base = Self.base(of: index, among: entries) else { continue }
      for measure in measures {
        if let difference = Self.difference(
          (index, base), measure, entries,
          isPaired: pairing.isPaired(entries[index].run, entries[base].run))
        {
          differences.append(difference)
        }
      }
    }
    self.differences = differences
    if differences.isEmpty {
      throw .option(
        name: "RUN", value: entries.map(\.label).joined(separator: ", "),
        allowed: "runs that have figures in common",
        help: "compare runs of one scenario, or one run with several policies")
    }
  }

  private static func measures(of entries: [ComparedEntry]) -> [String] {
    var known: [String] = []
    for column in entries.flatMap(\.columns) where !known.contains(column.measure) {
      known.append(column.measure)
    }
    return known
  }

  private static func chosen(
    _ wanted: [String], among known: [String]
  ) throws(ComparisonError) -> [String] {
    for name in wanted where !known.contains(name) {
      throw .option(
        name: "--metric", value: name, allowed: "a figure of the runs",
        help: FailCondition.help(for: name, among: known))
    }
    return wanted.isEmpty ? known : known.filter { wanted.contains($0) }
  }

  /// The entry that another is held against: that of the first run with the same policy, or else
  /// the first one. The entries of the first run are held against its first only where there is no
  /// other run.
  static func base(of index: Int, among entries: [ComparedEntry]) -> Int? {
    let entry = entries[index]
    let isAlone = entries.allSatisfy { $0.run == 0 }
    if entry.run == 0 { return isAlone && index > 0 ? 0 : nil }
    return entries.firstIndex { $0.run == 0 && $0.policy == entry.policy } ?? 0
  }

  private static func difference(
    _ places: (entry: Int, base: Int), _ measure: String, _ entries: [ComparedEntry],
    isPaired: Bool
  ) -> Difference? {
    let (later, first) = (entries[places.entry], entries[places.base])
    if isPaired {
      let values = later.valuesByReplication(of: measure)
      let others = first.valuesByReplication(of: measure)
      let pairs = later.replications.compactMap { number -> (Double, Double)? in
        guard let value = values[number], let other = others[number] else { return nil }
        return (value, other)
      }
      if !pairs.isEmpty {
        return Difference(
          entry: places.entry, base: places.base, measure: measure, pairs: pairs.count,
          isSame: pairs.allSatisfy { MeanComparison.isSame($0.0, $0.1) },
          comparison: .paired(pairs.map(\.0), pairs.map(\.1)))
      }
    }
    guard let values = later.values(of: measure), let others = first.values(of: measure) else {
      return nil
    }
    let isConstant = [values, others].allSatisfy { list in list.allSatisfy { $0 == list.first } }
    return Difference(
      entry: places.entry, base: places.base, measure: measure, pairs: nil,
      isSame: isConstant && values.first == others.first,
      comparison: .unpaired(values, others))
  }

  /// The summary of a measure of an entry; nil if it does not have it.
  package func summary(_ measure: String, of entry: Int) -> Summary? {
    guard let values = entries[entry].values(of: measure)?.sorted(),
      let p50 = Quantile.ofSorted(values, 0.5), let p95 = Quantile.ofSorted(values, 0.95)
    else { return nil }
    let sample = RunningMean(values)
    return Summary(
      count: values.count, mean: sample.mean, interval: ConfidenceInterval.mean(of: sample),
      p50: p50, p95: p95)
  }

  /// The difference of a measure of an entry; nil if there is none.
  package func difference(_ measure: String, of entry: Int) -> Difference? {
    differences.first { $0.entry == entry && $0.measure == measure }
  }

  /// Whether any difference is shown.
  package var isAnyShown: Bool { differences.contains { $0.comparison.isShown == true } }
}

extension RunComparison {
  /// Reads and compares the runs that arguments name, each as `RUNDIR` or `LABEL=RUNDIR`.
  ///
  /// **Errors**: `ComparisonError`.
  package static func read(
    _ arguments: [String], measures: [String] = []
  ) throws(ComparisonError) -> RunComparison {
    var parsed: [RunArgument] = []
    for argument in arguments { parsed.append(try RunArgument(argument)) }
    var runs: [ComparedRun] = []
    for (place, argument) in parsed.enumerated() {
      let label = Self.label(of: argument, among: parsed)
      if let twin = runs.first(where: { $0.label == label }) {
        throw .option(
          name: "RUN", value: arguments[place], allowed: "named unlike `\(twin.folder)`",
          help: "give each run a label, as in before=\(twin.folder)")
      }
      // The policies of a run that is alone need no name of their run.
      let isAlone = parsed.count == 1 && argument.label == nil
      runs.append(
        try ComparedRun(
          folder: argument.folder, label: label, place: place, isAlone: isAlone))
    }
    return try RunComparison(runs, measures: measures)
  }

  /// The label given, or else the folder's name, or its path where several folders have that name.
  private static func label(of argument: RunArgument, among all: [RunArgument]) -> String {
    if let label = argument.label { return label }
    let name = argument.folderName
    return all.filter { $0.label == nil && $0.folderName == name }.count > 1
      ? argument.folder : name
  }
}
