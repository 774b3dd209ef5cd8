/// A binary decision diagram: whether the top of a module fails, as decisions about one leaf after the
/// other.
///
/// Leaves are asked in a fixed order and equal parts exist once, so that equal functions have equal
/// numbers, and the probability is one pass over the nodes, however many cut sets there are.
///
/// **Source**: Bryant, IEEE Transactions on Computers 35(8), 1986; Brace, Rudell, Bryant, DAC 1990,
/// for if-then-else with unique and computed table; Rauzy, Reliability Engineering and System Safety
/// 40, 1993, for fault trees.
struct DecisionDiagram {
  /// What stops a diagram that grows too large.
  struct Overflow: Error {
    /// The gate of the tree that was being built, by its place.
    var gate: Int
  }

  /// The nodes; 0 is "does not fail", 1 "fails".
  private(set) var table = NodeTable()
  /// The number of the node that stands for the top.
  private(set) var root: UInt32 = 0
  /// The leaves of the module by level.
  let order: [Int]
  private var cache = ResultCache()
  private let nodeLimit: Int
  private var isFull = false
  /// Steps that were not remembered; they are bounded, too, as all may lead to nodes that exist.
  private var steps = 0

  /// Builds the diagram of a module with its leaves in an order.
  ///
  /// **Errors**: `Overflow` at the gate where more nodes than the limit were made.
  ///
  /// **Complexity**: exponential in the worst case, bounded by the limit.
  init(_ module: Module, order: [Int], nodeLimit: Int) throws(Overflow) {
    self.order = order
    self.nodeLimit = nodeLimit
    var level = [UInt32](repeating: 0, count: module.leaves.count)
    for (place, leaf) in order.enumerated() { level[leaf] = UInt32(place) }
    var built = [UInt32](repeating: 0, count: module.gates.count)
    func number(_ input: FaultTree.Input, _ diagram: inout DecisionDiagram) -> UInt32 {
      switch input {
      case .event(let leaf): diagram.table.number(level[leaf], 0, 1)
      case .gate(let gate): built[gate]
      }
    }
    // The last level that a gate may ask.
    var deepest = [UInt32](repeating: 0, count: module.gates.count)
    func depth(_ input: FaultTree.Input) -> UInt32 {
      switch input {
      case .event(let leaf): level[leaf]
      case .gate(let gate): deepest[gate]
      }
    }
    for (place, gate) in module.gates.enumerated() {
      let fromDeepest = gate.arguments.map { (number($0, &self), depth($0)) }
        .enumerated().sorted { left, right in
          (right.element.1, left.offset) < (left.element.1, right.offset)
        }
      deepest[place] = fromDeepest.first?.element.1 ?? 0
      built[place] = join(gate.operation, fromDeepest.map(\.element.0))
      if isFull { throw Overflow(gate: gate.origin) }
    }
    root = number(module.top, &self)
    // Nothing is computed any more.
    cache = ResultCache()
  }

  /// Joins functions by an operation, the deepest first.
  private mutating func join(_ operation: GateOperation, _ arguments: [UInt32]) -> UInt32 {
    switch operation {
    case .and: fold(arguments, 1) { $0.ifThenElse($1, $2, 0) }
    case .or: fold(arguments, 0) { $0.ifThenElse($1, 1, $2) }
    case .not: ifThenElse(arguments[0], 0, 1)
    case .xor: fold(arguments, 0) { $0.ifThenElse($1, $0.ifThenElse($2, 0, 1), $2) }
    case .atLeast(let count): atLeast(count, of: arguments)
    }
  }

  /// Joins one function after the other; from the deepest upwards each step adds near the root.
  private mutating func fold(
    _ arguments: [UInt32], _ neutral: UInt32,
    _ step: (inout DecisionDiagram, UInt32, UInt32) -> UInt32
  ) -> UInt32 {
    var result = neutral
    for argument in arguments { result = step(&self, argument, result) }
    return result
  }

  /// At least `count` of the functions, by whether the next one is among them; never as a sum of
  /// combinations.
  ///
  /// **Complexity**: `count` x (n - `count`) steps.
  private mutating func atLeast(_ count: Int, of arguments: [UInt32]) -> UInt32 {
    var row = [UInt32](repeating: 0, count: count + 1)
    row[0] = 1
    for (taken, argument) in arguments.enumerated() {
      let above = arguments.count - 1 - taken
      let least = max(1, count - above)
      let most = min(count, taken + 1)
      guard least <= most else { continue }
      for needed in stride(from: most, through: least, by: -1) {
        row[needed] = ifThenElse(argument, row[needed - 1], row[needed])
      }
    }
    return row[count]
  }

  @inline(__always)
  private func level(_ node: UInt32) -> UInt32 { table[node].level }

  /// What `then` says where `condition` holds and `otherwise` where it does not.
  private mutating func ifThenElse(
    _ condition: UInt32, _ then: UInt32, _ otherwise: UInt32
  ) -> UInt32 {
    // Nothing is remembered once it is full: going on would take all paths one by one.
    if isFull { return 0 }
    if condition <= 1 { return condition == 1 ? then : otherwise }
    var (f, g, h) = (
      condition, then == condition ? 1 : then, otherwise == condition ? 0 : otherwise
    )
    if g == h { return g }
    if g == 1, h == 0 { return f }
    // Both orders of an or, and of an and, are one entry of the table.
    if g == 1, h > f { swap(&f, &h) } else if h == 0, g > f { swap(&f, &g) }
    if let known = cache.result(f, g, h) { return known }
    let top = min(level(f), level(g), level(h))
    let high = ifThenElse(branch(f, top, true), branch(g, top, true), branch(h, top, true))
    let low = ifThenElse(branch(f, top, false), branch(g, top, false), branch(h, top, false))
    if isFull { return 0 }
    let result = low == high ? low : table.number(top, low, high)
    steps += 1
    if table.count > nodeLimit || steps > Self.stepsPerNode * nodeLimit { isFull = true }
    cache.remember(f, g, h, result)
    return result
  }

  private static let stepsPerNode = 8

  /// Where a function leads if the event of a level happens or not.
  @inline(__always)
  private func branch(_ node: UInt32, _ level: UInt32, _ happens: Bool) -> UInt32 {
    let decision = table[node]
    guard decision.level == level else { return node }
    return happens ? decision.high : decision.low
  }
}
