import Foundation
import Testing

/// Files whose text is already wrong: cut off, too deep, too large, no text at all.
struct BadTextTests {
  /// A text under a name, and what must be said about it.
  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var text: Data
    var label: String
    var place: String

    init(_ name: String, _ text: String, _ label: String, _ place: String) {
      self.init(name, Data(text.utf8), label, place)
    }

    init(_ name: String, _ text: Data, _ label: String, _ place: String) {
      (self.name, self.text, self.label, self.place) = (name, text, label, place)
    }

    var testDescription: String { "\(name) \(label) \(text.count)" }
  }

  /// Nine aliases of nine aliases, nine deep: a billion values in a few lines.
  static let bomb =
    (0..<9).reduce("a0: &a0 [x,x,x,x,x,x,x,x,x]\n") { text, level in
      let next = level + 1
      return text + "a\(next): &a\(next) ["
        + Array(repeating: "*a\(level)", count: 9).joined(separator: ",") + "]\n"
    }

  static let texts = [
    Bad("empty.yaml", "", "E0104", ":1:1"), Bad("empty.json", "", "E0101", ":1:1"),
    Bad("blank.yaml", "\n\n# nothing\n", "E0104", ":1:1"),
    Bad("list.json", "[]", "E0104", ":1:1"), Bad("null.json", "null", "E0104", ":1:1"),
    Bad("object.json", "{}", "E0105", ":1:1"), Bad("word.yaml", "hello", "E0104", ":1:1"),
    Bad("cut.yaml", String(SmallCloud.text.prefix(170)), "E0101", ":7:1"),
    Bad("cut.json", "{\"name\": \"c\", \"hosts\": [{\"name\": \"h\"", "E0101", ":1:37"),
    Bad("open.json", "{\"name\": \"c", "E0101", ":1:12"),
    Bad("comma.json", "{\"cloud\": [1,]}", "E0101", ":1:14"),
    Bad("twice.json", "{\"hosts\": [], \"hosts\": []}", "E0106", ":1:15"),
    Bad("huge.json", "{\"hosts\": [{\"vcpus\": 1e400}]}", "E0104", ":1:22"),
    Bad("alias.yaml", "name: *nobody\nhosts: []\n", "E0101", ":1:7"),
    Bad("two.yaml", "name: a\n---\nname: b\n", "E0101", ":2:1"),
    Bad("tag.yaml", "name: !!python/object:os.system [rm]\n", "E0101", ":1:7"),
    Bad("tab.yaml", "name: a\nhosts:\n\t- b\n", "E0101", ":3:1"),
    Bad("bomb.yaml", bomb, "E0102", ":7:10"),
    Bad("keys.yaml", bomb + "? *a8\n: x\n", "E0102", ":7:10"),
    Bad(
      "deep.json", String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000),
      "E0102", ":1:101"),
    Bad("deep.yaml", "name: " + String(repeating: "[", count: 5000), "E0102", ":1:8"),
    Bad(
      "indented.yaml", (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      "E0102", ":101:101"),
    Bad("latin.yaml", Data("name: ".utf8) + [0xE9, 0x0A], "E0103", " (byte 6)"),
    Bad("zero.yaml", Data("name: a".utf8) + [0], "E0103", " (byte 7)"),
    Bad("utf16.yaml", Data([0xFF, 0xFE, 0x6E, 0]), "E0103", ""),
  ]

  @Test(arguments: texts)
  func `a text that is wrong is refused with its place`(bad: Bad) throws {
    let folder = try TemporaryFolder()
    try folder.write(bad.text, to: bad.name)
    let result = try BoundedProcess.run(["check", bad.name], in: folder)
    expectError(result, 65, bad.label, at: bad.name + bad.place)
    #expect(folder.content == [bad.name])
  }

  /// 100 MB of nonsense, by how it is made.
  enum Garbage: String, CaseIterable, Sendable {
    case random, brackets, line, zeros, values

    var data: Data {
      let size = 100_000_000
      switch self {
      case .random:
        // A small generator with a fixed seed, eight bytes at a time.
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        var words = [UInt64](repeating: 0, count: size / 8)
        for index in words.indices {
          state ^= state << 13
          state ^= state >> 7
          state ^= state << 17
          words[index] = state
        }
        return words.withUnsafeBytes { Data($0) }
      case .brackets: return Data(repeating: UInt8(ascii: "["), count: size)
      case .line: return Data(repeating: UInt8(ascii: "a"), count: size)
      case .zeros: return Data(count: size)
      case .values:
        var data = Data("{\"name\": \"x\", \"hosts\": [{}".utf8)
        let piece = Data(String(repeating: ",{}", count: 100_000).utf8)
        for _ in 0..<(size / piece.count) { data += piece }
        return data + Data("]}".utf8)
      }
    }
  }

  @Test(arguments: Garbage.allCases)
  func `a hundred megabytes of nonsense cost neither time nor memory`(kind: Garbage) throws {
    let folder = try TemporaryFolder()
    let data = kind.data
    for name in ["g.json", "g.yaml", "index.json"] { try folder.write(data, to: name) }
    try folder.write("cloud: g.json\n", to: "scenario.yaml")
    let before = folder.content
    let commands = [
      ["check", "g.json"], ["check", "g.yaml"], ["run", "g.json"],
      ["run", "g.yaml", "--hosts", "a"], ["run", "scenario.yaml"], ["plan", "show", "g.json"],
      ["plan", "export", "g.yaml"], ["plan", "evacuate", "g.json", "--hosts", "a"],
      ["collect", "openstack", "--capture", ".", "--out", "c.json"],
      ["bench", "placement", "g.json"], ["flavor", "parse", "--file", "g.json"],
    ]
    for command in commands {
      let result = try BoundedProcess.run(command, in: folder, megabytes: 1000)
      let said = Comment(rawValue: "\(command): \(result.code) \(result.stderr.prefix(300))")
      #expect(result.code == 65, said)
      #expect(result.stdout.isEmpty && result.stderr.hasPrefix("error[E0"), said)
      #expect(result.stderr.contains("\nhelp: ") && result.stderr.contains("\n  --> "), said)
      #expect(result.stderr.utf8.count < 20_000, said)
    }
    #expect(folder.content == before)
  }

  @Test func `what never ends is not read to its end`() throws {
    let folder = try TemporaryFolder()
    for command in [["check"], ["run"], ["plan", "show"]] {
      let result = try BoundedProcess.run(command + ["/dev/zero"], in: folder, megabytes: 1000)
      expectError(result, 65, "E0102", at: "/dev/zero")
    }
    for command in [["bench", "placement"], ["flavor", "parse", "--file"]] {
      let result = try BoundedProcess.run(command + ["/dev/zero"], in: folder, megabytes: 1000)
      expectError(result, 65, "E0130", at: "/dev/zero")
    }
  }

  @Test func `what stands in the way of reading is said`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("d.yaml"), withIntermediateDirectories: false)
    try folder.write("name: s\ncloud: gone.yaml\n", to: "s.yaml")
    for (arguments, place) in [
      (["check", "d.yaml"], "d.yaml"), (["check", "nosuch.yaml"], "nosuch.yaml"),
      (["run", "d.yaml"], "d.yaml"), (["plan", "show", "nosuch.json"], "nosuch.json"),
      (["run", "s.yaml"], "gone.yaml"), (["plan", "evacuate", "d.yaml"], "d.yaml"),
      (["bench", "placement", "d.yaml"], "d.yaml"),
      (["flavor", "parse", "--file", "nosuch"], "nosuch"),
    ] {
      expectError(try BoundedProcess.run(arguments, in: folder), 66, "E0130", at: place)
    }
    let missing = try BoundedProcess.run(["validate", "migrations", "nosuch"], in: folder)
    expectError(missing, 66, "E0401")
  }

  @Test func `a file that cannot be read is said to be unreadable`() throws {
    // Unreadable for root, too: nothing is mapped at the start of a process' memory.
    let result = try BoundedProcess.run(["check", "/proc/self/mem"], in: try TemporaryFolder())
    expectError(result, 66, "E0130", at: "/proc/self/mem", help: "rights")
  }
}
