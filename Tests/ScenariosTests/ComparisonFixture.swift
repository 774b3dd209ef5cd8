import Documents
import Foundation
import Scenarios

/// Run folders written by hand, in a folder that is removed at the end.
final class ComparisonFixture {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "compare-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// The path of a run.
  func path(_ name: String) -> String { root.appending(path: name).path }

  /// Writes a run and returns its path.
  @discardableResult
  func run(
    _ name: String, _ table: String, seed: Int = 1, cloud: String = "c0", hosts: String = "n1",
    settings: String = "", ending: String = "\"end\": \"2026-11-24T10:00:00Z\""
  ) throws -> String {
    let folder = root.appending(path: name)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "tables"), withIntermediateDirectories: true)
    let manifest = """
      {"program": "berth 1", "cloud_sha256": "\(cloud)", "seed": \(seed), \(ending)}
      """
    let scenario = "name: \(name)\ncloud: c.json\nevacuation: {hosts: [\(hosts)]}\n\(settings)\n"
    for (file, text) in [
      ("manifest.json", manifest), ("scenario.yaml", scenario), ("tables/replications.csv", table),
    ] {
      try text.write(to: folder.appending(path: file), atomically: true, encoding: .utf8)
    }
    return folder.path
  }

  /// A table with one measure.
  static func table(_ measure: String, _ values: [Double], from first: Int = 0) -> String {
    "replication,\(measure)\n"
      + values.enumerated().map { "\($0 + first),\($1)\n" }.joined()
  }
}
