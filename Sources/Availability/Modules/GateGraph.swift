/// A fault tree that is being cut into modules: gates over leaves, where a leaf is a basic event or a
/// module, a part of the tree that shares nothing with the rest.
///
/// Leaves below `eventCount` are the basic events by their places; the others are modules in the order
/// in which they were found. Every step keeps the function of the top.
struct GateGraph {
  /// How many basic events there are.
  let eventCount: Int
  /// The gates; those that nothing follows from any more stay where they are.
  var gates: [Gate]
  /// What the modules stand for: leaf `eventCount` + n is `modules[n]`.
  var modules: [FaultTree.Input] = []
  /// The failure of the whole.
  var top: FaultTree.Input

  /// A gate, and the gate of the tree that it comes from.
  struct Gate {
    var operation: GateOperation
    var arguments: [FaultTree.Input]
    let origin: Int
  }

  /// The graph of a tree in which no module was found yet.
  init(_ tree: FaultTree) {
    eventCount = tree.events.count
    gates = tree.gates.enumerated().map { number, gate in
      Gate(operation: gate.operation, arguments: gate.arguments, origin: number)
    }
    top = tree.top
  }

  /// Cuts the graph into modules, as far as it goes in a few rounds: one round makes gates equal or
  /// single that the next one removes.
  ///
  /// **Complexity**: linear in the arguments for each round.
  mutating func cut() {
    for _ in 0..<Self.rounds {
      simplify()
      let hasModules = takeModules()
      let hasGroups = takeGroups()
      if !hasModules, !hasGroups { return }
    }
    simplify()
  }

  private static let rounds = 12

  /// The modules and the top.
  var roots: [FaultTree.Input] { modules + [top] }

  /// The gates that some root follows from, each after those it follows from itself.
  var live: [Int] {
    var isSeen = [Bool](repeating: false, count: gates.count)
    var result: [Int] = []
    for case .gate(let root) in roots where !isSeen[root] {
      walk(from: root, &isSeen) { result.append($0) }
    }
    return result
  }

  /// Leaves gates below a root that were not seen before, from below.
  func walk(from root: Int, _ isSeen: inout [Bool], leave: (Int) -> Void) {
    var path = [(gate: root, next: 0)]
    isSeen[root] = true
    while let last = path.last {
      guard last.next < gates[last.gate].arguments.count else {
        leave(last.gate)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      if case .gate(let below) = gates[last.gate].arguments[last.next], !isSeen[below] {
        isSeen[below] = true
        path.append((below, 0))
      }
    }
  }
}
