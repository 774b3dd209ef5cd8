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

/// Samples trees, chains and quorums of a file.
package enum ExactSimulation {
  /// The answers to all problems in which there is chance, in the order of the file, with so many
  /// samples (trees) or cycles (chains) for each of the seeds.
  ///
  /// **Errors**: `ScenarioError` with every problem that is too large to be solved exactly.
  package static func answers(
    to file: ExactFile, samples: Int, seeds: ClosedRange<UInt64>
  ) throws(ScenarioError) -> [SimulatedAnswer] {
    let exact = try ExactAnalysis.answers(to: file, listedCutSets: 0)
    return zip(file.problems, exact).flatMap { problem, answer -> [SimulatedAnswer] in
      switch (problem.question, answer.result) {
      case (.tree(let tree), .tree(_, let analysis)):
        let estimates = seeds.map { sampled(tree, samples, $0) }
        return [
          SimulatedAnswer(
            id: problem.id, kind: problem.kind, exact: analysis.probability, estimates: estimates)
        ]
      case (.chain(let chain), .chain(_, let answer)):
        let estimates = seeds.map { seed in
          var options = SampledChain.Options(seed: seed)
          options.cycles = samples
          return SampledChain(chain, options).unavailability
        }
        return [
          SimulatedAnswer(
            id: problem.id, kind: problem.kind, exact: answer.unavailability, estimates: estimates)
        ]
      case (.quorum(let quorum, _), .quorum(let shares)):
        return shares.compactMap { share in
          guard let tree = try? quorum.faultTree(layout: share.layout) else { return nil }
          let name = share.layout.map(String.init).joined(separator: "+")
          return SimulatedAnswer(
            id: "\(problem.id) \(name)", kind: problem.kind, exact: share.unavailability,
            estimates: seeds.map { sampled(tree, samples, $0) })
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
}
