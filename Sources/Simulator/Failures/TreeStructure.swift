package import Availability

/// A fault tree as flat arrays, for evaluating it again and again.
///
/// Nodes are the events, then the gates from below upwards, so that a gate has a higher number than
/// all it follows from. A gate needs only the number of its failed arguments.
package struct TreeStructure: Sendable {
  /// What the number of failed arguments makes of a gate.
  package enum Rule: Sendable {
    /// Failed with so many or more.
    case atLeast(Int32)
    /// Failed with none.
    case none
    /// Failed with an odd number.
    case odd
  }

  /// How many events there are; gates follow them.
  let eventCount: Int
  /// The rule of each gate, from below upwards.
  let rules: [Rule]
  /// For each node where its gates begin in `parents`; one more than nodes.
  let parentStarts: [Int32]
  /// The gates above each node by their place in `rules`, once for each time they name it.
  let parents: [Int32]
  /// The node of each gate of the tree.
  let nodeOfGate: [Int]

  /// How many nodes there are.
  var nodeCount: Int { eventCount + rules.count }

  /// Flattens all gates of a tree.
  ///
  /// **Complexity**: linear in the arguments.
  package init(_ tree: FaultTree) {
    let order = Self.order(tree)
    var nodeOfGate = [Int](repeating: 0, count: tree.gates.count)
    for (place, gate) in order.enumerated() { nodeOfGate[gate] = tree.events.count + place }
    var above = [[Int32]](repeating: [], count: tree.events.count + order.count)
    for (place, gate) in order.enumerated() {
      for argument in tree.gates[gate].arguments {
        above[Self.node(of: argument, nodeOfGate)].append(Int32(place))
      }
    }
    var starts: [Int32] = [0]
    for list in above { starts.append(starts[starts.count - 1] + Int32(list.count)) }
    eventCount = tree.events.count
    rules = order.map { Self.rule(tree.gates[$0]) }
    parentStarts = starts
    parents = above.flatMap { $0 }
    self.nodeOfGate = nodeOfGate
  }

  /// The node of an event or gate of the tree.
  package func node(of input: FaultTree.Input) -> Int { Self.node(of: input, nodeOfGate) }

  /// The gates above a node, as places of rules.
  func gates(above node: Int) -> ArraySlice<Int32> {
    parents[Int(parentStarts[node])..<Int(parentStarts[node + 1])]
  }

  /// The events that a node depends on, or itself if it is one; ascending.
  ///
  /// **Complexity**: linear in the arguments of all gates.
  func events(below top: Int) -> [Int] {
    var isBelow = [Bool](repeating: false, count: nodeCount)
    for node in (0..<nodeCount).reversed() {
      isBelow[node] =
        node == top || gates(above: node).contains { isBelow[eventCount + Int($0)] }
    }
    return (0..<eventCount).filter { isBelow[$0] }
  }

  private static func node(of input: FaultTree.Input, _ nodeOfGate: [Int]) -> Int {
    switch input {
    case .event(let event): event
    case .gate(let gate): nodeOfGate[gate]
    }
  }

  private static func rule(_ gate: FaultTree.Gate) -> Rule {
    switch gate.operation {
    case .and: .atLeast(Int32(gate.arguments.count))
    case .or: .atLeast(1)
    case .atLeast(let count): .atLeast(Int32(count))
    case .not: .none
    case .xor: .odd
    }
  }

  /// All gates, each after those it follows from.
  private static func order(_ tree: FaultTree) -> [Int] {
    var waiting = [Int](repeating: 0, count: tree.gates.count)
    var above = [[Int]](repeating: [], count: tree.gates.count)
    for (gate, content) in tree.gates.enumerated() {
      for case .gate(let below) in content.arguments {
        waiting[gate] += 1
        above[below].append(gate)
      }
    }
    var order = tree.gates.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for gate in above[order[next]] {
        waiting[gate] -= 1
        if waiting[gate] == 0 { order.append(gate) }
      }
      next += 1
    }
    return order
  }
}
