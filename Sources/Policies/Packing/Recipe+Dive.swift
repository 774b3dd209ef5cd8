import Optimization

extension Recipe {
  /// Rounds a relaxation pattern by pattern and makes new patterns on the way. A step after which the
  /// goal is out of reach is taken back, and what it raised forbidden; after too many of them the
  /// rest is searched exactly.
  ///
  /// (Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa, Primal heuristics for branch and price, 2019.)
  mutating func dive(
    _ root: PatternProgram, from relaxed: (values: [Double], objective: Double)
  ) {
    var sound = root
    var values = relaxed.values
    var aim = max(goalBound, Int((relaxed.objective - 1e-6).rounded(.up)))
    var refused: [[Int]] = []
    var smallest = Int.max
    var most = Int.max
    var failures = 0
    while aim < state.value(goal) {
      let rest = sound.fixWholePart(of: values)
      // A long dive that gets nowhere is worth less than another one.
      let isOver = rest.isEmpty || failures > 40 || ending(workLimit: options.workLimit) != nil
      if isOver || refused.isEmpty {
        let (whole, open) = sound.wholePart(of: values)
        if isOver || (open.count <= 24 && open.count + 3 <= smallest) {
          smallest = open.count
          finish(whole, open)
          if isOver || state.value(goal) <= aim { return }
        }
      }
      let chosen = choice(among: rest, sound, refused, most: max(1, min(most, rest.count / 8)))
      guard !chosen.isEmpty else {
        aim += 1
        refused = []
        continue
      }
      var trial = sound
      trial.raise(chosen, above: values)
      if let next = generate(&trial, rounds: 6, upTo: aim), next.objective <= Double(aim) + 1e-6 {
        (sound, values) = (trial, next.values)
        refused = []
        most = chosen.count * 2
        continue
      }
      most = max(1, chosen.count / 4)
      guard chosen.count == 1 else { continue }
      failures += 1
      refused.append([chosen[0].part, chosen[0].pattern])
      if refused.count > 8 {
        aim += 1
        refused = []
      }
    }
  }

  /// Fills the bins that are not decided yet by the exact program, and takes the packing if it is no
  /// worse.
  private mutating func finish(_ whole: PackingState, _ open: [Int]) {
    var trial = whole
    let items = trial.unplaced.indices.compactMap { type in
      trial.unplaced[type] > 0 ? (type: type, count: trial.unplaced[type]) : nil
    }
    if open.count <= 24, !open.isEmpty {
      var exact = BinProgram(trial, bins: open, items: items, goal: goal)
      exact.limit(by: state, from: trial, strict: true)
      var settings = SolverOptions()
      settings.nodeLimit = 200
      settings.iterationLimit = 3_000
      let outcome = solve(exact.program, settings)
      if let values = outcome?.values { exact.apply(values, to: &trial) }
    }
    trial.placeLeftovers()
    accept(trial)
  }

  /// The patterns to raise together: those close to the next whole number that bins are left for, at
  /// least one.
  private mutating func choice(
    among rest: [PatternProgram.Fractional], _ patterns: PatternProgram, _ refused: [[Int]],
    most: Int
  ) -> [PatternProgram.Fractional] {
    let ranked = rest.filter { !refused.contains([$0.part, $0.pattern]) }.map {
      ($0, $0.fraction + Double(random.draw(below: 1000)) / 5000)
    }
    .sorted { $0.1 > $1.1 }
    var spare: [[Int: Int]] = patterns.parts.map { _ in [:] }
    for (number, part) in patterns.parts.enumerated() {
      for pattern in part.patterns {
        let fixed = Int(patterns.program.bounds(of: pattern.variable).lower)
        if fixed > 0 { spare[number][pattern.shape, default: 0] -= fixed }
      }
    }
    var chosen: [PatternProgram.Fractional] = []
    for (one, score) in ranked
    where chosen.isEmpty || (refused.isEmpty && score > 0.85 && chosen.count < most) {
      let part = patterns.parts[one.part]
      let shape = part.patterns[one.pattern].shape
      guard part.pool.binsOfShape[shape].count + spare[one.part][shape, default: 0] > 0 else {
        continue
      }
      spare[one.part][shape, default: 0] -= 1
      chosen.append(one)
    }
    return chosen
  }
}
