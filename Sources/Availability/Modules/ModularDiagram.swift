/// A fault tree as one decision diagram for each of its modules.
///
/// A module shares nothing with the rest of its tree, so the diagram above asks about it as if it
/// were one event with its probability: exact, and the sizes of the diagrams add up where in one
/// diagram they would multiply.
struct ModularDiagram {
  /// A module with its diagram.
  struct Part {
    /// The leaf that it is above.
    let leaf: Int
    /// The leaves by level, basic events or modules.
    let leaves: [Int]
    /// Whether it fails.
    let diagram: DecisionDiagram
  }

  /// The parts, each after those that it holds; the last is the top.
  let parts: [Part]
  /// How many basic events the tree has: their leaves are their places.
  let eventCount: Int
  /// The leaf of the top.
  let topLeaf: Int
  /// By leaf, the place of the part that has it; for leaves that the top does not depend on, none.
  let above: [Int]

  /// Builds all diagrams of a tree.
  ///
  /// **Errors**: `FaultTreeRefusal` where it is larger than the limits.
  ///
  /// **Complexity**: exponential in the largest module in the worst case, bounded by the limits.
  init(_ tree: FaultTree, _ limits: FaultTreeAnalysis.Limits) throws(FaultTreeRefusal) {
    guard tree.gates.count <= limits.gates else {
      throw .tooManyGates(count: tree.gates.count, limit: limits.gates)
    }
    var graph = GateGraph(tree)
    graph.cut()
    let modules = graph.modulesFromBelow
    eventCount = graph.eventCount
    topLeaf = graph.topLeaf
    let count = modules.reduce(0) { $0 + $1.leaves.count { $0 < tree.events.count } }
    guard count <= limits.events else {
      throw .tooManyEvents(count: count, limit: limits.events)
    }
    var parts: [Part] = []
    for module in modules {
      do throws(DecisionDiagram.Overflow) {
        let diagram = try DecisionDiagram.small(module, nodeLimit: limits.nodes)
        parts.append(
          Part(
            leaf: module.leaf, leaves: diagram.order.map { module.leaves[$0] }, diagram: diagram))
      } catch {
        throw .tooManyNodes(gate: tree.gates[error.gate].name, limit: limits.nodes)
      }
    }
    self.parts = parts
    var above = [Int](repeating: -1, count: topLeaf)
    for (place, part) in parts.enumerated() { for leaf in part.leaves { above[leaf] = place } }
    self.above = above
  }

  /// Nodes of all diagrams.
  var size: Int { parts.reduce(0) { $0 + $1.diagram.size } }

  /// Room for a value of every leaf.
  func values<Value>(_ value: Value) -> [Value] { [Value](repeating: value, count: topLeaf + 1) }
}
