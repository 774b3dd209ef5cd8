extension DecisionDiagram {
  /// The probability of each function up to the root, for probabilities by level.
  ///
  /// **Complexity**: one pass over the nodes.
  ///
  /// **Source**: Shannon's decomposition: P = q P(high) + (1 - q) P(low).
  func probabilities(_ levels: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: Int(root) + 1)
    if root >= 1 { result[1] = 1 }
    guard root > 1 else { return result }
    for number in 2...Int(root) {
      let node = table[UInt32(number)]
      let share = levels[Int(node.level)]
      result[number] =
        share * result[Int(node.high)] + (1 - share) * result[Int(node.low)]
    }
    return result
  }

  /// The probability of the top, for probabilities by level.
  func probability(_ levels: [Double]) -> Double { probabilities(levels)[Int(root)] }

  /// Birnbaum importance by level: how much the probability of the top rises if the leaf happens
  /// for certain instead of never.
  ///
  /// **Complexity**: one pass down over the nodes.
  ///
  /// **Source**: Birnbaum 1969; Dutuit and Rauzy, Reliability Engineering and System Safety 72, 2001,
  /// for the pass: B = sum over nodes of the event of P(node is reached) (P(high) - P(low)).
  func birnbaum(_ levels: [Double], _ probabilities: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: order.count)
    var reached = [Double](repeating: 0, count: Int(root) + 1)
    reached[Int(root)] = 1
    for number in stride(from: Int(root), to: 1, by: -1) where reached[number] > 0 {
      let node = table[UInt32(number)]
      let share = levels[Int(node.level)]
      reached[Int(node.high)] += share * reached[number]
      reached[Int(node.low)] += (1 - share) * reached[number]
      result[Int(node.level)] +=
        reached[number] * (probabilities[Int(node.high)] - probabilities[Int(node.low)])
    }
    return result
  }

  /// The number of nodes that the top needs, both ends left out.
  var size: Int {
    table.reachable(from: root).dropFirst(2).count { $0 }
  }
}
