import Documents
package import Scenarios
import Simulator
import Stochastics

/// Samples beside exact answers.
package enum SimulatedTables {
  /// One row for each problem; with several seeds how often their intervals hold the exact value,
  /// with one the interval itself.
  package static func rows(of answers: [SimulatedAnswer]) -> Table {
    Table(
      objects: answers.map { answer in
        let first = answer.estimates.first
        return [
          "id": .text(answer.id), "kind": .text(answer.kind.rawValue),
          "exact": .number(answer.exact), "estimate": Document(first?.value),
          "ci_low": Document(first?.interval.low), "ci_high": Document(first?.interval.high),
          "effective_samples": Document(first?.effectiveHits),
          "samples": Document(first?.samples), "plain_samples": Document(first?.plainSamples),
          "seeds": Document(answer.estimates.count), "covered": Document(answer.covered),
          "median_half_width": Document(answer.medianHalfWidth),
        ]
      })
  }
}
