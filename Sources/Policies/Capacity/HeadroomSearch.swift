import Optimization

/// How hard a headroom is searched.
package struct HeadroomOptions: Sendable, Equatable {
  /// Most work of the solver, in simplex iterations times nonzeros.
  package var workLimit = 60_000_000
  /// Whether a number of batches is tried that neither the pooled program refutes nor best fit
  /// packs. Without it the value may be a little low; the bound is as good.
  package var repairs = true
  /// Largest program with one variable per type and bin that is solved for a proof, in variables.
  package var largestProof = 2_500
  /// Most wall time, or nil (the default) for none; makes the result not repeatable.
  package var timeLimit: Duration? = nil

  /// Options with the defaults above.
  package init() {}
}

extension HeadroomProblem {
  /// Finds the most batches that fit, and bounds it.
  ///
  /// The pooled program refutes what is too much; best fit along its solution packs the rest; what
  /// neither decides is tried by patterns, repair and, where it is small, the exact program. Only a
  /// packing counts as a fit and only a refuted number lowers the bound, so the value is never above
  /// the truth and the bound never below it. The result depends on the problem and the options
  /// alone.
  package func solve(_ options: HeadroomOptions = HeadroomOptions()) -> HeadroomResult {
    if batch.count == 1 { return solvedAlone }
    var search = HeadroomSearch(self, options)
    search.bisect()
    search.raise()
    if options.repairs { search.tryHarder() }
    return search.result
  }

  /// A single type has no rivals: every bin takes what it has room for.
  private var solvedAlone: HeadroomResult {
    let type = batch[0]
    let batches = roomAlone(for: type) / type.count
    var left = batches * type.count
    var placements: [PackingResult.Placement] = []
    for (bin, free) in bins.enumerated() where left > 0 {
      let count = min(left, copies(of: type, in: free))
      if count > 0 { placements.append(.init(bin: bin, count: count)) }
      left -= count
    }
    return HeadroomResult(
      value: batches, bound: batches, firstFit: batches, bestFit: batches,
      placements: [placements])
  }
}

extension HeadroomProblem {
  /// Placements without those that are more than a number of batches needs.
  fileprivate func trimmed(
    _ placements: [[PackingResult.Placement]], to batches: Int
  ) -> [[PackingResult.Placement]] {
    zip(batch, placements).map { type, placements in
      var left = type.count * batches
      return placements.compactMap { placement in
        let count = min(left, placement.count)
        left -= count
        return count > 0 ? .init(bin: placement.bin, count: count) : nil
      }
    }
  }
}

/// The state of one search: the most batches packed so far and the fewest that are refuted.
private struct HeadroomSearch {
  let problem: HeadroomProblem
  let options: HeadroomOptions
  var result: HeadroomResult
  /// Runs that neither fitted nor were refuted, by their number of batches.
  private var open: [Int: Recipe] = [:]
  private let start = ContinuousClock.now

  init(_ problem: HeadroomProblem, _ options: HeadroomOptions) {
    self.problem = problem
    self.options = options
    let bound = problem.sumBound
    // One item at a time is not for millions; the packings below take them by the bin.
    let items = problem.batch.reduce(0) { $0 + $1.count }
    let limit = min(bound, 1_000_000 / items)
    let first = problem.greedy(.first, limit: limit)
    let best = problem.greedy(.best, limit: limit)
    let better = best.batches >= first.batches ? best : first
    result = HeadroomResult(
      value: better.batches, bound: bound, firstFit: first.batches, bestFit: best.batches,
      placements: better.placements.map { bins in
        bins.keys.sorted().map { .init(bin: $0, count: bins[$0] ?? 0) }
      })
  }

  /// Finds the fewest batches that the pooled program refutes, and packs along the way.
  mutating func bisect() {
    // Sums are close to the truth, so the search starts at their end.
    var (low, high, step) = (result.value, result.bound, 1)
    while low < high {
      let probed = max(low + 1, high + 1 - step)
      if probe(probed) {
        high = probed - 1
        step *= 2
      } else {
        low = max(probed, result.value)
        step = max(1, (high - low + 1) / 2)
      }
    }
    result.bound = max(high, result.value)
  }

  /// Whether a number of batches is refuted by pools; notes the packing if it fits.
  private mutating func probe(_ batches: Int) -> Bool {
    var recipe = Recipe(PackingInstance(problem.packing(of: batches)), packingOptions)
    recipe.boundByPools()
    defer { result.work += recipe.report.work }
    if recipe.report.bound > 0 { return true }
    recipe.pack()
    if !accept(recipe, batches), !packAligned(batches) { open[batches] = recipe }
    return false
  }

