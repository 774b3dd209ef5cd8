import Optimization

/// One entry in so many of the pattern program is touched by an iteration.
private let sparsity = 8

extension Recipe {
  /// Packs all pools at once by patterns, and raises the bound to that of their relaxation.
  ///
  /// Returns the program with its relaxation, unless the bound is met or nothing can be said.
  mutating func divePatterns() -> (
    patterns: PatternProgram, relaxed: (values: [Double], objective: Double)
  )? {
    guard ending(workLimit: options.workLimit) == nil else { return nil }
    // Prices are scaled whole numbers, which enormous weights would overflow.
    let weights = zip(instance.weight, instance.count).map { Double($0) * Double($1) }
    guard weights.reduce(0, +) < 1e9 else { return nil }
    var patterns = PatternProgram(state, goal)
    guard !patterns.parts.isEmpty else { return nil }
    guard let relaxed = generate(&patterns, rounds: 60) else { return nil }
    if let bound = patterns.bound { raiseBound(to: Double(bound), .patterns) }
    guard !isProven else { return nil }
    dive(patterns, from: relaxed)
    return isProven ? nil : (patterns, relaxed)
  }

  /// Dives again from the root, sets the bins of some shapes free and packs them anew, and repacks
  /// few bins exactly, in turn, until the bound is met, the work is used up, or nothing has helped
  /// for long.
  mutating func repairByPatterns(
    _ root: PatternProgram, from relaxed: (values: [Double], objective: Double), share: Double
  ) {
    let workLimit = Int(Double(options.workLimit) * share)
    var patterns = root
    var idle = 0
    var size = 60
    var rounds = 0
    while ending(workLimit: workLimit) == nil, idle < 150 {
      let before = state.value(goal)
      rounds += 1
      if rounds % 4 == 0 {
        dive(root, from: relaxed)
      } else {
        repackShapes(&patterns, size: &size)
      }
      repairBins(rounds: 12, workLimit: workLimit)
      idle = state.value(goal) < before ? 0 : idle + 1
    }
  }

  /// Packs the bins of some shapes anew, all others held, if the relaxation says that this may help.
  private mutating func repackShapes(_ patterns: inout PatternProgram, size: inout Int) {
    patterns.hold(state, free: drawShapes(patterns, size: size))
    patterns.limit(to: nil)
    guard let relaxed = generate(&patterns, rounds: 3) else { return }
    if relaxed.objective > Double(state.value(goal) - 1) + 1e-6 {
      // Refuted at once: the relaxation of more bins may say yes.
      size = min(size * 11 / 10, 400)
    } else {
      let before = state.value(goal)
      dive(patterns, from: relaxed)
      if state.value(goal) == before { size = max(30, size * 9 / 10) }
    }
  }

  /// Shapes of a few pools, drawn until they have `size` bins.
  private mutating func drawShapes(_ patterns: PatternProgram, size: Int) -> [[Bool]] {
    var free = patterns.parts.map { [Bool](repeating: false, count: $0.pool.shapes.count) }
    var candidates: [(part: Int, shape: Int)] = []
    for _ in 0..<1 + random.draw(below: patterns.parts.count) {
      let part = random.draw(below: patterns.parts.count)
      candidates += patterns.parts[part].pool.shapes.indices.map { (part, $0) }
    }
    var bins = 0
    while bins < size, !candidates.isEmpty {
      let (part, shape) = candidates.remove(at: random.draw(below: candidates.count))
      if free[part][shape] { continue }
      free[part][shape] = true
      bins += patterns.parts[part].pool.binsOfShape[shape].count
    }
    return free
  }

  /// Solves the relaxation and adds patterns until none is worth it, `rounds` are over or its value
  /// is no more than `aim`; values of patterns that were added last are 0.
  mutating func generate(
    _ patterns: inout PatternProgram, rounds: Int, upTo aim: Int? = nil
  ) -> (values: [Double], objective: Double)? {
    var best: (values: [Double], objective: Double)?
    for _ in 0..<rounds {
      var settings = SolverOptions.relaxation
      settings.startingBasis = patterns.basis
      guard let outcome = solve(patterns.program, settings, sparsity: sparsity),
        let values = outcome.values, let objective = outcome.objective, let duals = outcome.duals
      else { break }
      patterns.basis = outcome.basis
      let added = patterns.addPatterns(duals: duals)
      best = (values + [Double](repeating: 0, count: added), objective)
      if added == 0 { break }
      if let aim, objective <= Double(aim) + 1e-6 { break }
    }
    return best
  }
}
