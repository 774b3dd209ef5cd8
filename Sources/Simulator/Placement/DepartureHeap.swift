/// The ends of running VMs that are known, earliest first.
///
/// Keys of 128 bits in a heap with four children per node: from the top 64 bits of time, 36 of the
/// number of the arrival and 28 of the VM's slot. One comparison decides, ends at one instant come
/// in the order of arrival, and the slot comes out with the key.
///
/// The four children of a node are one element of the column, so that one check of bounds serves
/// all: those of node n are group n + 1, those of the root group 0, and node n is the key n mod 4 of
/// group n / 4.
struct DepartureHeap: Sendable {
  private typealias Group = InlineArray<4, UInt128>

  /// The key of the root; greater than all others if the heap is empty.
  private var root: UInt128 = .max
  private var groups: [Group] = []
  /// How many keys there are beside the root.
  private var rest = 0

  /// One more than the greatest slot.
  static let slotLimit = 1 << 28
  /// One more than the greatest number of an arrival.
  static let sequenceLimit: UInt64 = 1 << 36

  /// How many ends there are.
  var count: Int { root == .max ? 0 : rest + 1 }

  /// The earliest end; `Int64.max` if there is none.
  @inline(__always)
  var firstTime: Int64 { Int64(truncatingIfNeeded: (root >> 64) & 0x7fff_ffff_ffff_ffff) }

  /// The slot of the VM that ends first; there is one.
  @inline(__always)
  var firstSlot: Int { Int(truncatingIfNeeded: root) & (Self.slotLimit - 1) }

  /// Adds the end of a VM.
  ///
  /// **Complexity**: O(log count), no allocation once the column has grown.
  @inline(__always)
  mutating func insert(time: Int64, sequence: UInt64, slot: Int) {
    let order = sequence << 28 | UInt64(truncatingIfNeeded: slot)
    let key = UInt128(UInt64(bitPattern: time)) << 64 | UInt128(order)
    if root == .max {
      root = key
      return
    }
    if rest >> 2 == groups.count { groups.append(Group(repeating: .max)) }
    let hole = rest
    rest &+= 1
    Self.put(key, into: hole, of: &groups, &root)
  }

  /// Takes the earliest end out.
  ///
  /// The hole goes down to a leaf without a look at the key that will fill it, as that key comes
  /// from a leaf and nearly always goes back to one.
  ///
  /// **Complexity**: O(log count).
  mutating func removeFirst() {
    guard rest > 0 else {
      root = .max
      return
    }
    rest &-= 1
    Self.replaceFirst(in: &groups, &root, rest)
  }

  /// Fills the place of the root with the last key, which was node `rest`. The columns come one by
  /// one, as a span of one of them excludes access to the whole.
  @inline(__always)
  private static func replaceFirst(
    in groups: inout [Group], _ root: inout UInt128, _ rest: Int
  ) {
    let used = (rest &+ 3) >> 2
    var span = groups.mutableSpan
    let key = span[rest >> 2][rest & 3]
    span[rest >> 2][rest & 3] = .max
    if rest == 0 {
      root = key
      return
    }
    let first = least(span[0])
    root = first.key
    var hole = first.place
    var child = hole &+ 1
    while child < used {
      let next = least(span[child])
      span[hole >> 2][hole & 3] = next.key
      hole = child &* 4 &+ next.place
      child = hole &+ 1
    }
    raise(key, from: hole, in: &span, &root)
  }

  /// The least of four keys and its place, without a branch.
  @inline(__always)
  private static func least(_ group: Group) -> (key: UInt128, place: Int) {
    let isSecond = group[1] < group[0]
    let isFourth = group[3] < group[2]
    let left = isSecond ? group[1] : group[0]
    let right = isFourth ? group[3] : group[2]
    let isRight = right < left
    return (isRight ? right : left, isRight ? (isFourth ? 3 : 2) : (isSecond ? 1 : 0))
  }

  @inline(__always)
  private static func put(
    _ key: UInt128, into hole: Int, of groups: inout [Group], _ root: inout UInt128
  ) {
    var span = groups.mutableSpan
    raise(key, from: hole, in: &span, &root)
  }

  /// Puts a key into the hole at a node, or above it, where it belongs.
  @inline(__always)
  private static func raise(
    _ key: UInt128, from node: Int, in span: inout MutableSpan<Group>, _ root: inout UInt128
  ) {
    var hole = node
    while hole > 3 {
      let parent = hole >> 2 &- 1
      let above = span[parent >> 2][parent & 3]
      if above < key {
        span[hole >> 2][hole & 3] = key
        return
      }
      span[hole >> 2][hole & 3] = above
      hole = parent
    }
    let isFirst = key < root
    span[hole >> 2][hole & 3] = isFirst ? root : key
    if isFirst { root = key }
  }
}
