/// Which events and gates of a tree are failed now.
///
/// A change of an event goes upwards through the counts of failed arguments, gate by gate in their
/// order, so that each gate changes once at most, with whatever gates there are.
package struct TreeState: Sendable {
  private let structure: TreeStructure
  private var counts: [Int32]
  /// One bit for each gate that is to be looked at.
  private var pending: [UInt64]
  /// For each node whether it is failed.
  package private(set) var isFailed: [Bool]

  /// The state with no event failed.
  package init(_ structure: TreeStructure) {
    self.structure = structure
    counts = Array(repeating: 0, count: structure.rules.count)
    pending = Array(repeating: 0, count: (structure.rules.count + 63) / 64)
    isFailed = Array(repeating: false, count: structure.nodeCount)
    for place in structure.rules.indices { mark(Int32(place)) }
    propagate(from: 0)
  }

  /// Makes an event failed or not.
  ///
  /// **Complexity**: the arguments of the gates that change, and a bit for each gate above them.
  package mutating func set(_ event: Int, _ value: Bool) {
    guard isFailed[event] != value else { return }
    change(event, to: value)
    let first = structure.parentStarts[event]
    guard first < structure.parentStarts[event + 1] else { return }
    propagate(from: Int(structure.parents[Int(first)]) >> 6)
  }

  private mutating func change(_ node: Int, to value: Bool) {
    isFailed[node] = value
    let step: Int32 = value ? 1 : -1
    var index = Int(structure.parentStarts[node])
    let end = Int(structure.parentStarts[node + 1])
    while index < end {
      let gate = structure.parents[index]
      counts[Int(gate)] += step
      mark(gate)
      index += 1
    }
  }

  private mutating func mark(_ gate: Int32) {
    pending[Int(gate) >> 6] |= 1 << UInt64(gate & 63)
  }

  /// Looks at all gates marked; those above the ones that change are marked on the way.
  private mutating func propagate(from first: Int) {
    var word = first
    while word < pending.count {
      guard pending[word] != 0 else {
        word += 1
        continue
      }
      let gate = word << 6 + pending[word].trailingZeroBitCount
      pending[word] &= pending[word] &- 1
      let value = holds(structure.rules[gate], counts[gate])
      let node = structure.eventCount + gate
      if value != isFailed[node] { change(node, to: value) }
    }
  }

  private func holds(_ rule: TreeStructure.Rule, _ count: Int32) -> Bool {
    switch rule {
    case .atLeast(let needed): count >= needed
    case .none: count == 0
    case .odd: count & 1 == 1
    }
  }
}
