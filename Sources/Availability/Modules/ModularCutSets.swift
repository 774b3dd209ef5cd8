/// The minimal cut sets of a coherent tree, as one diagram for each of its modules.
///
/// A cut set of the whole is one of the top with one cut set of each module that it holds: nothing is
/// shared, so all of these are minimal and no two are equal.
struct ModularCutSets {
  private let tree: ModularDiagram
  /// By part.
  private let diagrams: [CutSetDiagram]

  /// Makes the cut sets of all parts.
  ///
  /// **Errors**: `Overflow` if one of them needs more nodes than the limit.
  init(_ tree: ModularDiagram, nodeLimit: Int) throws(CutSetDiagram.Overflow) {
    self.tree = tree
    var diagrams: [CutSetDiagram] = []
    for part in tree.parts {
      diagrams.append(try CutSetDiagram(part.diagram, nodeLimit: nodeLimit))
    }
    self.diagrams = diagrams
  }

  /// How many cut sets there are of each order; place 0 counts single events.
  var countsByOrder: [BigNatural] {
    var counts = tree.values(OrderCounts.event)
    for (part, diagram) in zip(tree.parts, diagrams) {
      counts[part.leaf] = diagram.counts(part.leaves.map { counts[$0] })
      // Every leaf stands in one part alone.
      for leaf in part.leaves { counts[leaf] = OrderCounts.event }
    }
    let all = counts[tree.topLeaf]
    return (1..<max(1, all.end)).map { all.count(of: $0) }
  }

  /// The sum of the probabilities of all cut sets, and by leaf of those that hold it.
  func probabilitySums(_ events: [Double]) -> (all: Double, byLeaf: [Double]) {
    var sums = tree.values(0.0)
    for (event, probability) in events.enumerated() { sums[event] = probability }
    var slopes = tree.values(0.0)
    slopes[tree.topLeaf] = 1
    var inside: [[Double]] = []
    for (part, diagram) in zip(tree.parts, diagrams) {
      let found = diagram.probabilitySums(part.leaves.map { sums[$0] })
      sums[part.leaf] = found.all
      inside.append(found.slopes)
    }
    for (part, inside) in zip(tree.parts, inside).reversed() {
      for (leaf, slope) in zip(part.leaves, inside) { slopes[leaf] = slopes[part.leaf] * slope }
    }
    return (sums[tree.topLeaf], zip(sums, slopes).map { $0 * $1 })
  }

  /// Every cut set, made from what its events are and how they are joined.
  ///
  /// **Complexity**: linear in their number and sizes; ask only where they are few.
  func all<Value>(
    empty: Value, event: (Int) -> Value, join: (Value, Value) -> Value
  ) -> [Value] {
    var isUsed = tree.values(false)
    isUsed[tree.topLeaf] = true
    for (part, diagram) in zip(tree.parts, diagrams).reversed() where isUsed[part.leaf] {
      for level in diagram.usedLevels { isUsed[part.leaves[Int(level)]] = true }
    }
    var sets = tree.values([Value]())
    for number in 0..<tree.eventCount where isUsed[number] { sets[number] = [event(number)] }
    for (part, diagram) in zip(tree.parts, diagrams) where isUsed[part.leaf] {
      var found: [Value] = []
      diagram.forEachSet { path in
        found += path.reduce([empty]) { joined, level in
          joined.flatMap { left in sets[part.leaves[Int(level)]].map { join(left, $0) } }
        }
      }
      sets[part.leaf] = found
    }
    return sets[tree.topLeaf]
  }
}
