import Optimization

extension Recipe {
  /// Repacks neighbourhoods of bins around items left out until the bound is met, the given share
  /// of the work is used up, or nothing has helped for long.
  mutating func repair(share: Double) {
    let workLimit = Int(Double(options.workLimit) * share)
    var idle = 0
    while true {
      if let ending = ending(workLimit: workLimit) {
        report.ending = ending
        return
      }
      guard idle < 400, let center = drawUnplaced() else {
        report.ending = .stalled
        return
      }
      let before = state.unplacedWeight
      repack(neighbourhood(of: center))
      report.repairs += 1
      idle = state.unplacedWeight < before ? 0 : idle + 1
    }
  }

  /// A type with items left out, each item as likely as another.
  private mutating func drawUnplaced() -> Int? {
    let total = state.unplaced.reduce(0, +)
    guard total > 0 else { return nil }
    var draw = random.draw(below: total)
    for type in state.unplaced.indices {
      draw -= state.unplaced[type]
      if draw < 0 { return type }
    }
    return nil
  }

  /// Bins a type may use with much free space, and some drawn from all of them.
  private mutating func neighbourhood(of type: Int) -> [Int] {
    var isChosen = [Bool](repeating: false, count: instance.binCount)
    var candidates: [Int] = []
    for pool in instance.allowedPools[type] { candidates += instance.binsOfPool[pool] }
    guard !candidates.isEmpty else { return [] }
    let resources = instance.resourceCount
    let key = instance.keyResource
    candidates.sort { first, second in
      let (a, b) = (
        state.free[first * resources + key], state.free[second * resources + key]
      )
      return a != b ? a > b : first < second
    }
    for bin in candidates.prefix(16) { isChosen[bin] = true }
    for _ in 0..<16 { isChosen[candidates[random.draw(below: candidates.count)]] = true }
    return isChosen.indices.filter { isChosen[$0] }
  }

  /// Solves the exact program on some bins and takes its packing if it is no worse.
  private mutating func repack(_ bins: [Int]) {
    var trial = state
    for bin in bins { _ = trial.release(bin) }
    let items = trial.unplaced.indices.compactMap { type in
      trial.unplaced[type] > 0 ? (type: type, count: trial.unplaced[type]) : nil
    }
    var exact = BinProgram(trial, bins: bins, items: items)
    exact.limitWeightLeft(to: state.unplacedWeight, of: instance)
    var settings = SolverOptions()
    settings.nodeLimit = 300
    settings.iterationLimit = 10_000
    guard let values = solve(exact.program, settings)?.values else { return }
    exact.apply(values, to: &trial)
    trial.placeLeftovers()
    if trial.unplacedWeight <= state.unplacedWeight { state = trial }
  }
}
