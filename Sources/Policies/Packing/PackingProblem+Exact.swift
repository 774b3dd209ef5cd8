package import Optimization

/// The exact program of a packing problem, one variable for each kind of item and bin, for solvers
/// to be compared with the search of this module.
package struct ExactPacking: Sendable {
  private let exact: BinProgram
  private let empty: PackingState

  /// The program of a problem that leaves out as little weight as it can or, where a weight is
  /// given, no more than that and as many reference items fit as can be.
  ///
  /// **Complexity**: a variable for each kind of items and bin: large clouds take gigabytes.
  package init(_ problem: PackingProblem, holding left: Int? = nil) {
    let instance = PackingInstance(problem)
    empty = PackingState(instance)
    let items = instance.count.indices.map { (type: $0, count: instance.count[$0]) }
    var exact = BinProgram(
      empty, bins: Array(0..<instance.binCount), items: items,
      goal: left.map { .mostReferences(left: $0) } ?? .fewestLeft)
    if let left { exact.limitWeightLeft(to: left, of: instance) }
    self.exact = exact
  }

  /// The program; its objective is the weight left out, or the reference items as a negative number.
  package var program: IntegerProgram { exact.program }

  /// The packing of a point of the program.
  package func packing(_ values: [Double]) -> PackingResult {
    var state = empty
    exact.apply(values, to: &state)
    return state.result
  }
}
