/// What the flows of a link take that are slower than its level, kept up to date change by change.
///
/// Bounds below a cut are slow, the others fast. As long as the level lies between the greatest slow
/// bound and the least fast one, it follows from the sum alone. Both are kept as limits: they may
/// lie nearer to the level than any bound still does, which costs a sweep and no more.
struct LinkBalance: Sendable {
  /// How far a level may lie beyond a bound that counts on the other side, relative to it.
  private static let tolerance = 0x1p-44

  private var cut = Double.infinity
  private var sum = 0.0
  private var greatestSlow = -Double.infinity
  private var leastFast = Double.infinity
  private var slow: Int32 = 0
  /// Changes since the last sweep; each may add an error of rounding.
  private var changes: Int32 = 0

  /// No flows yet.
  init() {}

  /// What a sweep has found.
  init(_ sweep: Sweep) {
    cut = sweep.cut
    sum = sweep.sum
    slow = Int32(sweep.slow)
    greatestSlow = sweep.greatestSlow
    leastFast = sweep.leastFast
  }

  /// Slow bounds counted and added up, and the two next to the cut.
  struct Sweep {
    let cut: Double
    var sum = 0.0
    var slow = 0
    var greatestSlow = -Double.infinity
    var leastFast = Double.infinity
  }

  /// Counts a bound in.
  mutating func add(_ bound: Double) { replace(.infinity, by: bound) }

  /// Counts a bound out.
  mutating func remove(_ bound: Double) { replace(bound, by: .infinity) }

  /// Counts one bound instead of another. Selections and no branches: on which side of the cut a
  /// bound lies cannot be foretold.
  @inline(__always)
  mutating func replace(_ old: Double, by new: Double) {
    let (wasSlow, isSlow) = (old < cut, new < cut)
    sum += (isSlow ? new : 0) - (wasSlow ? old : 0)
    slow &+= (isSlow ? 1 : 0) &- (wasSlow ? 1 : 0)
    changes &+= isSlow || wasSlow ? 1 : 0
    greatestSlow = max(greatestSlow, isSlow ? new : -.infinity)
    leastFast = min(leastFast, isSlow ? .infinity : new)
  }

  /// The level at which so many flows fill a capacity, infinite if they cannot; nil if only a sweep
  /// can tell. After as many changes as flows a sweep is asked for, so that errors do not add up.
  @inline(__always)
  func level(count: Int, capacity: Double) -> Double? {
    guard changes <= count + 8 else { return nil }
    let fast = count - Int(slow)
    if fast == 0 { return sum <= capacity ? .infinity : nil }
    let level = (capacity - (slow == 0 ? 0 : sum)) / Double(fast)
    let isBetween =
      (slow == 0 || level >= greatestSlow * (1 - Self.tolerance))
      && level <= leastFast * (1 + Self.tolerance)
    return isBetween ? level : nil
  }

  /// The bounds have changed unseen: the next level takes a sweep.
  mutating func forget() { changes = .max / 2 }
}
