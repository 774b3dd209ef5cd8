/// Count, mean and variance of numbers as they come, without keeping them.
///
/// **Source**: Welford 1962; merging after Chan, Golub, LeVeque 1979.
package struct RunningMean: Sendable, Equatable {
  /// How many numbers were added.
  package private(set) var count = 0
  /// Their mean; zero before the first.
  package private(set) var mean = 0.0
  /// The least; infinite before the first.
  package private(set) var minimum = Double.infinity
  /// The greatest; minus infinite before the first.
  package private(set) var maximum = -Double.infinity
  private var squares = 0.0

  /// Nothing added yet.
  package init() {}

  /// All numbers of a sequence.
  package init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Adds a number.
  package mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / Double(count)
    squares += distance * (value - mean)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }

  /// Adds all that another has seen.
  package mutating func merge(_ other: RunningMean) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let distance = other.mean - mean
    squares += other.squares + distance * distance * Double(count) * Double(other.count) / total
    mean += distance * Double(other.count) / total
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// The sample variance (divisor count - 1); zero for fewer than two numbers.
  package var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

  /// The sample standard deviation.
  package var standardDeviation: Double { variance.squareRoot() }

  /// The standard error of the mean; zero for fewer than two numbers.
  package var standardError: Double {
    count > 1 ? (variance / Double(count)).squareRoot() : 0
  }
}

/// Quantiles of a sample.
package enum Quantile {
  /// The quantile of values in ascending order by linear interpolation; nil for no values.
  ///
  /// **Source**: type 7 of Hyndman and Fan, 1996: position (n - 1) p, the default of R and NumPy.
  package static func ofSorted(_ sorted: [Double], _ p: Double) -> Double? {
    precondition(p >= 0 && p <= 1, "A probability lies between zero and one.")
    guard let last = sorted.last else { return nil }
    let position = Double(sorted.count - 1) * p
    let index = Int(position)
    guard index + 1 < sorted.count else { return last }
    let share = position - Double(index)
    return sorted[index] + share * (sorted[index + 1] - sorted[index])
  }

  /// The quantile of values in any order; nil for no values.
  ///
  /// **Complexity**: O(n log n).
  package static func of(_ values: [Double], _ p: Double) -> Double? {
    ofSorted(values.sorted(), p)
  }

  /// The median of values in any order; nil for no values.
  package static func median(_ values: [Double]) -> Double? { of(values, 0.5) }
}
