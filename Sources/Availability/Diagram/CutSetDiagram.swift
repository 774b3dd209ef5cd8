/// All minimal cut sets of a coherent tree, as a zero-suppressed diagram: a path from the root to
/// node 1 is a cut set, made of the events whose high branch it takes.
///
/// **Source**: Rauzy, Reliability Engineering and System Safety 40, 1993 (minimal solutions); Minato,
/// DAC 1993 (zero suppression).
struct CutSetDiagram {
  /// The nodes; 0 is no set at all, 1 the empty set alone.
  private(set) var table = NodeTable()
  /// The number of the node that stands for all minimal cut sets.
  private(set) var root: UInt32 = 0
  private var cache = ResultCache()
  private let nodeLimit: Int
  private var isFull = false
  private var steps = 0
  /// For each node the sizes of its smallest and of its largest set.
  private var sizes: [Sizes] = [Sizes(least: .max / 2, most: -1), Sizes(least: 0, most: 0)]

  private struct Sizes {
    var least: Int32
    var most: Int32
  }

  /// The diagram needs more nodes than it may have.
  struct Overflow: Error {}

  /// Makes the cut sets from the diagram of a coherent tree.
  ///
  /// **Errors**: `Overflow` beyond the limit of nodes.
  init(_ diagram: DecisionDiagram, nodeLimit: Int) throws(Overflow) {
    self.nodeLimit = nodeLimit
    let source = diagram.table
    let isReached = source.reachable(from: diagram.root)
    var minimal = [UInt32](repeating: 0, count: Int(diagram.root) + 1)
    if diagram.root >= 1 { minimal[1] = 1 }
    for number in isReached.indices.dropFirst(2) where isReached[number] {
      let node = source[UInt32(number)]
      // With the event a set is minimal only if it is not enough without it.
      let high = failing(minimal[Int(node.high)], node.low, source, minimal)
      minimal[number] = made(node.level, minimal[Int(node.low)], high)
      if isFull { throw Overflow() }
    }
    root = minimal[Int(diagram.root)]
    // Nothing is computed any more.
    cache = ResultCache()
    sizes = []
  }

  private mutating func made(_ level: UInt32, _ low: UInt32, _ high: UInt32) -> UInt32 {
    if high == 0 { return low }
    let result = table.number(level, low, high)
    if Int(result) == sizes.count {
      let (without, with) = (sizes[Int(low)], sizes[Int(high)])
      sizes.append(
        Sizes(
          least: min(without.least, with.least + 1), most: max(without.most, with.most + 1)))
    }
    if table.count > nodeLimit { isFull = true }
    return result
  }

  /// The sets of a family that do not make a function happen, `minimal` being the families of the
  /// functions up to it.
  ///
  /// One walk down both: of a coherent function it is enough to ask whether the set makes it happen,
  /// no set has to be held against those of another family.
  private mutating func failing(
    _ family: UInt32, _ function: UInt32, _ source: NodeTable, _ minimal: [UInt32]
  ) -> UInt32 {
    if isFull { return 0 }
    if function == 0 || family == 0 { return family }
    if function == 1 { return 0 }
    // A coherent function that is not certain needs an event.
    if family == 1 { return 1 }
    let enough = minimal[Int(function)]
    if enough == family { return 0 }
    // A set does not hold a larger one.
    if sizes[Int(enough)].least > sizes[Int(family)].most { return family }
    let (first, second) = (table[family], source[function])
    if first.level > second.level { return failing(family, second.low, source, minimal) }
    if let known = cache.result(family, function, 0) { return known }
    steps += 1
    if steps > Self.stepsPerNode * nodeLimit { isFull = true }
    let isAsked = first.level == second.level
    let high = failing(first.high, isAsked ? second.high : function, source, minimal)
    let low = failing(first.low, isAsked ? second.low : function, source, minimal)
    let result = made(first.level, low, high)
    if isFull { return 0 }
    cache.remember(family, function, 0, result)
    return result
  }

  /// Steps are bounded beside the nodes, as all may lead to nodes that exist.
  private static let stepsPerNode = 2

  /// The numbers of the nodes that are needed, children first, both ends left out.
  var needed: [Int] {
    let isReached = table.reachable(from: root)
    return isReached.indices.dropFirst(2).filter { isReached[$0] }
  }
}
