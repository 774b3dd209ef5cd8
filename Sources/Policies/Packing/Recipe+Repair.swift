import Optimization

extension Recipe {
  /// Repacks neighbourhoods of bins around items left out until the bound is met, the given share
  /// of the work is used up, or nothing has helped for long.
  mutating func repair(share: Double) {
    let workLimit = Int(Double(options.workLimit) * share)
    while true {
      if let ending = ending(workLimit: workLimit) {
        report.ending = ending
        return
      }
      guard repairBins(rounds: 200, workLimit: workLimit) else {
        report.ending = .stalled
        return
      }
    }
  }

  /// Repacks neighbourhoods until so many in a row did not help, or a limit is met; returns whether
  /// any helped.
  @discardableResult
  mutating func repairBins(rounds: Int, workLimit: Int) -> Bool {
    var idle = 0
    let isPacking = goal == .fewestLeft
    let smallest = isPacking ? 24 : 10
    var size = smallest
    var helped = false
    while idle < rounds, ending(workLimit: workLimit) == nil {
      guard let center = isPacking ? drawUnplaced() : drawType() else { break }
      let before = state.value(goal)
      // Mostly only a better packing will do, which most neighbourhoods refute at once; now and then
      // an equal one is taken to get away from where the search stands.
      repack(
        neighbourhood(of: center, size: size), strict: report.repairs % 8 < 6,
        effort: 1 + idle / 50)
      report.repairs += 1
      idle = state.value(goal) < before ? 0 : idle + 1
      // Small neighbourhoods are quick and mostly enough; where they fail, walls are further apart.
      if idle > 0, idle % 100 == 0 { size = min(size * 5 / 4, 48) }
      if idle == 0 {
        helped = true
        size = max(smallest, size * 2 / 3)
      }
    }
    return helped
  }

  /// A type with items left out: each item is as likely as another, and the smallest of three
  /// draws counts, because small items are what a better packing finds room for.
  private mutating func drawUnplaced() -> Int? {
    let total = state.unplaced.reduce(0, +)
    guard total > 0 else { return nil }
    if report.repairs % 2 == 0 {
      let missed = missedTypes()
      if !missed.isEmpty { return missed[random.draw(below: missed.count)] }
    }
    let draws = (0..<3).map { _ in unplacedType(at: random.draw(below: total)) }
    return draws.min { instance.size[$0] < instance.size[$1] }
  }

  /// A type, each item as likely as another.
  private mutating func drawType() -> Int? {
    let total = instance.count.reduce(0, +)
    guard total > 0 else { return nil }
    var position = random.draw(below: total)
    return instance.count.firstIndex { count in
      position -= count
      return position < 0
    }
  }

  /// Types with items left out of which the pooled solution leaves out fewer.
  private func missedTypes() -> [Int] {
    guard let guide else { return [] }
    var missing = [Int](repeating: 0, count: instance.typesOfClass.count)
    for (type, number) in instance.classOfType.enumerated() {
      missing[number] += state.unplaced[type] - instance.count[type]
    }
    for (type, count) in guide.lazy.flatMap({ $0 }) {
      missing[instance.classOfType[type]] += count
    }
    return instance.classOfType.indices.filter {
      state.unplaced[$0] > 0 && missing[instance.classOfType[$0]] > 0
    }
  }

  private func unplacedType(at position: Int) -> Int {
    var position = position
    for type in state.unplaced.indices {
      position -= state.unplaced[type]
      if position < 0 { return type }
    }
    preconditionFailure("A position among the items left out lies before their number.")
  }

  /// Bins that the type may use: half of them drawn with a preference for free space.
  private mutating func neighbourhood(of type: Int, size: Int) -> [Int] {
    var candidates: [Int] = []
    let pools = instance.allowedPools[type]
    if report.repairs % 4 < 2, !pools.isEmpty {
      // What one pool wastes between its walls is best found among its own bins.
      candidates = instance.binsOfPool[pools[random.draw(below: pools.count)]]
    } else {
      for pool in pools { candidates += instance.binsOfPool[pool] }
    }
    if candidates.count <= size { return candidates.sorted() }
    var isChosen = [Bool](repeating: false, count: instance.binCount)
    let resources = instance.resourceCount
    let key = instance.keyResource
    for draw in 0..<size {
      var bin = candidates[random.draw(below: candidates.count)]
      if draw % 2 == 0 {
        for _ in 0..<3 {
          let other = candidates[random.draw(below: candidates.count)]
          if state.free[other * resources + key] > state.free[bin * resources + key] {
            bin = other
          }
        }
      }
      isChosen[bin] = true
    }
    return isChosen.indices.filter { isChosen[$0] }
  }

  /// Solves the exact program on some bins and takes its packing if it is no worse, or, when
  /// `strict`, only if it is better. `effort` is how many times the least work may be spent.
  private mutating func repack(_ bins: [Int], strict: Bool, effort: Int) {
    var trial = state
    for bin in bins { _ = trial.release(bin) }
    let items = trial.unplaced.indices.compactMap { type in
      trial.unplaced[type] > 0 ? (type: type, count: trial.unplaced[type]) : nil
    }
    var exact = BinProgram(trial, bins: bins, items: items, goal: goal)
    exact.limit(by: state, from: trial, strict: strict)
    var settings = SolverOptions()
    settings.nodeLimit = 50 * effort
    settings.iterationLimit = 1_000 * effort
    guard let values = solve(exact.program, settings)?.values else { return }
    exact.apply(values, to: &trial)
    trial.placeLeftovers()
    accept(trial)
  }
}
