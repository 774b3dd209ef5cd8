import Optimization

extension Recipe {
  /// Asks the exact program on all bins for a better packing, if it is small enough.
  ///
  /// The row "better than what we have" turns an infeasible program into a proof.
  mutating func proveSmall() {
    guard !isProven, ending(workLimit: options.workLimit) == nil else { return }
    // Building the program of a large cloud costs more memory than all the rest.
    let mostCells = instance.count.indices.reduce(0) { sum, type in
      instance.allowedPools[type].reduce(sum) { $0 + instance.binsOfPool[$1].count }
    }
    guard mostCells <= 20 * options.largestProof else { return }
    let empty = PackingState(instance)
    let items = instance.count.indices.map { (type: $0, count: instance.count[$0]) }
    var exact = BinProgram(empty, bins: Array(0..<instance.binCount), items: items)
    report.binSize = exact.size
    guard exact.program.variableCount <= options.largestProof else { return }
    exact.limitWeightLeft(to: state.unplacedWeight - 1, of: instance)
    var settings = SolverOptions()
    settings.nodeLimit = 20_000
    settings.iterationLimit = max(
      1, (options.workLimit - report.work) / 2 / (exact.program.entryCount + 100))
    guard let outcome = solve(exact.program, settings) else { return }
    if outcome.status == .infeasible {
      raiseBound(to: Double(state.unplacedWeight), .tree)
      return
    }
    // The row cuts off what we have, so the tree says nothing about more than that.
    let known = Double(state.unplacedWeight)
    if let values = outcome.values {
      var trial = empty
      exact.apply(values, to: &trial)
      trial.placeLeftovers()
      if trial.unplacedWeight < state.unplacedWeight { state = trial }
    }
    if let bound = outcome.bound { raiseBound(to: min(bound, known), .tree) }
  }
}
