/// The outages of one service in one replication: times with fewer replicas than it needs.
package struct ServiceTally: Sendable, Equatable {
  /// Microseconds of a twelfth of 8,760 hours.
  static let month: Int64 = 2_628_000_000_000

  /// Outages that ended.
  package private(set) var outages = 0
  /// Microseconds out.
  package private(set) var outMicroseconds: Int128 = 0
  /// The longest outage, in microseconds.
  package private(set) var longest: Int64 = 0
  /// Months that were below the claim, of those that are over.
  package private(set) var monthsBelow = 0
  private var month: Int64 = 0
  private var outInMonth: Int64 = 0
  private let allowedInMonth: Int64

  /// No outage yet, for a claimed availability.
  init(claim: Double) {
    allowedInMonth = Int64((1 - claim) * Double(Self.month))
  }

  /// Adds an outage; instants in microseconds since the beginning of the measured time.
  mutating func add(from start: Int64, to end: Int64, hasEnded: Bool) {
    if hasEnded {
      outages += 1
      longest = max(longest, end - start)
    }
    outMicroseconds += Int128(end - start)
    var from = start
    while from < end {
      enter(from / Self.month)
      let to = min(end, (month + 1) * Self.month)
      outInMonth += to - from
      from = to
    }
  }

  /// Closes the last month; those that are not over at the end do not count.
  mutating func close(at end: Int64) { enter(end / Self.month) }

  private mutating func enter(_ next: Int64) {
    guard next != month else { return }
    if outInMonth > allowedInMonth { monthsBelow += 1 }
    outInMonth = 0
    month = next
  }
}
