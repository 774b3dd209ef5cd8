/// A length of simulated time in whole microseconds.
///
/// Integers make equal lengths compare equal and runs repeat bit for bit; 64 bits of microseconds
/// reach 292,000 years, so that sums of a scenario cannot overflow.
package struct SimulatedDuration: Hashable, Comparable, Sendable {
  /// The length in microseconds; negative lengths are allowed as differences.
  package var microseconds: Int64

  /// A length of whole microseconds.
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// A length given in seconds, rounded once to the nearest microsecond.
  ///
  /// Values beyond the range of the type, and those that are no number, are clamped to it.
  package init(seconds: Double) {
    let scaled = (seconds * 1_000_000).rounded()
    if scaled >= 9.2e18 {
      microseconds = .max
    } else if scaled <= -9.2e18 {
      microseconds = .min
    } else {
      microseconds = scaled.isNaN ? 0 : Int64(scaled)
    }
  }

  /// No time at all.
  package static let zero = SimulatedDuration(microseconds: 0)

  /// The length in seconds.
  package var seconds: Double { Double(microseconds) / 1_000_000 }

  /// Order by length.
  package static func < (left: Self, right: Self) -> Bool {
    left.microseconds < right.microseconds
  }

  /// Sum of two lengths, clamped instead of trapping.
  package static func + (left: Self, right: Self) -> Self {
    let (sum, overflow) = left.microseconds.addingReportingOverflow(right.microseconds)
    return Self(microseconds: overflow ? (left.microseconds < 0 ? .min : .max) : sum)
  }

  /// Difference of two lengths, clamped instead of trapping.
  package static func - (left: Self, right: Self) -> Self {
    let (difference, overflow) = left.microseconds.subtractingReportingOverflow(
      right.microseconds)
    return Self(microseconds: overflow ? (left.microseconds < 0 ? .min : .max) : difference)
  }

  /// Lengthens by another length.
  package static func += (left: inout Self, right: Self) { left = left + right }
}

/// An instant in microseconds since the start of the scenario.
package struct SimulatedTime: Hashable, Comparable, Sendable {
  /// Microseconds since the start of the scenario.
  package var microseconds: Int64

  /// An instant a number of microseconds after the start of the scenario.
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The start of the scenario.
  package static let start = SimulatedTime(microseconds: 0)

  /// Seconds since the start of the scenario.
  package var seconds: Double { Double(microseconds) / 1_000_000 }

  /// Order in time.
  package static func < (left: Self, right: Self) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The instant a length after another, clamped instead of trapping.
  package static func + (instant: Self, length: SimulatedDuration) -> Self {
    let sum = SimulatedDuration(microseconds: instant.microseconds) + length
    return Self(microseconds: sum.microseconds)
  }

  /// The length between two instants.
  package static func - (later: Self, earlier: Self) -> SimulatedDuration {
    SimulatedDuration(microseconds: later.microseconds)
      - SimulatedDuration(microseconds: earlier.microseconds)
  }
}
