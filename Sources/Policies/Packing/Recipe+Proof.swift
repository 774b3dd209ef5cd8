import Optimization

extension Recipe {
  /// Asks the exact program on all bins for a better packing, if it has at most so many variables,
  /// within a share of the work.
  ///
  /// The row "better than what we have" turns an infeasible program into a proof.
  mutating func prove(largest: Int, share: Double) {
    guard !isProven, ending(workLimit: options.workLimit) == nil else { return }
    // Building the program of a large cloud costs more memory than all the rest.
    let mostCells = instance.count.indices.reduce(0) { sum, type in
      instance.allowedPools[type].reduce(sum) { $0 + instance.binsOfPool[$1].count }
    }
    guard mostCells <= 20 * largest else { return }
    let empty = PackingState(instance)
    let items = instance.count.indices.map { (type: $0, count: instance.count[$0]) }
    var exact = BinProgram(empty, bins: Array(0..<instance.binCount), items: items, goal: goal)
    report.binSize = exact.size
    guard exact.program.variableCount <= largest else { return }
    exact.limit(by: state, from: empty, strict: true)
    var settings = SolverOptions()
    settings.nodeLimit = 20_000
    settings.iterationLimit = max(
      1, Int(Double(options.workLimit - report.work) * share) / (exact.program.entryCount + 100))
    guard let outcome = solve(exact.program, settings) else { return }
    if outcome.status == .infeasible {
      raiseBound(to: Double(state.value(goal)), .tree)
      return
    }
    // The row cuts off what we have, so the tree says nothing about more than that.
    let known = Double(state.value(goal))
    if let values = outcome.values {
      var trial = empty
      exact.apply(values, to: &trial)
      trial.placeLeftovers()
      accept(trial)
    }
    if let bound = outcome.bound { raiseBound(to: min(bound, known), .tree) }
  }
}
