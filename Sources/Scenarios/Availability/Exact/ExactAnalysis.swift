package import Availability
import Documents

/// The exact answer to a problem.
package struct ExactAnswer: Sendable {
  /// The name of the problem.
  package let id: String
  /// Its kind.
  package let kind: ExactKind
  /// What was found.
  package let result: Result

  /// What was found, by what was asked.
  package enum Result: Sendable {
    /// About a tree.
    case tree(FaultTree, FaultTreeAnalysis)
    /// About a chain.
    case chain(MarkovChain, ChainAnswer)
    /// The share of time without a majority for each layout.
    case quorum([QuorumShare])
    /// What the loss of a zone costs.
    case loss(ZoneLoss.Cost)
    /// About times up and down, watched for some hours.
    case renewal(AlternatingRenewal, intervalHours: Double)
    /// Shares of common causes.
    case shares([ExactProblem.NamedShare])
  }

  /// The share of time without a majority.
  package struct QuorumShare: Sendable {
    /// Members in each zone.
    package let layout: [Int]
    /// The share of time.
    package let unavailability: Double
  }
}

/// Solves files of problems.
package enum ExactAnalysis {
  /// The answers to all problems of a file, in its order; cut sets of a tree are listed if there are
  /// at most so many.
  ///
  /// **Errors**: `ScenarioError` with every problem that is too large to be solved, and what would
  /// make it smaller.
  package static func answers(
    to file: ExactFile, listedCutSets: Int = 100
  ) throws(ScenarioError) -> [ExactAnswer] {
    var limits = FaultTreeAnalysis.Limits()
    limits.listedCutSets = listedCutSets
    var reading = file.reading
    var answers: [ExactAnswer] = []
    for problem in file.problems {
      if let result = result(of: problem, limits, &reading) {
        answers.append(ExactAnswer(id: problem.id, kind: problem.kind, result: result))
      }
    }
    guard reading.isValid else { throw .invalid(reading) }
    return answers
  }

  private static func result(
    of problem: ExactProblem, _ limits: FaultTreeAnalysis.Limits, _ reading: inout Reading
  ) -> ExactAnswer.Result? {
    switch problem.question {
    case .tree(let tree):
      do throws(FaultTreeRefusal) {
        return .tree(tree, try FaultTreeAnalysis(tree, limits: limits))
      } catch {
        report(problem, .tooLarge, error.words, error.help, &reading)
        return nil
      }
    case .chain(let chain):
      do throws(MarkovChainError) {
        return .chain(chain, try chain.solved())
      } catch {
        for found in error.problems {
          report(problem, found.code, found.words(chain.states), found.help, &reading)
        }
        return nil
      }
    case .quorum(let quorum, let layouts):
      return .quorum(
        layouts.map { .init(layout: $0, unavailability: quorum.unavailability(layout: $0)) })
    case .loss(let loss): return .loss(loss.cost)
    case .renewal(let renewal, let interval):
      return .renewal(renewal, intervalHours: interval)
    case .shares(let shares): return .shares(shares)
    }
  }

  /// Notes what was found while solving at the place of the problem's input.
  private static func report(
    _ problem: ExactProblem, _ code: DiagnosticCode, _ words: String, _ help: String,
    _ reading: inout Reading
  ) {
    for step in problem.path { reading.enter(step) }
    reading.report(
      code, "\(reading.path) of `\(problem.id)` " + words, at: problem.place, help: help)
    for _ in problem.path { reading.leave() }
  }
}

extension FaultTreeRefusal {
  /// What is too large, after the path of the tree.
  fileprivate var words: String {
    switch self {
    case .tooManyEvents(let count, let limit):
      "depends on \(count) basic events; exact answers are for at most \(limit)"
    case .tooManyGates(let count, let limit):
      "has \(count) gates; exact answers are for at most \(limit)"
    case .tooManyNodes(let gate, let limit):
      "needs a decision diagram of more than \(limit) nodes at its gate `\(gate)`"
    }
  }

  /// What would make it smaller.
  var help: String {
    switch self {
    case .tooManyEvents, .tooManyGates:
      "put parts that always fail together into one event, and solve independent subtrees alone: "
        + "each becomes one event with its probability"
    case .tooManyNodes(let gate, _):
      "the events below `\(gate)` are shared in too many ways: solve an independent subtree alone "
        + "and put its probability there as one event, list the parts of a rack or zone one after "
        + "the other, or simulate instead"
    }
  }
}
