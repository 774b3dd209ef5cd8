import Optimization

/// How hard a consolidation is searched.
package struct ConsolidationOptions: Sendable, Equatable {
  /// Most choices of bins that are tried.
  package var mostChoices = 2_000
  /// Most work of the solver, in simplex iterations times nonzeros.
  package var workLimit = 60_000_000
  /// Most wall time, or nil (the default) for none; makes the result not repeatable.
  package var timeLimit: Duration? = nil

  /// Options with the defaults above.
  package init() {}
}

extension ConsolidationProblem {
  /// Finds the bins that can be emptied with the fewest moves, and bounds their number.
  ///
  /// Choices are tried in the order of what they hold, the least first, each by packing; the first
  /// that fits is the best as soon as all before it are refuted. Where that takes too long, bins are
  /// emptied one after the other, the least loaded first, and the bound is that of the first choice
  /// that was not refuted.
  package func solve(
    _ options: ConsolidationOptions = ConsolidationOptions()
  ) -> ConsolidationResult {
    var search = ConsolidationSearch(self, options)
    return search.run()
  }
}

/// The state of one search.
private struct ConsolidationSearch {
  private enum Answer {
    case fits(PackingResult, bins: [Int])
    case refuted
    case open
  }

  private let problem: ConsolidationProblem
  private let options: ConsolidationOptions
  /// Candidates that can be emptied alone, or may be, the least loaded first.
  private var usable: [Int] = []
  private var work = 0
  private let start = ContinuousClock.now
  /// The least sum of a choice that was neither refuted nor packed.
  private var firstOpen: Int?

  init(_ problem: ConsolidationProblem, _ options: ConsolidationOptions) {
    self.problem = problem
    self.options = options
  }

  private var isOver: Bool {
    if work >= options.workLimit || Interruption.isRequested { return true }
    guard let timeLimit = options.timeLimit else { return false }
    return ContinuousClock.now - start >= timeLimit
  }

  mutating func run() -> ConsolidationResult {
    // What cannot be emptied alone cannot be emptied with others.
    let sorted = problem.candidates.indices.sorted {
      (problem.candidates[$0].load, $0) < (problem.candidates[$1].load, $1)
    }
    usable = sorted
    usable = sorted.filter { candidate in
      if case .refuted = attempt([candidate], share: 0.002) { return false }
      return true
    }
    var order = SubsetOrder(
      of: usable.map { problem.candidates[$0].load }, size: problem.emptied)
    var tried = 0
    while tried < options.mostChoices, let positions = order.next() {
      let chosen = positions.map { usable[$0] }.sorted()
      tried += 1
      switch attempt(chosen, share: 0.02) {
      case .fits(let packing, let bins):
        let moves = load(chosen)
        return result(chosen, packing, bins, bound: min(firstOpen ?? moves, moves))
      case .open: firstOpen = min(firstOpen ?? .max, load(chosen))
      case .refuted: break
      }
      if isOver { break }
    }
    return oneByOne(bound: firstOpen.map { min($0, order.nextSum ?? $0) } ?? order.nextSum)
  }

  private func load(_ chosen: [Int]) -> Int {
    chosen.reduce(0) { $0 + problem.candidates[$1].load }
  }

  /// Whether what some candidates hold fits into the other bins, as far as a share of the work and
  /// the time that is left tell.
  private mutating func attempt(_ chosen: [Int], share: Double) -> Answer {
    let (packing, bins) = problem.packing(emptying: chosen)
    var settings = PackingOptions()
    settings.workLimit = isOver ? 0 : max(1, Int(Double(options.workLimit) * share))
    settings.timeLimit = options.timeLimit.map {
      max(.milliseconds(1), ($0 - (ContinuousClock.now - start)) / 4)
    }
    let result = packing.solve(settings)
    work += result.work
    if result.unplacedCount == 0 { return .fits(result, bins: bins) }
    return result.bound > 0 ? .refuted : .open
  }

  /// Empties bins one after the other as long as what they hold fits.
  private mutating func oneByOne(bound: Int?) -> ConsolidationResult {
    var chosen: [Int] = []
    var best: (PackingResult, bins: [Int])?
    if case .fits(let packing, let bins) = attempt([], share: 0) { best = (packing, bins) }
    for candidate in usable where chosen.count < problem.emptied {
      if case .fits(let packing, let bins) = attempt((chosen + [candidate]).sorted(), share: 0.005)
      {
        chosen = (chosen + [candidate]).sorted()
        best = (packing, bins)
      }
    }
    guard let best else { preconditionFailure("Nothing to move always fits.") }
    return result(chosen, best.0, best.bins, bound: bound)
  }

  private func result(
    _ chosen: [Int], _ packing: PackingResult, _ bins: [Int], bound: Int?
  ) -> ConsolidationResult {
    ConsolidationResult(
      emptied: chosen,
      placements: packing.placements.map { placements in
        placements.map { .init(bin: bins[$0.bin], count: $0.count) }
      }, moves: load(chosen), bound: bound, isComplete: chosen.count == problem.emptied,
      isRepeatable: options.timeLimit == nil)
  }
}
