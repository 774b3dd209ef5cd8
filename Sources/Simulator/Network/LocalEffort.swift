/// Whether growing is tried, or everything reachable is solved at once.
///
/// Growing is given up when it has cost about what solving everything costs; after that the next
/// changes are not tried, twice as many after each failure. No rate depends on it but in rounding.
struct LocalEffort: Sendable {
  /// What renewing the bounds of one flow costs, where looking at a cell in a sweep costs one.
  static let spreading = 8

  /// How often growing may look at each cell in use before it is given up.
  private let limit: Int
  private var left = 0
  private var pause = 0
  private var nextPause = 1

  init(limit: Int) {
    self.limit = limit
  }

  var isWorthTrying: Bool { pause == 0 }

  var isWorthGoingOn: Bool { left >= 0 }

  mutating func begin(cells: Int) { left = limit * cells }

  mutating func spend(_ cells: Int) { left -= cells }

  mutating func rest() { pause -= 1 }

  mutating func fail() {
    pause = nextPause
    nextPause = min(32, 2 * nextPause)
  }

  mutating func succeed() { nextPause = max(1, nextPause / 2) }
}
