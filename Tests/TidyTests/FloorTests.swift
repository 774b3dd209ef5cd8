import Foundation
import TestSupport
import Testing

/// The floors of the house: what each target may import of ours and of others.
struct FloorTests {
  /// Written out here, and not read from the manifest, so that a change of either needs the other.
  static let floors: [String: Set<String>] = [
    "Stochastics": [],
    "Documents": ["Yams", "CZlib"],
    "CloudModel": [],
    "Optimization": ["CGLPKShims"],
    "Migration": ["CloudModel", "Stochastics"],
    "Simulator": ["CloudModel", "Stochastics", "Migration"],
    "Policies": ["CloudModel", "Stochastics", "Optimization", "Migration"],
    "Scenarios": [
      "Documents", "Stochastics", "CloudModel", "Optimization", "Migration", "Simulator",
      "Policies",
    ],
    "Collector": ["Documents", "CloudModel", "Scenarios"],
    "Validation": ["Documents", "Stochastics", "CloudModel", "Migration", "Simulator"],
    "Reporting": ["Documents", "CloudModel", "Scenarios"],
    "Benchmarking": ["Documents", "Optimization", "Policies"],
    "berth": [
      "ArgumentParser", "Documents", "Stochastics", "CloudModel", "Optimization", "Migration",
      "Simulator", "Policies", "Scenarios", "Collector", "Validation", "Reporting", "Benchmarking",
    ],
  ]

  /// What every target may import: parts of the toolchain.
  static let toolchain: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch",
  ]

  @Test(arguments: floors.keys.sorted())
  func `a target imports only the floors below it`(target: String) throws {
    let allowed = try #require(Self.floors[target]).union(Self.toolchain)
    let files = Repository.files(below: "Sources/\(target)", suffix: ".swift")
    #expect(!files.isEmpty, "the target has no source files")
    for file in files {
      for line in try Repository.text(of: file).split(separator: "\n") {
        guard let module = Self.importedModule(String(line)) else { continue }
        #expect(allowed.contains(module), "\(file) imports \(module)")
      }
    }
  }

  @Test func `every folder of sources is a floor`() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appending(path: "Sources").path)
    let c: Set<String> = ["CGLPK", "CGLPKShims", "CZlib"]
    #expect(Set(folders).subtracting(c) == Set(Self.floors.keys))
  }

  /// The module that a line imports, or nil if it imports none.
  static func importedModule(_ line: String) -> String? {
    var words = line.split(separator: " ").map(String.init)
    if let first = words.first, ["package", "public", "internal", "private"].contains(first) {
      words.removeFirst()
    }
    guard words.first == "import", words.count >= 2 else { return nil }
    let isScoped = ["struct", "enum", "class", "func", "protocol", "let", "var"].contains(words[1])
    let path = isScoped && words.count >= 3 ? words[2] : words[1]
    return path.split(separator: ".").first.map(String.init)
  }

  @Test func `import lines are recognised`() {
    #expect(Self.importedModule("import Foundation") == "Foundation")
    #expect(Self.importedModule("package import CloudModel") == "CloudModel")
    #expect(Self.importedModule("import struct Foundation.URL") == "Foundation")
    #expect(Self.importedModule("  let important = 1") == nil)
  }
}
