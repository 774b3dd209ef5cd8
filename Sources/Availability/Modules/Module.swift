/// A part of a tree that shares nothing with the rest: gates over its own leaves.
struct Module {
  /// The leaf of the graph that it is.
  let leaf: Int
  /// Its leaves, basic events or modules, by their numbers in the graph.
  let leaves: [Int]
  /// Its gates, each after those it follows from; arguments are places in `leaves` and in `gates`.
  let gates: [GateGraph.Gate]
  /// What it is: a gate, or a leaf.
  let top: FaultTree.Input
}

extension GateGraph {
  /// The leaf of the whole.
  var topLeaf: Int { eventCount + modules.count }

  /// The modules that the top follows from, each after those that it holds; the last is the top
  /// itself.
  ///
  /// **Complexity**: linear in the arguments.
  var modulesFromBelow: [Module] {
    var isSeen = [Bool](repeating: false, count: gates.count)
    var place = [Int](repeating: -1, count: max(gates.count, topLeaf))
    var gatePlace = [Int](repeating: -1, count: gates.count)
    var result: [Module] = []
    // A module is met once, since one gate of one other module has it as a leaf or it is one; so
    // the order of meeting them, turned round, has children first.
    var waiting = [topLeaf]
    while let leaf = waiting.popLast() {
      let root = leaf == topLeaf ? top : modules[leaf - eventCount]
      let module = module(leaf, root, &isSeen, &place, &gatePlace)
      result.append(module)
      waiting += module.leaves.filter { $0 >= eventCount }
    }
    return result.reversed()
  }

  /// A module with its own numbers; the walk down from its root decides their order.
  private func module(
    _ leaf: Int, _ root: FaultTree.Input, _ isSeen: inout [Bool], _ place: inout [Int],
    _ gatePlace: inout [Int]
  ) -> Module {
    guard case .gate(let first) = root else {
      if case .event(let only) = root {
        return Module(leaf: leaf, leaves: [only], gates: [], top: .event(0))
      }
      return Module(leaf: leaf, leaves: [], gates: [], top: root)
    }
    var order: [Int] = []
    walk(from: first, &isSeen) { order.append($0) }
    for (number, gate) in order.enumerated() { gatePlace[gate] = number }
    var leaves: [Int] = []
    let own = order.map { gate in
      var copy = gates[gate]
      copy.arguments = copy.arguments.map { argument in
        switch argument {
        case .gate(let below): return .gate(gatePlace[below])
        case .event(let below):
          if place[below] < 0 {
            place[below] = leaves.count
            leaves.append(below)
          }
          return .event(place[below])
        }
      }
      return copy
    }
    return Module(leaf: leaf, leaves: leaves, gates: own, top: .gate(order.count - 1))
  }
}
