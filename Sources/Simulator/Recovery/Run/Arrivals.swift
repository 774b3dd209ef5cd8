/// VMs that enter the queue at one instant, taken out by ascending index.
///
/// A bitmap with a summary of the words that are not zero: no sorting, whether a host or a zone was
/// lost.
struct Arrivals: Sendable {
  private var words: [UInt64]
  private var summary: [UInt64]
  /// No word of the summary before it has a bit.
  private var cursor = 0
  private(set) var count = 0

  /// No arrivals, for so many VMs.
  init(vms: Int) {
    words = [UInt64](repeating: 0, count: vms >> 6 + 1)
    summary = [UInt64](repeating: 0, count: vms >> 12 + 1)
  }

  /// Adds a VM; one that is there stays there once.
  @inline(__always)
  mutating func insert(_ vm: Int) {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: vm)
    let word = words[vm >> 6]
    if word & bit != 0 { return }
    count += 1
    words[vm >> 6] = word | bit
    summary[vm >> 12] |= 1 &<< UInt64(truncatingIfNeeded: vm >> 6)
    cursor = min(cursor, vm >> 12)
  }

  /// Takes the one with the lowest index out; nil if there is none.
  ///
  /// **Complexity**: O(1), and O(VMs / 4096) for all of an instant.
  @inline(__always)
  mutating func popFirst() -> Int? {
    if count == 0 { return nil }
    count -= 1
    while summary[cursor] == 0 { cursor += 1 }
    let word = cursor << 6 | summary[cursor].trailingZeroBitCount
    let bits = words[word]
    words[word] = bits & (bits &- 1)
    if words[word] == 0 { summary[cursor] &= summary[cursor] &- 1 }
    return word << 6 | bits.trailingZeroBitCount
  }
}
