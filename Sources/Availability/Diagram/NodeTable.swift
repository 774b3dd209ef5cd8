/// A decision: one event, and what holds if it happens and if it does not.
struct DecisionNode: Equatable, BitwiseCopyable {
  /// The place of the event in the order; larger than all for the two ends.
  let level: UInt32
  /// Where to go if the event does not happen.
  let low: UInt32
  /// Where to go if it happens.
  let high: UInt32
}

/// Nodes of which no two are equal.
///
/// Nodes 0 and 1 are the two ends. A node is made after those it leads to: whoever walks the numbers
/// upwards meets children first. A copy shares its memory: only one of them may make nodes.
struct NodeTable {
  /// How many nodes there are.
  private(set) var count = 2
  private var capacity = 1 << 4
  private var nodeBlock: Block<DecisionNode>
  private var nodes: UnsafeMutablePointer<DecisionNode>
  private var slotBlock: Block<UInt32>
  private var slots: UnsafeMutablePointer<UInt32>

  /// The level of the two ends.
  static let endLevel = UInt32.max

  init() {
    let end = DecisionNode(level: Self.endLevel, low: 0, high: 0)
    nodeBlock = Block(count: capacity, filledWith: end)
    nodes = nodeBlock.start
    // Twice as many slots as nodes keep the runs of taken ones short.
    slotBlock = Block(count: 2 * capacity, filledWith: 0)
    slots = slotBlock.start
  }

  /// A node by its number.
  @inline(__always)
  subscript(number: UInt32) -> DecisionNode {
    assert(number < count, "A node has a number that was given out.")
    return nodes[Int(number)]
  }

  /// The number of the node with these three parts.
  ///
  /// **Complexity**: O(1) on average.
  @inline(__always)
  mutating func number(_ level: UInt32, _ low: UInt32, _ high: UInt32) -> UInt32 {
    let node = DecisionNode(level: level, low: low, high: high)
    let mask = 2 * capacity - 1
    var slot = Self.hash(node) & mask
    while slots[slot] != 0 {
      if nodes[Int(slots[slot])] == node { return slots[slot] }
      slot = (slot + 1) & mask
    }
    let number = UInt32(count)
    slots[slot] = number
    nodes[count] = node
    count += 1
    if count == capacity { grow() }
    return number
  }

  private mutating func grow() {
    let larger = Block(count: 2 * capacity, filledWith: nodes[0])
    larger.start.update(from: nodes, count: count)
    capacity *= 2
    (nodeBlock, nodes) = (larger, larger.start)
    slotBlock = Block(count: 2 * capacity, filledWith: 0)
    slots = slotBlock.start
    let mask = 2 * capacity - 1
    for number in 2..<count {
      var slot = Self.hash(nodes[number]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number)
    }
  }

  @inline(__always)
  private static func hash(_ node: DecisionNode) -> Int {
    mixed(node.low, node.high, node.level)
  }

  /// A hash of three numbers, the same in every run.
  @inline(__always)
  static func mixed(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> Int {
    var value = UInt64(first) << 32 | UInt64(second)
    value = (value ^ (UInt64(third) &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    value ^= value >> 32
    value = value &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: value >> 20)
  }

  /// Which nodes can be reached from a root, by number up to the root.
  func reachable(from root: UInt32) -> [Bool] {
    var isReached = [Bool](repeating: false, count: Int(root) + 1)
    isReached[Int(root)] = true
    for number in stride(from: Int(root), to: 1, by: -1) where isReached[number] {
      isReached[Int(nodes[number].low)] = true
      isReached[Int(nodes[number].high)] = true
    }
    return isReached
  }
}
