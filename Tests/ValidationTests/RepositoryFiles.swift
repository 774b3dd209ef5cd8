import Foundation

/// Finds files of the repository and of the folder of recorded data beside it.
enum RepositoryFiles {
  /// The folder that holds the manifest; nil where the sources are not in a repository.
  static let root: URL? = {
    var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let manifest = folder.appending(path: "Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { return folder }
    }
    return nil
  }()

  /// The copy of the OSIC benchmark in the repository.
  static let benchmark: String? = existing(
    root?.appending(path: "data/openstack-livemigration-osic"))

  /// The path, if something is there.
  private static func existing(_ place: URL?) -> String? {
    guard let place, FileManager.default.fileExists(atPath: place.path) else { return nil }
    return place.path
  }
}
