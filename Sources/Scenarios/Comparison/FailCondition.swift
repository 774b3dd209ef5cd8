/// A condition under which a comparison fails, such as `duration_s > 1.05x` or `failed.p95 > 0`.
package struct FailCondition: Sendable, Equatable {
  /// What is taken of the replications.
  package enum Statistic: String, Sendable, CaseIterable {
    /// The mean.
    case mean
    /// The median.
    case p50
    /// The 95 % quantile.
    case p95
  }

  /// How a value is held against its limit.
  package enum Relation: String, Sendable, CaseIterable {
    /// At least.
    case atLeast = ">="
    /// At most.
    case atMost = "<="
    /// The same.
    case equal = "=="
    /// Not the same.
    case unequal = "!="
    /// Above.
    case above = ">"
    /// Below.
    case below = "<"

    func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .atLeast: value >= limit
      case .atMost: value <= limit
      case .equal: value == limit
      case .unequal: value != limit
      case .above: value > limit
      case .below: value < limit
      }
    }
  }

  /// What a condition says of one run.
  package struct Outcome: Sendable, Equatable {
    /// The entry, by its place.
    package var entry: Int
    /// What was measured.
    package var value: Double
    /// What it was held against, in the same unit.
    package var limit: Double
    /// Whether the condition holds, so that the comparison fails.
    package var isFailed: Bool
  }

  /// The condition as given.
  package var text: String
  /// The measure.
  package var measure: String
  /// What is taken of its replications.
  package var statistic: Statistic
  /// How it is held against the number.
  package var relation: Relation
  /// The number.
  package var number: Double
  /// Whether the number counts times what the first run has.
  package var isRelative: Bool

  /// Reads `METRIC OP NUMBER[x]`; blanks may be left out.
  ///
  /// **Errors**: `option`, with the names of the measures.
  package init(parsing text: String, measures: [String]) throws(ComparisonError) {
    self.text = text
    guard let start = text.firstIndex(where: { "<>=!".contains($0) }),
      let relation = Relation.allCases.first(where: { text[start...].hasPrefix($0.rawValue) })
    else { throw Self.malformed(text, measures) }
    self.relation = relation
    let name = Self.trimmed(text[..<start])
    var digits = Self.trimmed(text[text.index(start, offsetBy: relation.rawValue.count)...])
    isRelative = digits.hasSuffix("x")
    if isRelative { digits = Self.trimmed(digits.dropLast()[...]) }
    let isPlain = digits.allSatisfy { "0123456789+-.eE".contains($0) }
    guard isPlain, let number = Double(digits), number.isFinite else {
      throw Self.malformed(text, measures)
    }
    self.number = number
    (measure, statistic) = Self.parts(of: name, measures)
    guard measures.contains(measure) else {
      throw .option(
        name: "--fail-on", value: text, allowed: "about a figure of the runs",
        help: Self.help(for: measure, among: measures))
    }
  }

  /// What the condition says of each run that is held against another.
  ///
  /// **Errors**: `option` if a run has no such measure.
  package func outcomes(in comparison: RunComparison) throws(ComparisonError) -> [Outcome] {
    var outcomes: [Outcome] = []
    for entry in comparison.entries.indices {
      guard let base = RunComparison.base(of: entry, among: comparison.entries) else { continue }
      let value = try self.value(of: entry, comparison)
      let limit = isRelative ? number * (try self.value(of: base, comparison)) : number
      outcomes.append(
        Outcome(
          entry: entry, value: value, limit: limit, isFailed: relation.holds(value, limit)))
    }
    return outcomes
  }

  private func value(
    of entry: Int, _ comparison: RunComparison
  ) throws(ComparisonError) -> Double {
    guard let summary = comparison.summary(measure, of: entry) else {
      throw .option(
        name: "--fail-on", value: text, allowed: "about figures that all runs have",
        help: "`\(measure)` is not in the tables of \(comparison.entries[entry].label)")
    }
    switch statistic {
    case .mean: return summary.mean
    case .p50: return summary.p50
    case .p95: return summary.p95
    }
  }

  private static func parts(
    of name: String, _ measures: [String]
  ) -> (measure: String, statistic: Statistic) {
    if measures.contains(name) { return (name, .mean) }
    for statistic in Statistic.allCases where name.hasSuffix(".\(statistic.rawValue)") {
      return (String(name.dropLast(statistic.rawValue.count + 1)), statistic)
    }
    return (name, .mean)
  }

  private static func malformed(_ text: String, _ measures: [String]) -> ComparisonError {
    .option(
      name: "--fail-on", value: text, allowed: "METRIC OP NUMBER[x], such as 'duration_s > 1.05x'",
      help: "OP is one of > >= < <= == !=, METRIC one of \(measures.joined(separator: ", ")), "
        + "with .p50 or .p95 behind it if wanted; x: times the first run")
  }

  /// What to write instead of a name that no measure has.
  static func help(for name: String, among measures: [String]) -> String {
    let near = NearMiss.nearest(to: name, among: measures).map { "did you mean `\($0)`? " } ?? ""
    return near + "the figures are: \(measures.joined(separator: ", "))"
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

}
