import Foundation
import Testing

/// Plan files that are cut off, foreign or altered.
struct BadPlanTests {
  /// A folder with a cloud and a plan made of it.
  private static func folderWithPlan() throws -> (folder: TemporaryFolder, plan: String) {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    let result = try BoundedProcess.run(
      ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--out", "plan.json"], in: folder)
    #expect(result.code == 0, Comment(rawValue: result.stderr))
    return (folder, try String(contentsOfFile: folder.path("plan.json"), encoding: .utf8))
  }

  @Test func `a spoilt plan is refused with its place`() throws {
    let (folder, plan) = try Self.folderWithPlan()
    let cases: [(text: String, label: String, place: String?)] = [
      (String(plan.prefix(plan.count / 2)), "E0101", nil),
      (
        plan.replacing("\"format_version\": \"1.0\"", with: "\"format_version\": \"2.0\""),
        "E0109", "2:21"
      ),
      (
        plan.replacing("\"format_version\": \"1.0\"", with: "\"format_version\": \"0.9\""),
        "E0109", "2:21"
      ),
      (plan.replacing("\"seed\": 1", with: "\"seed\": -1"), "E0104", nil),
      (plan.replacing("\"probability\": 1.0", with: "\"probability\": 2.0"), "E0104", nil),
      (plan.replacing("\"verdict\": \"fits\"", with: "\"verdict\": \"perhaps\""), "E0104", nil),
      (plan.replacing("\"verdict\"", with: "\"verdikt\""), "E0110", nil),
      (plan.replacing("\"moves\": [", with: "\"moves\": [7,"), "E0104", nil),
    ]
    for (number, bad) in cases.enumerated() {
      #expect(bad.text != plan, "case \(number) changes nothing")
      try folder.write(bad.text, to: "bad.json")
      for command in [["plan", "show"], ["plan", "export"], ["check"]] {
        let result = try BoundedProcess.run(command + ["bad.json"], in: folder)
        if command == ["check"], bad.label == "E0101" || bad.label == "E0110" {
          // Without its verdict it is no plan, but no other file either.
          #expect(result.code == 65, "case \(number): \(result.stderr)")
          continue
        }
        expectError(result, 65, bad.label, at: bad.place.map { "bad.json:\($0)" })
      }
    }
  }

  @Test func `of another major version only the version is said`() throws {
    let (folder, plan) = try Self.folderWithPlan()
    let text = plan.replacing("\"format_version\": \"1.0\"", with: "\"format_version\": \"2.0\"")
      .replacing("\"moves\"", with: "\"tours\"").replacing("\"seed\": 1", with: "\"seed\": []")
    try folder.write(text, to: "bad.json")
    let result = try BoundedProcess.run(
      ["plan", "show", "bad.json", "--error-format", "json"], in: folder)
    let problems = try result.problems
    #expect(result.code == 65 && problems.count == 1)
    #expect(problems.first?["code"] as? String == "E0109")
  }

  @Test func `other files are no plans`() throws {
    let (folder, _) = try Self.folderWithPlan()
    try folder.write("{}", to: "empty.json")
    for (file, label) in [("cloud.yaml", "E0110"), ("empty.json", "E0105")] {
      expectError(try BoundedProcess.run(["plan", "show", file], in: folder), 65, label)
    }
    let result = try BoundedProcess.run(["run", "plan.json"], in: folder)
    #expect(result.code == 65 && result.stdout.isEmpty)
    #expect(!folder.content.contains("runs"))
  }
}
