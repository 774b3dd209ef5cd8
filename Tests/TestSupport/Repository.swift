package import Foundation

/// Where the tests find the files of the project.
package enum Repository {
  /// The folder that holds `Package.swift`.
  package static let root: URL = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
      precondition(folder.path != "/", "The tests must lie below the folder with Package.swift.")
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  /// Something in the folder with reference data beside the repository; nil where it is absent, and
  /// then the tests that need it are skipped.
  package static func shared(_ path: String) -> URL? {
    let place = root.deletingLastPathComponent().appending(path: "shared/\(path)")
    return FileManager.default.fileExists(atPath: place.path) ? place : nil
  }

  /// The text of a file of the project.
  package static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// All files below a folder of the project whose names end so, sorted by path.
  package static func files(below folder: String, suffix: String) -> [String] {
    let base = root.appending(path: folder)
    let walk = FileManager.default.enumerator(atPath: base.path)
    var found: [String] = []
    while let path = walk?.nextObject() as? String {
      if path.hasSuffix(suffix), !path.contains(".build") { found.append(folder + "/" + path) }
    }
    return found.sorted()
  }
}
