import Documents
import Foundation
import Reporting
import Scenarios
import TestSupport
import Testing

/// The example scenarios from file to plan and summary, byte for byte.
struct EvacuationGoldenTests {
  private func answer(_ scenario: String, workers: Int = 1) async throws -> EvacuationAnswer {
    let path = Repository.root.appending(path: scenario).path
    let question = try Scenario.load(path: path).evacuationQuestion()
    return try await EvacuationAnalysis.answer(question, workers: workers)
  }

  @Test func `the example gives the plan that was found right`() async throws {
    var answer = try await answer("scenarios/examples/evacuation.yaml")
    // The path is what the caller named, here one of this machine.
    #expect(answer.plan.cloudFile.hasSuffix("scenarios/examples/testbed-a.json"))
    answer.plan.cloudFile = "testbed-a.json"
    try GoldenFile.expect(PlanFile.text(of: answer.plan), equals: "evacuation.plan.json")
    let summary = EvacuationSummary(answer.plan)
    try GoldenFile.expect(summary.answer + "\n" + summary.moves, equals: "evacuation.txt")
    try GoldenFile.expect(
      PlanExport.openstackCLI.text(of: answer.plan), equals: "evacuation.commands.sh")
    try GoldenFile.expect(PlanExport.moves.text(of: answer.plan), equals: "evacuation.moves.json")
    try GoldenFile.expect(PlanExport.md.text(of: answer.plan), equals: "evacuation.md")
    try GoldenFile.expect(PlanTimeline(answer.plan).svg, equals: "../../../docs/evacuation.svg")
  }

  @Test func `the number of workers changes nothing`() async throws {
    let one = try await answer("scenarios/examples/evacuation.yaml", workers: 1)
    for workers in [2, 3, 8] {
      let many = try await answer("scenarios/examples/evacuation.yaml", workers: workers)
      #expect(many.plan == one.plan)
      #expect(many.outcomes == one.outcomes)
    }
  }

  @Test func `the plan of a file is the plan that was written`() async throws {
    let plan = try await answer("scenarios/examples/evacuation.yaml").plan
    let folder = FileManager.default.temporaryDirectory.appending(path: "berth-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "plan.json").path
    try AtomicFile.write(PlanFile.text(of: plan), to: path)
    #expect(try PlanFile.read(path: path) == plan)
  }

  @Test func `the documentation of the keys is the one that the declarations give`() throws {
    let text = try Repository.text(of: "docs/scenario-keys.md")
    #expect(text == FileKind.markdown, "run `make keys`")
  }
}
