import Foundation
import TestSupport

/// The test vectors of the SCS checker, kept beside the repository and not in it.
enum FlavorNameVectors {
  /// The rows of `file` as dictionaries by column; empty if the file is not there.
  static func rows(of file: String) -> [[String: String]] {
    guard let folder,
      let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
    else { return [] }
    let records = records(of: text)
    guard let header = records.first else { return [] }
    return records.dropFirst().filter { $0.count == header.count }.map { record in
      Dictionary(uniqueKeysWithValues: zip(header, record))
    }
  }

  /// Whether the vectors are there.
  static let areAvailable = folder != nil

  private static let folder = Repository.shared("data/scs-flavors")

  /// Comma-separated records; a field in quotes may hold commas and doubled quotes.
  private static func records(of text: String) -> [[String]] {
    text.split(whereSeparator: \.isNewline).map { line in
      var fields = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"":
          isQuoted.toggle()
        case "," where !isQuoted:
          fields.append("")
        default:
          fields[fields.count - 1].append(character)
        }
      }
      return fields
    }
  }
}
