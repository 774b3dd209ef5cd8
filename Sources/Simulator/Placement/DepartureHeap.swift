/// The ends of running VMs that are known, earliest first.
///
/// Keys of 128 bits in a heap with four children per node: from the top 64 bits of time, 36 of the
/// number of the arrival and 28 of the VM's slot. One comparison decides, ends at one instant come
/// in the order of arrival, and the slot comes out with the key.
struct DepartureHeap: Sendable {
  private(set) var keys: [UInt128] = []

  /// One more than the greatest slot.
  static let slotLimit = 1 << 28
  /// One more than the greatest number of an arrival.
  static let sequenceLimit: UInt64 = 1 << 36

  var isEmpty: Bool { keys.isEmpty }

  /// The earliest end; `Int64.max` if there is none.
  @inline(__always)
  var firstTime: Int64 {
    keys.isEmpty ? .max : Int64(truncatingIfNeeded: keys[0] >> 64)
  }

  /// The slot of the VM that ends first; there is one.
  @inline(__always)
  var firstSlot: Int { Int(truncatingIfNeeded: keys[0]) & (Self.slotLimit - 1) }

  /// Adds the end of a VM.
  ///
  /// **Complexity**: O(log count), no allocation once the column has grown.
  @inline(__always)
  mutating func insert(time: Int64, sequence: UInt64, slot: Int) {
    let order = sequence << 28 | UInt64(truncatingIfNeeded: slot)
    let key = UInt128(UInt64(bitPattern: time)) << 64 | UInt128(order)
    keys.append(key)
    var span = keys.mutableSpan
    Self.raise(key, from: span.count - 1, in: &span)
  }

  /// Takes the earliest end out.
  ///
  /// The hole goes down to a leaf without a look at the key that will fill it, as that key comes
  /// from a leaf and nearly always goes back to one.
  ///
  /// **Complexity**: O(log count).
  mutating func removeFirst() {
    guard let key = keys.popLast(), !keys.isEmpty else { return }
    var span = keys.mutableSpan
    let count = span.count
    var hole = 0
    var child = 1
    while child &+ 3 < count {
      let (first, second) = (span[child], span[child &+ 1])
      let (third, fourth) = (span[child &+ 2], span[child &+ 3])
      let isSecond = second < first
      let isFourth = fourth < third
      let left = isSecond ? second : first
      let right = isFourth ? fourth : third
      let leftIndex = child &+ (isSecond ? 1 : 0)
      let rightIndex = child &+ (isFourth ? 3 : 2)
      let isRight = right < left
      span[hole] = isRight ? right : left
      hole = isRight ? rightIndex : leftIndex
      child = 4 &* hole &+ 1
    }
    if child < count {
      var least = child
      for other in child..<count where span[other] < span[least] { least = other }
      span[hole] = span[least]
      hole = least
    }
    Self.raise(key, from: hole, in: &span)
  }

  /// Puts a key into the hole at an index, or above it, where it belongs.
  @inline(__always)
  private static func raise(_ key: UInt128, from index: Int, in span: inout MutableSpan<UInt128>) {
    var hole = index
    while hole > 0 {
      let parent = (hole &- 1) >> 2
      let above = span[parent]
      if above < key { break }
      span[hole] = above
      hole = parent
    }
    span[hole] = key
  }
}
