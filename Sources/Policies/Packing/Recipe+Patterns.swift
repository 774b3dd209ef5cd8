import Optimization

/// One entry in so many of the pattern program is touched by an iteration.
private let sparsity = 8

extension Recipe {
  /// Packs all pools at once by patterns, and raises the bound to that of their relaxation.
  mutating func packByPatterns(share: Double) {
    guard ending(workLimit: options.workLimit) == nil else { return }
    // Prices are scaled whole numbers, which enormous weights would overflow.
    let weights = zip(instance.weight, instance.count).map { Double($0) * Double($1) }
    guard weights.reduce(0, +) < 1e9 else { return }
    var patterns = PatternProgram(state)
    guard !patterns.parts.isEmpty else { return }
    guard let relaxed = generate(&patterns, rounds: 60) else { return }
    raiseBound(to: Double(patterns.bound), .patterns)
    guard !isProven else { return }
    dive(patterns, from: relaxed.values, goal: patterns.bound, limit: nil)
    repairByPatterns(patterns, workLimit: Int(Double(options.workLimit) * share))
  }

  /// Rounds the relaxation up pattern by pattern as long as it says that the goal can be met, or
  /// something better than what we have, and solves what is left exactly; returns false if the
  /// search was cut short.
  @discardableResult
  private mutating func dive(
    _ patterns: PatternProgram, from values: [Double], goal: Int, limit: Int?
  ) -> Bool {
    var patterns = patterns
    var values = values
    var sound = patterns
    // Short of the goal, any packing better than what we have is worth going on.
    let most = max(goal, state.unplacedWeight - 1)
    while patterns.fixPatterns(near: values, atLeast: 0.8),
      let next = generate(&patterns, rounds: 4), next.objective <= Double(most) + 1e-6
    {
      sound = patterns
      values = next.values
    }
    return solveExactly(&sound, nodes: 100, limit: limit)
  }

  /// Sets the bins of some shapes free again and again, and packs them anew by patterns, until the
  /// bound is met, the work is used up, or nothing has helped for long.
  private mutating func repairByPatterns(_ root: PatternProgram, workLimit: Int) {
    var patterns = root
    var idle = 0
    var rounds = 0
    var size = 60
    while ending(workLimit: workLimit) == nil, idle < 150 {
      let before = state.unplacedWeight
      if idle % 2 == 1 {
        repairNearPacking(root)
        idle = state.unplacedWeight < before ? 0 : idle + 1
        continue
      }
      patterns.hold(state, free: drawShapes(patterns, size: size))
      patterns.limitWeightLeft(to: nil)
      guard let relaxed = generate(&patterns, rounds: 3) else { return }
      let least = Int((relaxed.objective - 1e-6).rounded(.up))
      // Now and then a packing that is only as good is taken, so that the search moves on.
      let goal = before - (rounds % 4 == 0 ? 0 : 1)
      rounds += 1
      report.repairs += 1
      if least > goal {
        // Refuted at once: the relaxation of more bins may say yes.
        size = min(size * 11 / 10, 400)
      } else {
        let isDecided =
          size < 120
          ? solveExactly(&patterns, nodes: 100, limit: goal)
          : dive(patterns, from: relaxed.values, goal: goal, limit: goal)
        if !isDecided { size = max(30, size * 9 / 10) }
      }
      idle = state.unplacedWeight < before ? 0 : idle + 1
    }
  }

  /// Looks for a better packing between what we have and the point of the relaxation next to it
  /// that leaves out less: the whole part of that point is held but for some bins, and the rest is
  /// searched (after Fischetti and Monaci, Proximity search, 2014).
  private mutating func repairNearPacking(_ root: PatternProgram) {
    var patterns = root
    let limit = state.unplacedWeight - 1
    patterns.preferPatterns(of: state, random: &random)
    patterns.limitWeightLeft(to: limit)
    report.repairs += 1
    guard let near = generate(&patterns, rounds: 1) else { return }
    patterns.holdWholePart(of: near.values, free: drawShapes(patterns, size: 40))
    solveExactly(&patterns, nodes: 300, limit: limit)
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

  /// Searches whole numbers of the patterns made so far, takes the packing if it is no worse, and
  /// returns false if the search was cut short.
  @discardableResult
  private mutating func solveExactly(
    _ patterns: inout PatternProgram, nodes: Int, limit: Int?
  ) -> Bool {
    var settings = SolverOptions()
    settings.nodeLimit = nodes
    settings.iterationLimit = 50 * nodes
    patterns.limitWeightLeft(to: limit)
    guard let outcome = solve(patterns.program, settings, sparsity: sparsity) else { return false }
    if let values = outcome.values {
      var trial = patterns.packing(values)
      trial.placeLeftovers()
      if trial.unplacedWeight <= state.unplacedWeight { state = trial }
    }
    return outcome.status == .optimal || outcome.status == .infeasible
  }

  /// Solves the relaxation and adds patterns until none is worth it or `rounds` are over; values of
  /// patterns that were added last are 0.
  private mutating func generate(
    _ patterns: inout PatternProgram, rounds: Int
  ) -> (values: [Double], objective: Double)? {
    var best: (values: [Double], objective: Double)?
    for _ in 0..<rounds {
      guard let outcome = solve(patterns.program, .relaxation, sparsity: sparsity),
        let values = outcome.values, let objective = outcome.objective, let duals = outcome.duals
      else { break }
      let added = patterns.addPatterns(duals: duals)
      best = (values + [Double](repeating: 0, count: added), objective)
      if added == 0 { break }
    }
    return best
  }
}
