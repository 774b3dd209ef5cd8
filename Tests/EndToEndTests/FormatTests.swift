import Foundation
import Testing

/// Every result in every format, and the same bytes each time.
struct FormatTests {
  static let commands: [(words: [String], keys: [String])] = [
    (["flavor", "list"], ["name", "vcpus", "ram_mib", "disk_gb", "document"]),
    (["flavor", "parse", "SCS-2V-8-20s", "nonsense"], ["name"]),
    (["policies", "list"], ["kind", "name", "summary", "parameters"]),
    (["doctor"], ["name", "kind", "state", "enables"]),
    (["plan", "show", "plan.json"], ["format_version", "verdict", "moves", "bounds", "solver"]),
    (
      ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1"],
      [
        "format_version", "hosts", "verdict", "probability", "duration_s", "bounds", "waves",
        "moves", "left_behind", "steps", "classes", "parameters", "notes", "solver", "repeatable",
      ]
    ),
    (
      ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--policy", "all"],
      ["strategy", "verdict", "probability", "p50_s", "p95_s", "live", "left_behind"]
    ),
    (["run", "cloud.yaml", "--hosts", "host-1", "--out", "r", "--force"], ["verdict", "moves"]),
  ]

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    _ = try BoundedProcess.run(
      ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--out", "plan.json"], in: folder)
    return folder
  }

  @Test(arguments: commands.indices)
  func `a result can be had in every format`(index: Int) throws {
    let (words, keys) = Self.commands[index]
    let folder = try Self.folder()
    func text(_ options: String...) throws -> String {
      let result = try BoundedProcess.run(words + options, in: folder)
      #expect(result.code == (words.contains("nonsense") ? 2 : 0), Comment(rawValue: result.stderr))
      return result.stdout
    }
    let json = try JSONSerialization.jsonObject(with: Data(try text("-f", "json").utf8))
    let object = try #require(json as? [String: Any] ?? (json as? [[String: Any]])?.first)
    for key in keys { #expect(object[key] != nil, "\(words) has no \(key)") }
    let same = try JSONSerialization.jsonObject(with: Data(try text("--json").utf8))
    #expect((same as? [String: Any])?.keys == (json as? [String: Any])?.keys)
    for line in try text("-f", "jsonl").split(separator: "\n") {
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
    let header = try #require(try text("-f", "csv").split(separator: "\n").first)
    let columns = header.split(separator: ",").map(String.init)
    #expect(columns.count > 1 && Set(columns).count == columns.count)
    let table = try text("-f", "md").split(separator: "\n")
    #expect(table.count >= 2 && table.allSatisfy { $0.hasPrefix("|") && $0.hasSuffix("|") })
    #expect(table[0] == "| " + columns.joined(separator: " | ") + " |")
    let yaml = try text("-f", "yaml")
    #expect(yaml.hasPrefix(json is [Any] ? "- " : "\(keys[0]): ") || yaml.contains("\(keys[0]):"))
    let rows = try JSONSerialization.jsonObject(
      with: Data(try text("-f", "json", "-c", columns[1], "-c", columns[0]).utf8))
    for row in try #require(rows as? [[String: Any]]) {
      #expect(Set(row.keys) == Set(columns.prefix(2)))
    }
    let values = try text("-f", "value", "-c", columns[0]).split(separator: "\n")
    #expect(values.count == (rows as? [Any])?.count)
    #expect(try !text("--sort-column", columns[0]).isEmpty)
    #expect(try !text("--width", "40", "-c", columns[0]).isEmpty)
  }

  @Test func `the environment changes no result`() throws {
    let folder = try Self.folder()
    let plan = ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1"]
    let plain = try BoundedProcess.run(plan, in: folder).stdout
    for variables in [
      ["NO_COLOR": "1"], ["NO_COLOR": ""], ["TERM": "dumb"], ["TERM": "xterm-256color"],
      ["FORCE_COLOR": "0"], ["LC_ALL": "de_DE.UTF-8"], ["LC_ALL": "C"], ["LANG": ""],
      ["TZ": "Asia/Tokyo"], ["COLUMNS": "wide"], ["COLUMNS": "-3"], ["COLUMNS": "9999999999"],
      ["HOME": "/nonexistent"], ["SOURCE_DATE_EPOCH": "0"],
    ] {
      let result = try BoundedProcess.run(plan, in: folder, environment: variables)
      #expect(result.code == 0 && result.stderr.isEmpty, "\(variables)")
      #expect(result.stdout == plain, "\(variables)")
    }
    #expect(!plain.contains("\u{1B}"))
  }

  @Test func `the same question has the same bytes with any number of workers`() throws {
    let folder = try Self.folder()
    func files(_ name: String, _ workers: String) throws -> [String: Data] {
      let result = try BoundedProcess.run(
        [
          "run", "cloud.yaml", "--hosts", "host-1", "--out", name, "--workers", workers, "--seed",
          "7", "-q",
        ], in: folder)
      #expect(result.code == 0, Comment(rawValue: result.stderr))
      var files: [String: Data] = [:]
      for path in folder.content where path.hasPrefix(name + "/") {
        let relative = String(path.dropFirst(name.count + 1))
        files[relative] = FileManager.default.contents(atPath: folder.path(path))
      }
      let kept = files.removeValue(forKey: "manifest.json")
      let manifest = try #require(kept)
      var facts = try #require(
        try JSONSerialization.jsonObject(with: manifest) as? [String: Any])
      for key in ["start", "end"] {
        let value = facts.removeValue(forKey: key)
        #expect(value is String)
      }
      files["manifest"] = try JSONSerialization.data(
        withJSONObject: facts, options: [.sortedKeys])
      return files
    }
    let first = try files("a", "1")
    #expect(first.keys.contains("plan.json") && first.keys.contains("events.jsonl.gz"))
    #expect(try files("b", "1") == first)
    #expect(try files("c", "2") == first)
    let shown = try ["1", "2"].map { workers in
      try BoundedProcess.run(
        ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--workers", workers], in: folder
      ).stdout
    }
    #expect(shown[0] == shown[1] && !shown[0].isEmpty)
  }
}
