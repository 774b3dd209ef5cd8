import Foundation
import Stochastics
import TestSupport
import Testing
import Validation

/// The published figures of the failures of Los Alamos, from the tables as they lie there.
@Suite(.enabled(if: Repository.shared("data/lanl-failures") != nil))
struct LANLFiguresTests {
  private static func validation() throws -> FailureValidation {
    let folder = try #require(Repository.shared("data/lanl-failures")).path
    return try FailureValidation(folder: folder)
  }

  @Test func `the figures are reproduced to their last digit`() throws {
    let validation = try Self.validation()
    let figures = RecordedFigures(rows: validation.rows)
    try figures.expect("all/failures", 18_749, within: 0)
    try figures.expect("all/repair_min.p50", 60, within: 0.5)
    try figures.expect("all/repair_min.mean", 304, within: 0.5)
    try figures.expect("all/repair_min.p90", 311, within: 0.5)
    for (cause, count) in [
      ("hardware", 10_860.0), ("software", 4466), ("undetermined", 2175), ("network", 377),
      ("facilities", 307), ("human-error", 119),
    ] { try figures.expect("all/cause/\(cause).count", count, within: 0) }
    for (system, rate, repair) in [(18, 1.17, 2.99), (20, 1.30, 3.50)] {
      try figures.expect("system\(system)/failures_per_node_year", rate, within: 0.005)
      try figures.expect("system\(system)/repair_h.mean", repair, within: 0.005)
    }
    try figures.expect("system8/failures_per_node_year", 0.67, within: 0.005)
    try figures.expect("system8/repair_h.mean", 34.3, within: 0.05)
    try figures.expect("system18/node_availability", 0.99960, within: 0.000_005)
    try figures.expect("system20/node_availability", 0.99948, within: 0.000_005)
    try figures.expect("system18/gap.cv", 1.17, within: 0.005)
    try figures.expect("system20/gap.cv", 1.68, within: 0.005)
    try figures.expect("system18/repair_h.p50", 58.0 / 60, within: 0.5 / 60)
    #expect(try figures.row("system18/failures_per_node_year").count == 3997)
    try checkRepairs(validation)
  }

  private func checkRepairs(_ validation: FailureValidation) throws {
    let repair = try #require(
      validation.distributions.first { $0.group == "system18" && $0.subject == "repair" })
    #expect(repair.best?.fit.model.family == "lognormal")
    let sigma = try #require(
      repair.families.first { $0.fit.model.family == "lognormal" }?.fit.parameters.last)
    #expect(abs(sigma.value - 1.22) < 0.005)
    #expect(repair.isExponentialWrong)
    #expect(try #require(repair.exponential).distance > 3 * repair.criticalDistance)
    // Exponential repair of the same mean more than doubles the median.
    let median = try RecordedFigures(rows: validation.rows).row("system18/in_sample/repair_h.p50")
    let (naive, error) = (try #require(median.naiveError), try #require(median.error))
    #expect(naive > 1 && abs(error) < 0.25)
    let unknown = try RecordedFigures(rows: validation.rows).row(
      "system17/failures_per_node_year")
    #expect(unknown.measured == nil && unknown.basis.contains("not recorded"))
  }
}
