import CloudModel
import Documents
import Foundation
import Scenarios
import Testing

/// Three hosts of 8 GiB, of which `a` is emptied: small enough to know every answer.
final class PlanFixture {
  static let cloud = """
    name: three
    flavors:
      - {name: small, vcpus: 1, memory: 2 GiB}
      - {name: large, vcpus: 1, memory: 4 GiB}
      - {name: huge, vcpus: 1, memory: 7 GiB}
    groups: [{name: apart, policy: anti-affinity}]
    hosts:
      - {name: a, vcpus: 16, memory: 8 GiB}
      - {name: b, vcpus: 16, memory: 8 GiB}
      - {name: c, vcpus: 16, memory: 8 GiB}
    vms:
      - {name: v1, flavor: large, host: a}
      - {name: v2, flavor: small, host: a, group: apart}
      - {name: w2, flavor: small, host: b, group: apart}

    """

  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file and returns its path.
  func write(_ text: String, to name: String) throws -> String {
    let path = folder.appending(path: name).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// A cloud as a scenario that empties `a`.
  func scenario(
    _ cloud: String = PlanFixture.cloud, name: String = "cloud.yaml", _ overrides: [String] = []
  ) throws -> Scenario {
    try Scenario.load(
      path: try write(cloud, to: name),
      overrides: [
        Override(["evacuation", "hosts"], .items(["a"])),
        Override(["evacuation", "window"], .text("1 h")), Override(["replications"], .integer(5)),
      ] + overrides.map { try Override(parsing: $0) })
  }

  /// The cloud with a passage replaced.
  static func replacing(_ old: String, _ new: String) -> String {
    precondition(cloud.contains(old), "The passage must stand in the cloud.")
    return cloud.replacing(old, with: new, maxReplacements: 1)
  }

  /// The plan for a scenario.
  static func plan(_ scenario: Scenario) async throws -> PlanRecord {
    try await EvacuationAnalysis.answer(try scenario.evacuationQuestion(), workers: 1).plan
  }

  /// The scenario of a plan whose moves were written by hand.
  static func move(
    _ vm: String, _ source: String, _ target: String?, wave: Int64 = 1,
    action: MoveAction = .live
  ) -> MoveRecord {
    var move = MoveRecord()
    (move.vm, move.vmID, move.source, move.target) = (vm, vm, source, target)
    (move.wave, move.action) = (wave, action)
    return move
  }

  /// The codes and lines of what is wrong with a journal.
  func problems(_ journal: String, of plan: PlanRecord) throws -> [String] {
    let path = try write(journal, to: "journal.jsonl")
    do {
      _ = try PlanJournal.read(path: path, of: plan)
      return []
    } catch {
      guard case .invalid(let reading) = error else { throw error }
      return reading.diagnostics.map { "\($0.code.label):\($0.place.line ?? 0)" }
    }
  }

  /// What is left of a plan after a journal.
  func resumption(
    _ plan: PlanRecord, _ journal: String, in scenario: Scenario, isNewer: Bool = false
  ) throws -> PlanResumption {
    let path = try write(journal, to: "journal.jsonl")
    return try PlanResumption(
      of: plan, journal: try PlanJournal.read(path: path, of: plan), in: scenario,
      isNewer: isNewer)
  }
}
