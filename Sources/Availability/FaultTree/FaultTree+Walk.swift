extension FaultTree {
  /// The places of gates that form a ring, or nil if there is none.
  ///
  /// **Complexity**: linear in the arguments; no recursion, so that depth does not matter.
  static func cycle(in gates: [Gate]) -> [Int]? {
    var state = [UInt8](repeating: 0, count: gates.count)
    for root in gates.indices where state[root] == 0 {
      var path = [(gate: root, next: 0)]
      state[root] = 1
      while let last = path.last {
        guard last.next < gates[last.gate].arguments.count else {
          state[last.gate] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        guard case .gate(let below) = gates[last.gate].arguments[last.next] else { continue }
        if state[below] == 1 {
          return path.drop { $0.gate != below }.map(\.gate)
        }
        if state[below] == 0 {
          state[below] = 1
          path.append((below, 0))
        }
      }
    }
    return nil
  }

  /// The gates that the top follows from, each after those it follows from itself.
  ///
  /// **Complexity**: linear in the arguments.
  package var gatesFromBelow: [Int] {
    guard case .gate(let root) = top else { return [] }
    var isSeen = [Bool](repeating: false, count: gates.count)
    var result: [Int] = []
    var path = [(gate: root, next: 0)]
    isSeen[root] = true
    while let last = path.last {
      guard last.next < gates[last.gate].arguments.count else {
        result.append(last.gate)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      if case .gate(let below) = gates[last.gate].arguments[last.next], !isSeen[below] {
        isSeen[below] = true
        path.append((below, 0))
      }
    }
    return result
  }

  /// Whether more failures below never repair the top.
  package var isCoherent: Bool {
    gatesFromBelow.allSatisfy { gates[$0].operation.isCoherent }
  }
}
