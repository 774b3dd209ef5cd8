import Optimization

extension PackingProblem {
  /// Packs the items so that little weight is left out, and bounds what is possible.
  ///
  /// First, within milliseconds, several orders of best fit with exchanges between bins give a
  /// packing, and counting gives a bound, so that whatever ends the search finds an answer. Then a
  /// pooled program decides who goes to which pool and who stays out, and gives a better bound;
  /// best fit packs each pool; exact programs on small neighbourhoods repair what the walls between
  /// bins spoiled, until the bound is met or the work is used up. Small problems that do not meet
  /// the bound are handed to the exact program as a whole.
  ///
  /// The result depends on the problem and the options alone, unless a time limit is set. It is
  /// never worse than `bestFitDecreasing`. Faults of the solver leave a valid packing with a
  /// weaker bound, and are noted in the result.
  package func solve(_ options: PackingOptions = PackingOptions()) -> PackingResult {
    var recipe = Recipe(PackingInstance(self), options)
    recipe.begin()
    recipe.boundByPools()
    recipe.pack()
    recipe.improve()
    if reference == nil {
      recipe.state.spareRareBins()
    } else {
      recipe.keepReferences()
    }
    return recipe.finished
  }
}

/// The state of one run of the recipe: the best packing so far, the bound, and the work spent.
struct Recipe {
  let instance: PackingInstance
  let options: PackingOptions
  private(set) var goal = PackingGoal.fewestLeft
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

  var isProven: Bool { state.value(goal) <= goalBound }

  /// What is left of the time for the goal: a reference keeps two fifths for itself.
  private var timeLeft: Duration? {
    guard let timeLimit = options.timeLimit else { return nil }
    let isShared = goal == .fewestLeft && instance.referenceDemand != nil
    return (isShared ? timeLimit * 3 / 5 : timeLimit) - (ContinuousClock.now - start)
  }

  private var isWithinGap: Bool {
    guard options.gap > 0 else { return false }
    let (value, bound) = (Double(state.value(goal)), Double(goalBound))
    return value - bound <= options.gap * max(1, abs(bound))
  }

  /// No packing has a lower value than this.
  var goalBound: Int {
    switch goal {
    case .fewestLeft: report.bound
    case .mostReferences: -(report.referenceBound ?? .max)
    }
  }

  /// Takes a packing if it is no worse than the one before; a better one for the first goal counts
  /// more than anything.
  mutating func accept(_ trial: PackingState) {
    if case .mostReferences(let left) = goal, trial.unplacedWeight < left {
      state = trial
      goal = .mostReferences(left: trial.unplacedWeight)
    } else if trial.value(goal) <= state.value(goal) {
      state = trial
    }
  }

  /// Serves the goal better and better, until the bound is met, nothing helps, or a limit is met.
  mutating func improve() {
    let root = divePatterns()
    prove(largest: options.largestProof / 4, share: 0.2)
    if let root { repairByPatterns(root.patterns, from: root.relaxed, share: 0.6) }
    repair(share: 0.75)
    prove(largest: options.largestProof, share: 1)
    repair(share: 1)
  }

  /// Leaves out no more than before, and makes room for as many reference items as can be.
  mutating func keepReferences() {
    let spent = report.work
    goal = .mostReferences(left: state.unplacedWeight)
    report.referenceBound = (0..<instance.binCount).reduce(0) {
      $0 + instance.references(in: instance.free, bin: $1)
    }
    // The second goal is the harder one.
    let extra = options.workLimit / 3
    report.work = -extra
    improve()
    report.work += spent + extra
    var trial = state
    trial.spareRareBins()
    accept(trial)
  }

  /// Why the search has to end, if it has to.
  func ending(workLimit: Int) -> PackingResult.Ending? {
    if isProven { return .proven }
    if isWithinGap { return .withinGap }
    if report.work >= workLimit { return .workLimit }
    return isOutOfTime ? .timeLimit : nil
  }

  /// Whether the time is used up or somebody asked for an end.
  var isOutOfTime: Bool {
    if Interruption.isRequested { return true }
    guard let timeLeft else { return false }
    return timeLeft <= .zero
  }

  /// The packing with everything that is known about it.
  var finished: PackingResult {
    var result = state.result
    result.bound = report.bound
    result.boundSource = report.boundSource
    result.referenceBound = report.referenceBound
    result.ending = isProven ? .proven : report.ending
    result.isRepeatable = report.isRepeatable && !Interruption.isRequested
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
    if let timeLeft { options.timeLimit = max(.milliseconds(1), timeLeft) }
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
    guard whole > goalBound else { return }
    switch goal {
    case .fewestLeft:
      report.bound = min(whole, state.unplacedWeight)
      report.boundSource = source
    case .mostReferences: report.referenceBound = max(-whole, state.references)
    }
  }

  mutating func boundByPools() {
    guard instance.count.contains(where: { $0 > 0 }), !isOutOfTime else { return }
    let pooled = PooledProgram(instance)
    report.pooledSize = PackingResult.ProgramSize(pooled.program)
    var settings = SolverOptions()
    settings.nodeLimit = 2_000
    settings.iterationLimit = max(
      300, options.workLimit / 20 / (pooled.program.entryCount + 100))
    guard let outcome = solve(pooled.program, settings) else { return }
    if let bound = outcome.bound { raiseBound(to: bound, .pooled) }
    guide = outcome.values.map { pooled.assignment($0, order: state.packingOrder) }
  }

  /// Packs along the pooled solution and keeps the better of that and the packing so far.
  mutating func pack() {
    guard let guide else { return }
    var guided = PackingState(instance)
    for pool in guide.indices {
      for (type, count) in guide[pool] {
        _ = guided.placeByBestFit(type, count: count, pools: [pool])
      }
    }
    guided.placeLeftovers()
    accept(guided)
  }
}
