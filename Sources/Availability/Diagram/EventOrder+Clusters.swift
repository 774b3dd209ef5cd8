extension EventOrder {
  /// Leaves as a walk meets them that takes those first which most gates share, and arguments that
  /// share them one after the other: parts of a rack stand together behind their rack, racks of a
  /// zone behind their zone, in whatever order a file lists them.
  ///
  /// Nil where finding out what is shared takes too much memory.
  ///
  /// **Complexity**: O(gates x leaves / 64 + arguments x log).
  static func clustered(_ module: Module) -> [Int]? {
    guard case .gate(let root) = module.top else { return nil }
    guard let shared = SharedLeaves(module) else { return nil }
    var isMet = [Bool](repeating: false, count: module.leaves.count)
    var isSeen = [Bool](repeating: false, count: module.gates.count)
    var order: [Int] = []
    var waiting: [FaultTree.Input] = [.gate(root)]
    while let input = waiting.popLast() {
      switch input {
      case .event(let leaf):
        if isMet[leaf] { continue }
        isMet[leaf] = true
        order.append(leaf)
      case .gate(let gate):
        if isSeen[gate] { continue }
        isSeen[gate] = true
        waiting += shared.sorted(module.gates[gate].arguments).reversed()
      }
    }
    return order
  }
}

/// Which leaves are below which gates, and how many gates share them.
private struct SharedLeaves {
  /// For each leaf its place among all, those below most gates first.
  private var rank: [Int]
  /// For each gate the first few of its leaves by rank.
  private var keys: [[Int]] = []

  private static let keyLength = 8
  private static let mostWords = 4_000_000

  init?(_ module: Module) {
    let words = (module.leaves.count + 63) / 64
    guard module.gates.count * words <= Self.mostWords else { return nil }
    var below = [UInt64](repeating: 0, count: module.gates.count * words)
    for (number, gate) in module.gates.enumerated() {
      for argument in gate.arguments {
        switch argument {
        case .event(let leaf): below[number * words + leaf / 64] |= 1 << UInt64(leaf % 64)
        case .gate(let child):
          for word in 0..<words { below[number * words + word] |= below[child * words + word] }
        }
      }
    }
    var reach = [Int](repeating: 0, count: module.leaves.count)
    Self.forEach(below, words) { _, leaf in reach[leaf] += 1 }
    let byReach = reach.indices.sorted { (reach[$1], $0) < (reach[$0], $1) }
    rank = [Int](repeating: 0, count: reach.count)
    for (place, leaf) in byReach.enumerated() { rank[leaf] = place }
    keys = [[Int]](repeating: [], count: module.gates.count)
    Self.forEach(below, words) { gate, leaf in keys[gate].append(rank[leaf]) }
    for gate in keys.indices { keys[gate] = Array(keys[gate].sorted().prefix(Self.keyLength)) }
  }

  /// Arguments with the most shared leaves first, and those together that share them.
  func sorted(_ arguments: [FaultTree.Input]) -> [FaultTree.Input] {
    let keyed = arguments.map { (input: $0, key: key($0)) }
    return keyed.enumerated().sorted { left, right in
      left.element.key != right.element.key
        ? left.element.key.lexicographicallyPrecedes(right.element.key)
        : left.offset < right.offset
    }.map(\.element.input)
  }

  private func key(_ input: FaultTree.Input) -> [Int] {
    switch input {
    case .event(let leaf): [rank[leaf]]
    case .gate(let gate): keys[gate]
    }
  }

  private static func forEach(_ below: [UInt64], _ words: Int, _ body: (Int, Int) -> Void) {
    for (place, word) in below.enumerated() {
      var rest = word
      while rest != 0 {
        body(place / words, place % words * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
