import Documents
import Foundation
import Reporting
import Scenarios
import TestSupport
import Testing

/// The example of a placed demand from file to summary, byte for byte.
struct PlacementGoldenTests {
  @Test func `the example gives the summary that was found right`() async throws {
    let path = Repository.root.appending(path: "scenarios/examples/placement.yaml").path
    let question = try Scenario.load(path: path).placementQuestion()
    let answer = try await PlacementAnalysis.answer(question, workers: 2)
    try GoldenFile.expect(PlacementSummary(answer).text, equals: "placement.txt")
    try GoldenFile.expect(
      PlacementTables.document(of: answer).json(.indented) + "\n", equals: "placement.json")
  }
}
