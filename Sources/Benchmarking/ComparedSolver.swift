package import Policies

/// A way of packing that can be compared with others on one instance.
package enum ComparedSolver: Sendable, Equatable {
  /// The pooled bound, patterns and repairs of this program, with GLPK.
  case recipe
  /// Another solver on the exact program.
  case other(OtherSolver)

  /// All of them.
  package static let all = [ComparedSolver.recipe] + OtherSolver.allCases.map { .other($0) }

  /// The name by which it is chosen.
  package var name: String {
    switch self {
    case .recipe: "glpk"
    case .other(let solver): solver.rawValue
    }
  }

  /// The one with a name.
  package init?(named name: String) {
    guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// Whether it can be run here.
  package var isInstalled: Bool {
    if case .other(let solver) = self { return solver.path != nil }
    return true
  }

  /// What packing gave and took.
  package struct Outcome: Sendable {
    /// The packing.
    package var result: PackingResult
    /// CPU time in seconds.
    package var cpuSeconds: Double
    /// Why the packing is not the solver's own, in one phrase; nil if it is.
    package var remark: String?
  }

  /// Packs, and measures the CPU time in seconds.
  ///
  /// Another solver gets the time limit for each goal, or ten seconds; where it finds nothing, the
  /// packing is that of the largest first. nil where it is not installed.
  package func solve(
    _ problem: PackingProblem, _ options: PackingOptions
  ) -> Outcome? {
    switch self {
    case .recipe:
      let before = ProcessUsage.cpuSeconds
      let result = problem.solve(options)
      return Outcome(result: result, cpuSeconds: ProcessUsage.cpuSeconds - before)
    case .other(let solver):
      guard solver.path != nil else { return nil }
      let limit = (options.timeLimit ?? .seconds(10)) / .seconds(1)
      return solver.pack(problem, seconds: limit)
    }
  }
}

extension OtherSolver {
  /// Packs by the exact program, one goal after the other.
  fileprivate func pack(
    _ problem: PackingProblem, seconds: Double
  ) -> ComparedSolver.Outcome {
    var result = problem.bestFitDecreasing()
    result.isRepeatable = false
    let exact = ExactPacking(problem)
    let answer = solve(exact.program, seconds: seconds)
    var cpuSeconds = answer?.cpuSeconds ?? 0
    var bound = 0
    var lack = answer?.failure
    if let values = answer?.values {
      let packing = exact.packing(values)
      if packing.unplacedWeight <= result.unplacedWeight {
        result = packing
      } else {
        lack = "its plan leaves out more"
      }
    }
    if let lower = answer?.bound, lower.isFinite { bound = Int((lower - 1e-6).rounded(.up)) }
    result.bound = min(max(0, bound), result.unplacedWeight)
    let remark = lack.map { "\($0); the packing is that of the largest first" }
    guard problem.reference != nil else {
      return .init(result: result, cpuSeconds: cpuSeconds, remark: remark)
    }
    let second = ExactPacking(problem, holding: result.unplacedWeight)
    let next = solve(second.program, seconds: seconds)
    cpuSeconds += next?.cpuSeconds ?? 0
    let first = result
    if let values = next?.values {
      let packing = second.packing(values)
      if packing.unplacedWeight <= first.unplacedWeight,
        packing.references ?? 0 >= first.references ?? 0
      {
        result = packing
        result.bound = first.bound
      }
    }
    let room = problem.referenceRoom
    let upper = next?.bound.flatMap { $0.isFinite ? Int((-$0 + 1e-6).rounded(.down)) : nil }
    result.referenceBound = max(min(room, upper ?? room), result.references ?? 0)
    return .init(result: result, cpuSeconds: cpuSeconds, remark: remark)
  }
}
