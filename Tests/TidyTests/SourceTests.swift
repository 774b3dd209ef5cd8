import Foundation
import TestSupport
import Testing

/// Habits that a reader relies on, held against the tree.
struct SourceTests {
  static let sources = Repository.files(below: "Sources", suffix: ".swift")
  static let texts =
    [
      "README.md", "CONTRIBUTING.md", "Makefile", "Package.swift", ".ci/run",
    ] + Repository.files(below: "docs", suffix: ".md")
    + Repository.files(below: "scripts", suffix: "") + sources
    + Repository.files(below: "Tests", suffix: ".swift")

  @Test func `no source file is longer than four hundred lines`() throws {
    for file in Self.sources {
      let lines = try Repository.text(of: file).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count
      #expect(lines <= 401, "\(file) has \(lines) lines")
    }
  }

  @Test func `no type has a name that says nothing`() throws {
    let pattern = try Regex(
      #"\b(class|struct|enum|protocol|actor) \w*(Manager|Helper|Utils|Util)\b"#)
    for file in Self.sources {
      let text = try Repository.text(of: file)
      #expect(text.firstMatch(of: pattern) == nil, "\(file)")
    }
  }

  @Test(arguments: ["try" + "!", "fatal" + "Error(", " as" + "! ", "nonisolated(" + "unsafe)"])
  func `no source traps where it could say what is wrong`(word: String) throws {
    for file in Self.sources {
      let text = try Repository.text(of: file)
      #expect(!text.contains(word), "\(file) contains \(word)")
    }
  }

  @Test func `nothing names a path of one machine`() throws {
    let paths = ["/" + "work/", "/" + "root/", "/opt/" + "swift"]
    for file in Self.texts
    where FileManager.default.fileExists(atPath: Repository.root.appending(path: file).path) {
      let text = try Repository.text(of: file)
      for path in paths { #expect(!text.contains(path), "\(file) contains \(path)") }
    }
  }

  @Test func `every package declaration is documented`() throws {
    let pattern = try Regex(
      #"^\s*(@\w+(\(.*\))?\s+)*package (private\(set\) )?(mutating |static |final |nonisolated )*(let|var|func|init|struct|enum|class|protocol|subscript|typealias|actor)\b"#
    )
    for file in Self.sources {
      let lines = try Repository.text(of: file).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      for (number, line) in lines.enumerated() where line.firstMatch(of: pattern) != nil {
        #expect(Self.isDocumented(lines, number), "\(file):\(number + 1): \(line)")
      }
    }
  }

  /// Whether the lines above a declaration end in a doc comment, or the declaration is a
  /// requirement of a protocol that is documented there.
  private static func isDocumented(_ lines: [String], _ number: Int) -> Bool {
    var above = number - 1
    while above >= 0, lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("@") {
      above -= 1
    }
    if above >= 0, lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("///") {
      return true
    }
    return inherited.contains { lines[number].contains($0) }
  }

  /// Requirements of protocols, documented with the protocol.
  private static let inherited = [
    "static let name", "static let summary", "static let source", "static let parameters",
    "init() {}", "init(options", "func decide(", "func method(",
    "static func <", "static func ==",
  ]
}
