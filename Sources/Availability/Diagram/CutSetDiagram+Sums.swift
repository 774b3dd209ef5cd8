extension CutSetDiagram {
  /// The sum of the probabilities of all cut sets, and by level how much it rises with the
  /// probability of the leaf: the sum over the cut sets with it, without its own factor.
  ///
  /// **Complexity**: one pass up and one down over the nodes.
  func probabilitySums(_ levels: [Double]) -> (all: Double, slopes: [Double]) {
    var below = [Double](repeating: 0, count: Int(root) + 1)
    if root >= 1 { below[1] = 1 }
    let needed = needed
    for number in needed {
      let node = table[UInt32(number)]
      below[number] = below[Int(node.low)] + levels[Int(node.level)] * below[Int(node.high)]
    }
    var above = [Double](repeating: 0, count: Int(root) + 1)
    var slopes = [Double](repeating: 0, count: levels.count)
    above[Int(root)] = 1
    for number in needed.reversed() {
      let node = table[UInt32(number)]
      above[Int(node.low)] += above[number]
      above[Int(node.high)] += above[number] * levels[Int(node.level)]
      slopes[Int(node.level)] += above[number] * below[Int(node.high)]
    }
    return (below[Int(root)], slopes)
  }

  /// The levels that some cut set holds.
  var usedLevels: Set<UInt32> { Set(needed.map { table[UInt32($0)].level }) }

  /// Gives each cut set as levels in ascending order.
  ///
  /// **Complexity**: linear in their sizes; ask only where they are few.
  func forEachSet(_ body: ([UInt32]) -> Void) {
    var path: [UInt32] = []
    func walk(_ number: UInt32) {
      if number == 0 { return }
      if number == 1 {
        body(path)
        return
      }
      let node = table[number]
      path.append(node.level)
      walk(node.high)
      path.removeLast()
      walk(node.low)
    }
    walk(root)
  }
}
