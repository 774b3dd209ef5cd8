import Optimization

extension PackingProblem {
  /// Packs the items so that little weight is left out, and bounds what is possible.
  ///
  /// First a pooled program decides who goes to which pool and who stays out, and gives the bound;
  /// then best fit packs each pool; then exact programs on small neighbourhoods repair what the
  /// walls between bins spoiled, until the bound is met or the work is used up. Small problems
  /// that do not meet the bound are handed to the exact program as a whole.
  ///
  /// The result depends on the problem and the options alone, unless a time limit is set. It is
  /// never worse than `bestFitDecreasing`. Faults of the solver leave a valid packing with a
  /// weaker bound, and are noted in the result.
  package func solve(_ options: PackingOptions = PackingOptions()) -> PackingResult {
    var recipe = Recipe(PackingInstance(self), options)
    recipe.boundByPools()
    recipe.pack()
    recipe.packByPatterns(share: 0.7)
    recipe.repair(share: 0.3)
    recipe.proveSmall()
    recipe.repair(share: 1)
    recipe.state.spareRareBins()
    return recipe.finished
  }
}

/// The state of one run of the recipe: the best packing so far, the bound, and the work spent.
struct Recipe {
  let instance: PackingInstance
  let options: PackingOptions
  var state: PackingState
  var report: PackingResult
  var random: PackingRandom
  /// For each pool the types that the pooled solution sends there, with counts.
  private(set) var guide: [[(type: Int, count: Int)]]?
  private let start = ContinuousClock.now

  init(_ instance: PackingInstance, _ options: PackingOptions) {
    self.instance = instance
    self.options = options
    state = PackingState(instance)
    report = state.result
    report.isRepeatable = options.timeLimit == nil
    random = PackingRandom(seed: options.seed)
  }

  var isProven: Bool { state.unplacedWeight <= report.bound }

  /// Why the search has to end, if it has to.
  func ending(workLimit: Int) -> PackingResult.Ending? {
    if isProven { return .proven }
    if report.work >= workLimit { return .workLimit }
    if let timeLimit = options.timeLimit, ContinuousClock.now - start >= timeLimit {
      return .timeLimit
    }
    return nil
  }

  /// The packing with everything that is known about it.
  var finished: PackingResult {
    var result = state.result
    result.bound = report.bound
    result.boundSource = report.boundSource
    result.ending = isProven ? .proven : report.ending
    result.isRepeatable = report.isRepeatable
    result.work = report.work
    result.repairs = report.repairs
    result.pooledSize = report.pooledSize
    result.binSize = report.binSize
    result.solverError = report.solverError
    return result
  }

  /// Solves a program within what is left of the limits, and counts its work.
  ///
  /// An iteration passes over a part of a large sparse program only: one in `sparsity` entries.
  mutating func solve(
    _ program: IntegerProgram, _ options: SolverOptions, sparsity: Int = 1
  ) -> Outcome? {
    var options = options
    if let timeLimit = self.options.timeLimit {
      options.timeLimit = max(.milliseconds(1), timeLimit - (ContinuousClock.now - start))
    }
    do {
      let outcome = try program.solve(options)
      // Building a program is work too, so that a loop of empty solves comes to an end.
      report.work += (outcome.iterations + 10) * (program.entryCount / sparsity + 100)
      return outcome
    } catch {
      report.solverError = error
      report.work += 1000 * (program.entryCount + 100)
      return nil
    }
  }

  /// Raises the bound if the new one says more; weights are whole, so bounds round up.
  mutating func raiseBound(to value: Double, _ source: PackingResult.BoundSource) {
    guard value.isFinite else { return }
    // The solver's values are good to about 1e-7 of their size.
    let whole = Int((value - 1e-6 * max(1, abs(value))).rounded(.up))
    if whole > report.bound {
      report.bound = min(whole, state.unplacedWeight)
      report.boundSource = source
    }
  }

  mutating func boundByPools() {
    guard state.unplacedWeight > 0 else { return }
    let pooled = PooledProgram(instance)
    report.pooledSize = PackingResult.ProgramSize(pooled.program)
    var settings = SolverOptions()
    settings.nodeLimit = 5_000
    settings.iterationLimit = 200_000
    guard let outcome = solve(pooled.program, settings) else { return }
    if let bound = outcome.bound { raiseBound(to: bound, .pooled) }
    guide = outcome.values.map { pooled.assignment($0, order: state.packingOrder) }
  }

  /// Packs along the pooled solution and keeps the better of that and plain best fit.
  mutating func pack() {
    var plain = PackingState(bestFitDecreasing: instance)
    plain.placeLeftovers()
    if let guide {
      for pool in guide.indices {
        for (type, count) in guide[pool] {
          _ = state.placeByBestFit(type, count: count, pools: [pool])
        }
      }
    }
    state.placeLeftovers()
    if plain.unplacedWeight < state.unplacedWeight { state = plain }
  }
}
