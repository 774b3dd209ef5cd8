import Foundation
import TestSupport

/// The instance files that lie beside the repository; tests that need them are skipped without.
enum SharedInstances {
  static let folder = Repository.shared("data/placement-instances")

  static func read(_ name: String) throws -> [UInt8] {
    guard let folder else { return [] }
    return [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json")))
  }
}
