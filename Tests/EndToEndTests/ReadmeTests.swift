import Foundation
import TestSupport
import Testing

/// The commands of the README print what the README says.
struct ReadmeTests {
  private struct Command {
    var line: String
    var expected: [String]
  }

  /// The commands of the console blocks; a line `...` in the output stands for any lines.
  private func commands(of text: String) -> [Command] {
    var result: [Command] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        result.append(Command(line: String(line.dropFirst(2)), expected: []))
      } else if isInside, !result.isEmpty {
        result[result.count - 1].expected.append(line)
      }
    }
    return result
  }

  @Test func `every console block is true`() throws {
    let folder = try TemporaryFolder()
    for name in ["scenarios", "data"] {
      try FileManager.default.copyItem(
        at: Repository.root.appending(path: name), to: URL(filePath: folder.path(name)))
    }
    let commands = commands(of: try Repository.text(of: "README.md"))
    #expect(commands.count >= 7)
    for command in commands {
      var words = command.line.split(separator: " ").map(String.init)
      #expect(words.removeFirst() == "berth", "\(command.line)")
      let result = try BerthProcess.run(words, in: folder.path)
      let output = result.stdout.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init).dropLast()
      #expect(
        Self.matches(Array(output), command.expected),
        "\(command.line) printed:\n\(result.stdout)\(result.stderr)")
    }
  }

  /// Whether lines are as expected, where `...` stands for any number of lines.
  private static func matches(_ lines: [String], _ expected: [String]) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    let rest = Array(expected.dropFirst())
    if first == "..." {
      return (0...lines.count).contains { matches(Array(lines.dropFirst($0)), rest) }
    }
    return lines.first == first && matches(Array(lines.dropFirst()), rest)
  }
}
