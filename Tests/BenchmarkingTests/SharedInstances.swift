import Foundation

/// The instance files that lie beside the repository; tests that need them are skipped without.
enum SharedInstances {
  static let folder: URL? = {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
        let shared = folder.deletingLastPathComponent()
          .appending(path: "shared/data/placement-instances")
        return FileManager.default.fileExists(atPath: shared.path) ? shared : nil
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  static func read(_ name: String) throws -> [UInt8] {
    guard let folder else { return [] }
    return [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json")))
  }
}