  /// Packs where free amounts and demands are most alike, unless the items are too many for that.
  private mutating func packAligned(_ batches: Int) -> Bool {
    let items = problem.batch.reduce(0) { $0 + $1.count } * batches
    guard items * problem.bins.count <= 100_000_000 else { return false }
    let placements = problem.alignedPacking(of: batches)
    let placed = placements.map { $0.values.reduce(0, +) }
    return accept(placed: placed, batches) {
      placements.map { bins in
        bins.keys.sorted().map { .init(bin: $0, count: bins[$0] ?? 0) }
      }
    }
  }

  /// Packs fewer and fewer batches below the bound, until it packs as many as it tries: a packing
  /// of too many items may fail by far where one of a few less succeeds.
  mutating func raise() {
    var step = 1
    while result.bound - step > result.value {
      if packAligned(result.bound - step) { return }
      step *= 2
    }
  }

  /// Tries the bound and then one more than what fits, by all means, until one stays undecided or
  /// the work is used up.
  mutating func tryHarder() {
    var next = result.bound
    while result.value < result.bound, result.work < options.workLimit, !isLate {
      let isDecided = attempt(next)
      if !isDecided, next == result.value + 1 { return }
      next = isDecided ? result.bound : result.value + 1
    }
  }

  /// Whether it is decided that a number of batches fits or does not.
  private mutating func attempt(_ batches: Int) -> Bool {
    if open[batches] == nil, probe(batches) {
      result.bound = min(result.bound, batches - 1)
      return true
    }
    guard let recipe = open.removeValue(forKey: batches) else { return true }
    if decide(recipe, batches) { result.bound = min(result.bound, batches - 1) }
    return result.value >= batches || result.bound < batches
  }

  /// Whether a number of batches is refuted by any means; notes the packing if it fits.
  private mutating func decide(_ start: Recipe, _ batches: Int) -> Bool {
    var recipe = start
    let before = recipe.report.work
    defer { result.work += recipe.report.work - before }
    if let root = recipe.divePatterns() {
      recipe.repairByPatterns(root.patterns, from: root.relaxed, share: 0.4)
    }
    if recipe.report.bound > 0 { return true }
    if accept(recipe, batches) { return false }
    if let isRefuted = solveExactly(&recipe, batches) { return isRefuted }
    recipe.repair(share: 1)
    _ = accept(recipe, batches)
    return recipe.report.bound > 0
  }

  /// Asks the exact program for a packing that leaves nothing out; nil if it does not say.
  private mutating func solveExactly(_ recipe: inout Recipe, _ batches: Int) -> Bool? {
    let instance = recipe.instance
    guard instance.binCount * instance.typeCount <= options.largestProof else { return nil }
    let items = instance.count.indices.map { (type: $0, count: instance.count[$0]) }
    let empty = PackingState(instance)
    var exact = BinProgram(empty, bins: Array(0..<instance.binCount), items: items)
    exact.limitWeightLeft(to: 0, of: instance)
    var settings = SolverOptions()
    settings.nodeLimit = 10_000
    settings.iterationLimit = max(
      1, (options.workLimit - result.work) / 2 / (exact.program.entryCount + 100))
    guard let outcome = recipe.solve(exact.program, settings) else { return nil }
    if outcome.status == .infeasible { return true }
    guard let values = outcome.values else { return nil }
    var state = empty
    exact.apply(values, to: &state)
    recipe.state = state
    return accept(recipe, batches) ? false : nil
  }

  private mutating func accept(_ recipe: Recipe, _ batches: Int) -> Bool {
    let placed = zip(recipe.instance.count, recipe.state.unplaced).map { $0 - $1 }
    return accept(placed: placed, batches) { recipe.state.result.placements }
  }

  /// Keeps a packing if it holds more whole batches than the one before; true if it holds as many
  /// as it was made for.
  private mutating func accept(
    placed: [Int], _ batches: Int, placements: () -> [[PackingResult.Placement]]
  ) -> Bool {
    let whole = zip(problem.batch, placed).reduce(batches) { min($0, $1.1 / $1.0.count) }
    if whole > result.value {
      result.value = whole
      result.placements = problem.trimmed(placements(), to: whole)
    }
    return whole >= batches
  }

  private var isLate: Bool {
    Interruption.isRequested
      || options.timeLimit.map { ContinuousClock.now - start >= $0 } ?? false
  }

  private var packingOptions: PackingOptions {
    var options = PackingOptions()
    options.workLimit = max(1, self.options.workLimit / 2)
    options.timeLimit = self.options.timeLimit.map {
      max(.milliseconds(1), $0 - (ContinuousClock.now - start))
    }
    return options
  }
}
