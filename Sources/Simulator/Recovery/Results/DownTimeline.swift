/// How many VMs are down, at instants at which that changes.
///
/// Where more points come than are kept, every second one is dropped and from then on points are at
/// least twice as far apart.
package struct DownTimeline: Sendable, Equatable {
  /// A point.
  package struct Point: Sendable, Equatable {
    /// Seconds since the loss.
    package let seconds: Double
    /// VMs down from then on.
    package let down: Int

    /// A point.
    package init(seconds: Double, down: Int) {
      self.seconds = seconds
      self.down = down
    }
  }

  private var instants: [Int64] = []
  private var counts: [Int] = []
  private var last = 0
  private var stride: Int64 = 0
  private let limit: Int

  /// No points; up to `limit` of them are kept, at least 2.
  init(limit: Int) {
    self.limit = max(2, limit)
  }

  /// The points in the order of time.
  package var points: [Point] {
    zip(instants, counts).map { Point(seconds: Double($0) / 1e6, down: $1) }
  }

  /// Notes the count after an event; of an instant the last count holds.
  mutating func note(_ down: Int, at instant: Int64) {
    guard down != last else { return }
    last = down
    guard let latest = instants.last else {
      append(down, instant)
      return
    }
    let isSame = latest == instant
    // The return of the last VM is always kept.
    if !isSame, down > 0, instant - latest < stride { return }
    if isSame { counts[counts.count - 1] = down } else { append(down, instant) }
  }

  private mutating func append(_ down: Int, _ instant: Int64) {
    instants.append(instant)
    counts.append(down)
    if instants.count > limit { thin() }
  }

  private mutating func thin() {
    let kept = instants.indices.filter { $0 % 2 == 0 || $0 == instants.count - 1 }
    let span = (instants.last ?? 0) - (instants.first ?? 0)
    stride = max(2 * stride, span / Int64(limit))
    instants = kept.map { instants[$0] }
    counts = kept.map { counts[$0] }
  }
}
