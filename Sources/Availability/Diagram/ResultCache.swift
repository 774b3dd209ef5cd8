/// Results of operations on three numbers, of which the latest are remembered.
struct ResultCache {
  private struct Entry: BitwiseCopyable {
    var first: UInt32
    var second: UInt32
    var third: UInt32
    var result: UInt32
  }

  private static let empty = Entry(first: .max, second: 0, third: 0, result: 0)
  /// A larger table has fewer losses and more misses of the processor's own cache.
  private static let largest = 1 << 20
  private var count = 1 << 4
  private var block: Block<Entry>
  private var entries: UnsafeMutablePointer<Entry>
  private var remembered = 0

  init() {
    block = Block(count: count, filledWith: Self.empty)
    entries = block.start
  }

  /// The result for three numbers, if it is remembered.
  @inline(__always)
  func result(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt32? {
    let entry = entries[NodeTable.mixed(first, second, third) & (count - 1)]
    return entry.first == first && entry.second == second && entry.third == third
      ? entry.result : nil
  }

  /// Remembers a result in the place of an older one.
  @inline(__always)
  mutating func remember(
    _ first: UInt32, _ second: UInt32, _ third: UInt32, _ result: UInt32
  ) {
    remembered += 1
    if remembered > count, count < Self.largest { grow() }
    entries[NodeTable.mixed(first, second, third) & (count - 1)] = Entry(
      first: first, second: second, third: third, result: result)
  }

  private mutating func grow() {
    let larger = Block(count: 2 * count, filledWith: Self.empty)
    for place in 0..<count where entries[place].first != .max {
      let entry = entries[place]
      let slot = NodeTable.mixed(entry.first, entry.second, entry.third) & (2 * count - 1)
      larger.start[slot] = entry
    }
    count *= 2
    (block, entries) = (larger, larger.start)
  }
}
