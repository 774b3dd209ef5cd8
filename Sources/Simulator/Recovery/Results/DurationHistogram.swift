import CloudModel

/// How often durations occurred, in steps of at most 1/64 of a duration.
///
/// Counts of as many as come, in a few kilobytes; the mean and both ends are exact.
package struct DurationHistogram: Sendable, Equatable {
  /// How many were added.
  package private(set) var count = 0
  private var sum: Int128 = 0
  private var least = Int64.max
  private var greatest: Int64 = 0
  /// Counts from the first step that occurred to the last.
  private var counts: [Int] = []
  private var firstStep = 0

  /// Nothing added yet.
  package init() {}

  /// The mean in seconds; nil without durations.
  package var meanSeconds: Double? { count > 0 ? Double(sum) / 1e6 / Double(count) : nil }

  /// The greatest in seconds; nil without durations.
  package var longestSeconds: Double? { count > 0 ? Double(greatest) / 1e6 : nil }

  /// Adds a duration of zero or more microseconds.
  ///
  /// **Complexity**: O(1), once steps of about its size have occurred.
  @inline(__always)
  mutating func add(_ microseconds: Int64) {
    count += 1
    sum += Int128(microseconds)
    least = min(least, microseconds)
    greatest = max(greatest, microseconds)
    let place = Self.step(microseconds) - firstStep
    if place >= 0, place < counts.count {
      counts[place] += 1
    } else {
      grow(to: place + firstStep)
      counts[Self.step(microseconds) - firstStep] += 1
    }
  }

  /// Adds all that another has counted.
  mutating func merge(_ other: DurationHistogram) {
    guard other.count > 0 else { return }
    count += other.count
    sum += other.sum
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    grow(to: other.firstStep)
    grow(to: other.firstStep + other.counts.count - 1)
    for (place, number) in other.counts.enumerated() {
      counts[place + other.firstStep - firstStep] += number
    }
  }

  /// The duration in seconds below which lies a share of all, to 1/64 of it; nil without durations.
  package func quantileSeconds(_ p: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, (p * Double(count)).rounded(.up))
    var before = 0.0
    for (place, number) in counts.enumerated() where number > 0 {
      if before + Double(number) >= rank {
        let (low, width) = Self.bounds(place + firstStep)
        let value = low + width * (rank - before - 0.5) / Double(number)
        return min(max(value, Double(least)), Double(greatest)) / 1e6
      }
      before += Double(number)
    }
    return longestSeconds
  }

  /// 64 steps in each doubling.
  @inline(__always)
  private static func step(_ microseconds: Int64) -> Int {
    let value = Int(microseconds)
    let shift = max(0, 57 - value.leadingZeroBitCount)
    return shift << 6 + value >> shift
  }

  private static func bounds(_ step: Int) -> (low: Double, width: Double) {
    let shift = max(0, step >> 6 - 1)
    return (Double((step - shift << 6) << shift), Double(1 << shift))
  }

  private mutating func grow(to step: Int) {
    if counts.isEmpty { firstStep = step }
    if step < firstStep {
      counts.insert(contentsOf: repeatElement(0, count: firstStep - step), at: 0)
      firstStep = step
    }
    let missing = step - firstStep + 1 - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
  }
}
