/// Orders of basic events, on which the size of a diagram depends by orders of magnitude.
enum EventOrder {
  /// Leaves as a walk meets them that goes down from the top, the leaves of a gate before its gates.
  ///
  /// **Complexity**: linear in the arguments.
  static func depthFirst(_ module: Module) -> [Int] {
    guard case .gate(let root) = module.top else { return Array(module.leaves.indices) }
    var isMet = [Bool](repeating: false, count: module.leaves.count)
    var isSeen = [Bool](repeating: false, count: module.gates.count)
    var order: [Int] = []
    var waiting = [root]
    while let gate = waiting.popLast() {
      if isSeen[gate] { continue }
      isSeen[gate] = true
      for case .event(let leaf) in module.gates[gate].arguments where !isMet[leaf] {
        isMet[leaf] = true
        order.append(leaf)
      }
      for case .gate(let below) in module.gates[gate].arguments.reversed() where !isSeen[below] {
        waiting.append(below)
      }
    }
    return order
  }

  /// Events moved towards the gates that they share, starting from another order.
  ///
  /// Every gate pulls what it joins towards its centre; repeated, parts that fail together come to
  /// stand together, even where the file lists them far apart. The order with the smallest total
  /// span of gates is kept.
  ///
  /// **Complexity**: O(rounds x (arguments + n log n)).
  ///
  /// **Source**: Aloul, Markov, Sakallah, FORCE: a fast and easy-to-implement variable-ordering
  /// heuristic, GLSVLSI 2003.
  static func gathered(_ module: Module, from start: [Int], rounds: Int = 60) -> [Int] {
    let net = Net(module)
    var best = net.vertices(from: start)
    var bestSpan = net.span(of: best)
    var current = best
    for _ in 0..<rounds {
      let next = net.pulled(current)
      if next == current { break }
      let span = net.span(of: next)
      if span < bestSpan { (best, bestSpan) = (next, span) }
      current = next
    }
    return best.filter { $0 < module.leaves.count }
  }
}

/// Leaves and gates as vertices, with one edge a gate: the gate and all of its arguments.
private struct Net {
  private let leafCount: Int
  private let edges: [[Int]]
  private let vertexCount: Int

  init(_ module: Module) {
    let leafCount = module.leaves.count
    self.leafCount = leafCount
    vertexCount = leafCount + module.gates.count
    edges = module.gates.enumerated().map { number, gate in
      [leafCount + number]
        + gate.arguments.map { argument in
          switch argument {
          case .event(let leaf): leaf
          case .gate(let below): leafCount + below
          }
        }
    }
  }

  /// All vertices, each gate after the leaf of its edge that stands first.
  func vertices(from leaves: [Int]) -> [Int] {
    var position = [Int](repeating: 0, count: vertexCount)
    for (place, leaf) in leaves.enumerated() { position[leaf] = 2 * place }
    for (number, edge) in edges.enumerated() {
      let below = edge.dropFirst().map { position[$0] }
      position[leafCount + number] = (below.min() ?? 0) | 1
    }
    return (leaves + edges.indices.map { leafCount + $0 }).enumerated().sorted {
      (position[$0.element], $0.offset) < (position[$1.element], $1.offset)
    }.map(\.element)
  }

  /// The sum over all edges of the distance between their ends.
  func span(of order: [Int]) -> Int {
    let position = positions(of: order)
    return edges.reduce(0) { sum, edge in
      let places = edge.map { position[$0] }
      return sum + (places.max() ?? 0) - (places.min() ?? 0)
    }
  }

  /// The vertices sorted by the mean of the centres of their edges.
  func pulled(_ order: [Int]) -> [Int] {
    let position = positions(of: order)
    var pull = [Double](repeating: 0, count: vertexCount)
    var count = [Double](repeating: 0, count: vertexCount)
    for edge in edges {
      let centre = edge.reduce(0.0) { $0 + Double(position[$1]) } / Double(edge.count)
      for vertex in edge {
        pull[vertex] += centre
        count[vertex] += 1
      }
    }
    let keys = order.map { count[$0] > 0 ? pull[$0] / count[$0] : Double(position[$0]) }
    return order.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { order[$0] }
  }

  private func positions(of order: [Int]) -> [Int] {
    var position = [Int](repeating: 0, count: vertexCount)
    for (place, vertex) in order.enumerated() { position[vertex] = place }
    return position
  }
}
