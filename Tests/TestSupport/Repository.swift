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

  /// The folder with reference data beside the repository; tests that need it are skipped where it
  /// is absent.
  package static let shared: URL? = {
    let folder = root.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

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
