package import Availability
import Documents

/// A problem that is understood and checked.
package struct ExactProblem: Sendable {
  /// Its name.
  package let id: String
  /// Its kind.
  package let kind: ExactKind
  /// What is asked.
  package let question: Question
  /// Where its input stands, for messages.
  let place: Place
  /// The keys that lead to its input.
  let path: [PathStep]

  /// What is asked, with all that the answer depends on.
  package enum Question: Sendable {
    /// The probability, cut sets and importance of a tree.
    case tree(FaultTree)
    /// The long run of a chain.
    case chain(MarkovChain)
    /// The share of time without a majority, for members by zone.
    case quorum(Quorum, layouts: [[Int]])
    /// What the loss of a zone costs.
    case loss(ZoneLoss)
    /// The share of time down and how far an interval of some hours strays from it.
    case renewal(AlternatingRenewal, intervalHours: Double)
    /// Shares of common causes by the names of their records.
    case shares([NamedShare])
  }

  /// Counts of one record.
  package struct NamedShare: Sendable {
    /// The name of the record.
    package let name: String
    /// Its counts.
    package let share: CommonCauseShare
  }
}
