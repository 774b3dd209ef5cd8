extension GateGraph {
  /// Makes a leaf of every gate below which nothing is shared with the rest; says whether there was
  /// one.
  ///
  /// Two walks suffice: a gate is a module if all that is below it is met for the first time after
  /// the gate was entered and for the last time before it was left.
  ///
  /// **Complexity**: linear in the arguments.
  ///
  /// **Source**: Dutuit, Rauzy, A linear-time algorithm to find modules of fault trees, IEEE
  /// Transactions on Reliability 45(3), 1996.
  mutating func takeModules() -> Bool {
    var dates = VisitDates(leafCount: eventCount + modules.count, gateCount: gates.count)
    var order: [Int] = []
    let roots = roots
    for case .gate(let root) in roots { dates.visit(root, self) { order.append($0) } }
    var isModule = [Bool](repeating: false, count: gates.count)
    for gate in order { isModule[gate] = dates.closes(gate, gates[gate].arguments) }
    for case .gate(let root) in roots { isModule[root] = false }

    var leaf: [Int: Int] = [:]
    for gate in order where isModule[gate] {
      leaf[gate] = eventCount + modules.count
      modules.append(.gate(gate))
    }
    if leaf.isEmpty { return false }
    for gate in order {
      for (place, argument) in gates[gate].arguments.enumerated() {
        if case .gate(let below) = argument, let leaf = leaf[below] {
          gates[gate].arguments[place] = .event(leaf)
        }
      }
    }
    return true
  }

  /// Joins leaves that stand together under the same gates, all of one operation, to a module; says
  /// whether there were any.
  ///
  /// **Complexity**: linear in the arguments.
  mutating func takeGroups() -> Bool {
    let live = live
    var parents = [[Int]](repeating: [], count: eventCount + modules.count)
    var met: [Int] = []
    for gate in live {
      for case .event(let leaf) in gates[gate].arguments {
        if parents[leaf].isEmpty { met.append(leaf) }
        parents[leaf].append(gate)
      }
    }
    var members: [[Int]: [Int]] = [:]
    var found: [[Int]] = []
    for leaf in met {
      let operation = gates[parents[leaf][0]].operation
      guard operation.isIdempotent,
        parents[leaf].allSatisfy({ gates[$0].operation == operation })
      else { continue }
      members[parents[leaf], default: []].append(leaf)
      if members[parents[leaf]]?.count == 2 { found.append(parents[leaf]) }
    }
    var hasGroups = false
    for above in found {
      guard let group = members[above] else { continue }
      // All arguments of one gate are that gate.
      if above.count == 1, group.count == gates[above[0]].arguments.count { continue }
      join(group, under: above)
      hasGroups = true
    }
    return hasGroups
  }

  private mutating func join(_ group: [Int], under above: [Int]) {
    let operation = gates[above[0]].operation
    let leaf = FaultTree.Input.event(eventCount + modules.count)
    modules.append(.gate(gates.count))
    gates.append(
      Gate(
        operation: operation, arguments: group.map { .event($0) }, origin: gates[above[0]].origin))
    let joined = Set(group.map { FaultTree.Input.event($0) })
    for gate in above {
      let arguments = gates[gate].arguments
      let place = arguments.firstIndex { joined.contains($0) } ?? 0
      gates[gate].arguments =
        arguments[..<place] + [leaf] + arguments[place...].filter { !joined.contains($0) }
    }
  }
}

/// When a walk meets leaves and gates for the first and for the last time.
private struct VisitDates {
  private var clock = 0
  private var leafFirst: [Int]
  private var leafLast: [Int]
  private var first: [Int]
  private var last: [Int]
  private var left: [Int]
  /// The first and the last date of all that is below a gate.
  private var firstBelow: [Int]
  private var lastBelow: [Int]

  init(leafCount: Int, gateCount: Int) {
    leafFirst = [Int](repeating: 0, count: leafCount)
    leafLast = leafFirst
    first = [Int](repeating: 0, count: gateCount)
    (last, left, firstBelow, lastBelow) = (first, first, first, first)
  }

  /// Walks down from a gate; `leave` gets the gates from below.
  mutating func visit(_ root: Int, _ graph: GateGraph, leave: (Int) -> Void) {
    enter(root)
    var path = [(gate: root, next: 0)]
    while let step = path.last {
      guard step.next < graph.gates[step.gate].arguments.count else {
        clock += 1
        left[step.gate] = clock
        leave(step.gate)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      switch graph.gates[step.gate].arguments[step.next] {
      case .event(let leaf):
        clock += 1
        if leafFirst[leaf] == 0 { leafFirst[leaf] = clock }
        leafLast[leaf] = clock
      case .gate(let below):
        let isNew = first[below] == 0
        enter(below)
        if isNew { path.append((below, 0)) }
      }
    }
  }

  private mutating func enter(_ gate: Int) {
    clock += 1
    if first[gate] == 0 { first[gate] = clock }
    last[gate] = clock
  }

  /// Whether all below a gate is met only between entering and leaving it; ask from below.
  mutating func closes(_ gate: Int, _ arguments: [FaultTree.Input]) -> Bool {
    var (earliest, latest) = (Int.max, 0)
    for argument in arguments {
      switch argument {
      case .event(let leaf):
        earliest = min(earliest, leafFirst[leaf])
        latest = max(latest, leafLast[leaf])
      case .gate(let below):
        earliest = min(earliest, first[below], firstBelow[below])
        latest = max(latest, last[below], lastBelow[below])
      }
    }
    (firstBelow[gate], lastBelow[gate]) = (earliest, latest)
    return earliest > first[gate] && latest < left[gate]
  }
}
