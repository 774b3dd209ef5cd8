import Documents
import Foundation
import Migration
import Scenarios
import TestSupport
import Testing

/// Files of migration parameters that scenarios name.
struct MigrationParametersFileTests {
  private let cloud = Repository.root.appending(path: "scenarios/examples/evacuation.yaml").path

  /// A scenario that names a file of parameters; both lie in one folder.
  private func load(
    _ migration: String, file: String, overrides: [String] = []
  ) throws -> Scenario {
    let folder = FileManager.default.temporaryDirectory.appending(path: "berth-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let example = try Scenario.load(path: cloud)
    let text = "cloud: \(example.cloudPath)\nmigration: \(migration)\n"
    let path = folder.appending(path: "scenario.yaml")
    try text.write(to: path, atomically: true, encoding: .utf8)
    try file.write(
      to: folder.appending(path: "fitted.yaml"), atomically: true, encoding: .utf8)
    return try Scenario.load(
      path: path.path, overrides: overrides.map { try Override(parsing: $0) })
  }

  private let fitted = "{gap: 2 s, stream_rate: 512 MiB/s, source: measured here}\n"

  @Test func `values of the file count where the scenario says nothing`() throws {
    let record = try load("{parameters: fitted.yaml, gap: 3 s}", file: fitted).record.migration
    #expect(record[parameter: "gap"] == 3)
    #expect(record[parameter: "stream_rate"] == 512)
    #expect(record.parameters.streamRate.value == 512)
    #expect(record.parameters.streamRate.source == "measured here; gap: stated in the scenario")
    #expect(record[parameter: "contention"] == nil)
  }

  @Test func `the resolved scenario stands for itself`() throws {
    let scenario = try load("{parameters: fitted.yaml}", file: fitted)
    #expect(scenario.record.migration.source == "measured here")
    #expect(!scenario.resolvedYAML.contains("parameters"))
    #expect(scenario.resolvedYAML.contains("measured here"))
    let other = try load(
      "{parameters: fitted.yaml}", file: fitted.replacing("512", with: "513"))
    #expect(scenario.sha256 != other.sha256)
  }

  @Test func `options come before the file`() throws {
    let record = try load(
      "{parameters: fitted.yaml}", file: fitted, overrides: ["migration.gap=4 s"]
    ).record.migration
    #expect(record[parameter: "gap"] == 4 && record[parameter: "stream_rate"] == 512)
  }

  @Test(arguments: [
    "{gap: 2}", "{gapp: 2 s}", "{memory_share: 1.5}", "{parameters: fitted.yaml}", "[1]",
  ])
  func `what is wrong in the file is said with its name`(file: String) throws {
    do {
      _ = try load("{parameters: fitted.yaml}", file: file)
      Issue.record("\(file) was accepted")
    } catch ScenarioError.invalid(let reading) {
      #expect(reading.errorCount > 0)
      #expect(reading.diagnostics.allSatisfy { $0.file.hasSuffix("/fitted.yaml") })
    }
  }

  @Test func `a file that is not there is an error of the file`() throws {
    do {
      _ = try load("{parameters: nowhere.yaml}", file: fitted)
      Issue.record("nowhere.yaml was accepted")
    } catch ScenarioError.document(let error) {
      #expect(error.path?.hasSuffix("/nowhere.yaml") == true)
    }
  }
}
