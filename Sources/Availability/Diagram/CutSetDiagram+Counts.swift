import Glibc

extension CutSetDiagram {
  /// How many cut sets there are of each order, where a leaf stands for so many sets itself.
  ///
  /// **Complexity**: nodes x orders x orders of a leaf, in words of 64 bits.
  func counts(_ leaves: [OrderCounts]) -> OrderCounts {
    let needed = needed
    guard root > 1 else { return root == 1 ? .empty(words: 1) : OrderCounts(words: 1) }
    let words = Int((bits(needed, leaves) + 2) / 64) + 1
    var uses = [UInt32](repeating: 0, count: Int(root) + 1)
    for number in needed {
      uses[Int(table[UInt32(number)].low)] += 1
      uses[Int(table[UInt32(number)].high)] += 1
    }
    let none = OrderCounts(words: words)
    var counts = [OrderCounts](repeating: none, count: Int(root) + 1)
    counts[1] = .empty(words: words)
    func used(_ number: UInt32) -> OrderCounts {
      uses[Int(number)] -= 1
      let result = counts[Int(number)]
      // Counts that nothing asks for again go, or large diagrams would hold all of them.
      if uses[Int(number)] == 0 { counts[Int(number)] = none }
      return result
    }
    for number in needed {
      let node = table[UInt32(number)]
      let low = used(node.low)
      counts[number] = low.adding(used(node.high), times: leaves[Int(node.level)])
    }
    return counts[Int(root)]
  }

  /// The logarithm to the base two of the number of all cut sets, and so a bound for those below any
  /// node.
  private func bits(_ needed: [Int], _ leaves: [OrderCounts]) -> Double {
    let leafBits = leaves.map(\.bits)
    var bits = [Double](repeating: -.infinity, count: Int(root) + 1)
    bits[1] = 0
    for number in needed {
      let node = table[UInt32(number)]
      let low = bits[Int(node.low)]
      let high = bits[Int(node.high)] + leafBits[Int(node.level)]
      let (less, more) = low < high ? (low, high) : (high, low)
      bits[number] = less == -.infinity ? more : more + log2(1 + exp2(less - more))
    }
    return bits[Int(root)]
  }
}
