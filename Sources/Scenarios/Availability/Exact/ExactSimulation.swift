import Availability
package import Simulator
import Stochastics

/// A problem that has an exact answer, sampled instead: how far samples can be trusted.
package struct SimulatedAnswer: Sendable {
  /// The name of the problem, of a quorum with its layout.
  package let id: String
  /// Its kind.
  package let kind: ExactKind
  /// The exact share of time, or chance, of being down.
  package let exact: Double
  /// The estimates of the seeds, in their order.
  package let estimates: [SampledEstimate]

  /// For how many seeds the interval holds the exact value.
  package var covered: Int { estimates.count { $0.interval.contains(exact) } }

  /// The median over the seeds of the half-width over the exact value; nil where that is 0.
  package var medianHalfWidth: Double? {
    guard exact > 0 else { return nil }
    let widths = estimates.map { $0.interval.halfWidth / exact }.sorted()
    let middle = widths.count / 2
    return widths.count % 2 == 1 ? widths[middle] : (widths[middle - 1] + widths[middle]) / 2
  }
}

/// How much is sampled.
package struct SamplingEffort: Sendable {
  /// Samples of a tree, cycles of a chain, at first.
  package var samples = 20_000
  /// The half-width over the estimate that is asked for; nil: as it comes.
  package var halfWidth: Double?
  /// Samples beyond which no more are drawn.
  private static let most = 64_000_000

  /// The usual effort.
  package init() {}

  /// Estimates, anew with twice the samples until the interval is as narrow as asked for. An interval
  /// that hangs on fewer than a hundred hits of equal weight is never believed.
  func estimate(_ run: (_ samples: Int) -> SampledEstimate) -> SampledEstimate {
    var samples = samples
    var estimate = run(samples)
    guard let halfWidth else { return estimate }
    while estimate.relativeHalfWidth > halfWidth || estimate.effectiveHits < 100,
      samples * 2 <= Self.most
    {
      samples *= 2
      estimate = run(samples)
    }
    return estimate
  }
}

/// Samples trees, chains and quorums of a file.
package enum ExactSimulation {
  /// The answers to all problems in which there is chance, in the order of the file, for each of the
  /// seeds.
  ///
  /// **Errors**: `ScenarioError` with every problem that is too large to be solved exactly.
  package static func answers(
    to file: ExactFile, _ effort: SamplingEffort, seeds: ClosedRange<UInt64>
  ) throws(ScenarioError) -> [SimulatedAnswer] {
    let exact = try ExactAnalysis.answers(to: file, listedCutSets: 0)
    return zip(file.problems, exact).flatMap { problem, solution -> [SimulatedAnswer] in
      func answer(
        _ name: String, _ exact: Double, _ run: (UInt64, Int) -> SampledEstimate
      ) -> SimulatedAnswer {
        SimulatedAnswer(
          id: problem.id + name, kind: problem.kind, exact: exact,
          estimates: seeds.map { seed in effort.estimate { run(seed, $0) } })
      }
      switch (problem.question, solution.result) {
      case (.tree(let tree), .tree(_, let analysis)):
        return [answer("", analysis.probability) { sampled(tree, $1, $0) }]
      case (.chain(let chain), .chain(_, let solved)):
        return [answer("", solved.unavailability) { walked(chain, $1, $0) }]
      case (.quorum(let quorum, _), .quorum(let shares)):
        return shares.compactMap { share in
          guard let tree = try? quorum.faultTree(layout: share.layout) else { return nil }
          let layout = share.layout.map(String.init).joined(separator: "+")
          return answer(" \(layout)", share.unavailability) { sampled(tree, $1, $0) }
        }
      default: return []
      }
    }
  }

  private static func sampled(_ tree: FaultTree, _ samples: Int, _ seed: UInt64) -> SampledEstimate
  {
    var options = SampledTree.Options(seed: seed)
    options.samples = samples
    return SampledTree(tree, options).probability
  }

  private static func walked(
    _ chain: MarkovChain, _ cycles: Int, _ seed: UInt64
  ) -> SampledEstimate {
    var options = SampledChain.Options(seed: seed)
    options.cycles = cycles
    return SampledChain(chain, options).unavailability
  }
}
