package import Policies

/// What solving one placement instance gave and took.
package struct PlacementBenchmark: Sendable, Equatable {
  /// The name of the instance.
  package let name: String
  /// Number of hosts.
  package let hosts: Int
  /// Number of hosts to be emptied.
  package let drained: Int
  /// Number of VMs that have to move.
  package let movable: Int
  /// Number of those left out by the recipe.
  package let unplaced: Int
  /// What solved it.
  package let solver: ComparedSolver
  /// No plan leaves out less.
  package let bound: Int
  /// (unplaced - bound) / max(1, bound)
  package let gap: Double
  /// True if no plan is better.
  package let isProven: Bool
  /// Number of VMs left out by packing the largest first.
  package let bestFitDecreasingUnplaced: Int
  /// The least possible number as the file states it, if it does.
  package let bestKnownUnplaced: Int?
  /// The packing with its bound, its model sizes and the reason of its end.
  package let result: PackingResult
  /// CPU time of the solver, in seconds.
  package let cpuSeconds: Double
  /// Why the packing is not the solver's own, in one phrase; nil if it is.
  package let remark: String?
  /// Most memory the process ever held, in bytes.
  package let peakMemoryBytes: Int64

  /// Solves an instance and measures; nil if the solver is not installed.
  ///
  /// The room that is left counts only when asked for. The CPU time counts all threads of the
  /// process: run one instance at a time.
  package init?(
    _ instance: PlacementInstance, _ options: PackingOptions = PackingOptions(),
    solver: ComparedSolver = .recipe, countsSlots: Bool = false
  ) {
    let problem =
      countsSlots ? instance.packingProblem : instance.packingProblem.withoutReference
    guard let outcome = solver.solve(problem, options) else { return nil }
    let result = outcome.result
    self.result = result
    self.solver = solver
    cpuSeconds = outcome.cpuSeconds
    remark = outcome.remark
    peakMemoryBytes = ProcessUsage.peakMemoryBytes
    let violations = problem.violations(of: result)
    precondition(violations.isEmpty, "The packing breaks its own rules: \(violations).")
    name = instance.name
    hosts = instance.hostCount
    drained = instance.drainedCount
    movable = instance.movableCount
    unplaced = result.unplacedCount
    bound = result.bound
    gap = result.gap
    isProven = result.isProvenOptimal
    bestKnownUnplaced = instance.bestKnownUnplaced
    bestFitDecreasingUnplaced = problem.bestFitDecreasing().unplacedCount
  }
}
