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
  typealias Group = InlineArray<4, UInt128>

  /// The key of the root; greater than all others if the heap is empty.
  var root = DepartureHeap.none
  /// The other keys, and behind them greatest ones.
  var groups: [Group] = []
  /// How many keys there are beside the root; -1 if there is none at all.
  var rest = -1

  /// A key after all others, of the time `Int64.max`.
  private static let none = UInt128.max >> 1

  /// One more than the greatest slot.
  static let slotLimit = 1 << 28
  /// One more than the greatest number of an arrival.
  static let sequenceLimit: UInt64 = 1 << 36

  /// How many ends there are.
  var count: Int { rest + 1 }

  /// The earliest end; `Int64.max` if there is none.
  @inline(__always)
  var firstTime: Int64 { Self.time(of: root) }

  /// The slot of the VM that ends first; there is one.
  @inline(__always)
  var firstSlot: Int { Self.slot(of: root) }

  /// The time of a key.
  @inline(__always)
  static func time(of key: UInt128) -> Int64 { Int64(truncatingIfNeeded: key >> 64) }

  /// The slot of a key.
  @inline(__always)
  static func slot(of key: UInt128) -> Int { Int(truncatingIfNeeded: key) & (slotLimit - 1) }

  /// Whether one more key fits without another group.
  @inline(__always)
  var hasRoom: Bool { rest >> 2 < groups.count }

  /// Adds empty groups, so many that adding one key after another costs O(1) each.
  mutating func grow() {
    groups.append(
      contentsOf: repeatElement(Group(repeating: .max), count: 16 + groups.count / 2))
  }

  /// Adds the end of a VM.
  ///
  /// **Complexity**: O(log count), no allocation once the column has grown.
  @inline(__always)
  mutating func insert(time: Int64, sequence: UInt64, slot: Int) {
    if !hasRoom { grow() }
    Self.insert(time: time, sequence: sequence, slot: slot, into: &groups, &root, &rest)
  }

  @inline(__always)
  private static func insert(
    time: Int64, sequence: UInt64, slot: Int, into groups: inout [Group], _ root: inout UInt128,
    _ rest: inout Int
  ) {
    var span = groups.mutableSpan
    insert(time: time, sequence: sequence, slot: slot, into: &span, &root, &rest)
  }

  /// Adds the end of a VM to columns with room. The columns come one by one, as a span of one of
  /// them excludes access to the whole.
  @inline(__always)
  static func insert(
    time: Int64, sequence: UInt64, slot: Int, into span: inout MutableSpan<Group>,
    _ root: inout UInt128, _ rest: inout Int
  ) {
    let order = sequence << 28 | UInt64(truncatingIfNeeded: slot)
    let key = UInt128(UInt64(bitPattern: time)) << 64 | UInt128(order)
    let hole = rest
    rest &+= 1
    if hole < 0 {
      root = key
      return
    }
    raise(key, from: hole, in: &span, &root)
  }

  /// Takes the earliest end out.
  ///
  /// The hole goes down to a leaf without a look at the key that will fill it, as that key comes
  /// from a leaf and nearly always goes back to one.
  ///
  /// **Complexity**: O(log count).
  mutating func removeFirst() { Self.removeFirst(of: &groups, &root, &rest) }

  private static func removeFirst(
    of groups: inout [Group], _ root: inout UInt128, _ rest: inout Int
  ) {
    var span = groups.mutableSpan
    removeFirst(of: &span, &root, &rest)
  }

  /// Takes the earliest end out of columns.
  @inline(__always)
  static func removeFirst(
    of span: inout MutableSpan<Group>, _ root: inout UInt128, _ rest: inout Int
  ) {
    rest &-= 1
    if rest < 0 {
      root = none
      return
    }
    let used = (rest &+ 3) >> 2
    let key = span[rest >> 2][rest & 3]
    span[rest >> 2][rest & 3] = .max
    if rest == 0 {
      root = key
      return
    }
    let first = least(span[0])
    root = first.key
    // The hole is a place in a group, and its number one less than the group of its children.
    var (group, place) = (0, first.place)
    var child = place &+ 1
    while child < used {
      let next = least(span[child])
      span[group][place & 3] = next.key
      (group, place) = (child, next.place)
      child = group &* 4 &+ place &+ 1
    }
    raise(key, from: child &- 1, in: &span, &root)
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
