import Availability

extension TimedTree {
  /// For each event the events on demand that it calls when it begins.
  ///
  /// **Complexity**: for each event on demand, the gates above it and the nodes below those that
  /// call it.
  static func calls(
    _ structure: TreeStructure, _ processes: [FailureProcess]
  ) throws(TimedTreeError) -> [[Int]] {
    var called = [[Int]](repeating: [], count: processes.count)
    let demands = processes.indices.filter { !processes[$0].isRenewal }
    guard !demands.isEmpty else { return called }
    let below = arguments(structure)
    let hasRenewal = renewalsBelow(structure, processes, below)
    for demand in demands {
      let gates = callingGates(above: demand, structure, hasRenewal)
      let callers = renewals(under: gates, below, processes)
      if callers.isEmpty { throw .neverCalled(event: demand) }
      for caller in callers { called[caller].append(demand) }
    }
    return called
  }

  /// For each node the nodes that it follows from.
  private static func arguments(_ structure: TreeStructure) -> [[Int]] {
    var below = [[Int]](repeating: [], count: structure.nodeCount)
    for node in 0..<structure.nodeCount {
      for gate in structure.gates(above: node) {
        below[structure.eventCount + Int(gate)].append(node)
      }
    }
    return below
  }

  /// For each node whether a part with times up and down is below it, or is it.
  private static func renewalsBelow(
    _ structure: TreeStructure, _ processes: [FailureProcess], _ below: [[Int]]
  ) -> [Bool] {
    var result = processes.map(\.isRenewal)
    for node in structure.eventCount..<structure.nodeCount {
      result.append(below[node].contains { result[$0] })
    }
    return result
  }

  /// The lowest gates of the kinds "and" and "at least" above an event that have parts with times
  /// up and down below them. A gate with one argument is no such gate.
  private static func callingGates(
    above demand: Int, _ structure: TreeStructure, _ hasRenewal: [Bool]
  ) -> [Int] {
    var isSeen = [Bool](repeating: false, count: structure.nodeCount)
    var waiting = [demand]
    var found: [Int] = []
    while let node = waiting.popLast() {
      for gate in structure.gates(above: node) {
        let above = structure.eventCount + Int(gate)
        if isSeen[above] { continue }
        isSeen[above] = true
        if case .atLeast(let count) = structure.rules[Int(gate)], count > 1, hasRenewal[above] {
          found.append(above)
        } else {
          waiting.append(above)
        }
      }
    }
    return found
  }

  private static func renewals(
    under gates: [Int], _ below: [[Int]], _ processes: [FailureProcess]
  ) -> [Int] {
    var isSeen = [Bool](repeating: false, count: below.count)
    var waiting = gates
    var found: [Int] = []
    while let node = waiting.popLast() {
      if isSeen[node] { continue }
      isSeen[node] = true
      if node < processes.count, processes[node].isRenewal { found.append(node) }
      waiting += below[node]
    }
    return found.sorted()
  }
}
