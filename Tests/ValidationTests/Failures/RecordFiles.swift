import Foundation

/// A folder with tables made for one test; it is removed with its last holder.
final class RecordFiles {
  let path: String

  init(_ tables: [String: String]) throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "berth-records-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in tables {
      try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
