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
    "Availability": ["Stochastics"],
    "Simulator": ["CloudModel", "Stochastics", "Migration", "Availability"],
    "Policies": ["CloudModel", "Stochastics", "Optimization", "Migration"],
    "Scenarios": [
      "Documents", "Stochastics", "CloudModel", "Optimization", "Migration", "Availability",
      "Simulator", "Policies",
    ],
    "Collector": ["Documents", "CloudModel", "Scenarios"],
    "Validation": [
      "Documents", "Stochastics", "CloudModel", "Migration", "Simulator", "Policies", "Scenarios",
      "Collector",
    ],
    "Benchmarking": [
      "Documents", "Stochastics", "CloudModel", "Optimization", "Simulator", "Policies",
    ],
    "Reporting": [
      "Documents", "Stochastics", "CloudModel", "Availability", "Simulator", "Scenarios",
      "Validation",
    ],
    "berth": [
      "ArgumentParser", "Documents", "CloudModel", "Optimization", "Simulator", "Policies",
      "Scenarios", "Collector", "Validation", "Benchmarking", "Reporting",
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

  @Test func `no floor rests on one above it`() throws {
    var settled: Set<String> = ["Yams", "CZlib", "CGLPKShims", "ArgumentParser"]
    var waiting = Self.floors
    while let next = waiting.keys.sorted().first(where: { name in
      waiting[name]?.isSubset(of: settled) == true
    }) {
      settled.insert(next)
      waiting[next] = nil
    }
    #expect(waiting.isEmpty, "these rest on one another: \(waiting.keys.sorted())")
    #expect(Self.floors["Policies"]?.contains("Simulator") == false)
    #expect(Self.floors["Simulator"]?.contains("Policies") == false)
  }

  @Test func `the manifest gives each floor what this table gives it`() throws {
    let manifest = try Repository.text(of: "Package.swift")
    for (floor, below) in Self.floors where floor != "berth" {
      let pattern = try Regex(#"floor\(\s*"\#(floor)"(?:,\s*on: \[([^\]]*)\])?"#)
      let match = try #require(manifest.firstMatch(of: pattern), "no floor \(floor)")
      let names = (match.output[1].substring ?? "").split(whereSeparator: { ", \n\"".contains($0) })
      let declared = Set(names.map { $0 == "yams" ? "Yams" : String($0) })
      #expect(declared == below, "\(floor) rests on other floors in Package.swift")
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
