import Foundation
import Testing

/// Cloud files that say what cannot be: one clear error each, with place, help and exit code 65.
struct BadInputTests {
  /// A passage of the small cloud, what it becomes, and what must be said about it.
  struct Spoilt: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var label: String
    var place: String
    var help = ""

    init(_ old: String, _ new: String, _ label: String, _ place: String, _ help: String = "") {
      (self.old, self.new, self.label, self.place, self.help) = (old, new, label, place, help)
    }

    var testDescription: String { new }
  }

  static let values = [
    Spoilt("memory: 8 GiB", "memory: -4 GiB", "E0104", "6:38"),
    Spoilt("memory: 8 GiB", "memory: 99999999999999999999 GiB", "E0104", "6:38", "64 bits"),
    Spoilt("memory: 8 GiB", "memory: 8", "E0107", "6:38", "units: "),
    Spoilt("memory: 8 GiB", "memory: 8 GIB", "E0107", "6:38", "did you mean `GiB`"),
    Spoilt("vcpus: 1,", "vcpus: -1,", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: 99999999999999999999,", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: 1e400,", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: .nan,", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: .inf,", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: NaN,", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: 0.5,", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: [1],", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: {a: 1},", "E0104", "3:28"),
    Spoilt("vcpus: 1,", "vcpus: \"1\",", "E0104", "3:28", "without quotes"),
    Spoilt("vcpus: 1,", "vcpus: ,", "E0104", "3:28"),
    Spoilt("name: small", "name: 7", "E0104", "1:7", "quotes"),
    Spoilt("name: small", "name: \"\"", "E0104", "1:7"),
    Spoilt("policy: anti-affinity", "policy: anti", "E0104", "4:28"),
    Spoilt("name: small", "format_version: \"2.0\"\nname: small", "E0109", "1:17"),
  ]

  static let names = [
    Spoilt("name: host-2", "name: host-1", "E0120", "7:5"),
    Spoilt("[{name: f,", "[{name: f, vcpus: 1, memory: 1 B}, {name: f,", "E0120", "3:45"),
    Spoilt(
      "  - {name: v1,", "  - {name: v1, flavor: f}\n  - {name: v1,", "E0120", "10:5"),
    Spoilt("[{name: g,", "[{name: g, policy: affinity}, {name: g,", "E0120", "4:39"),
    Spoilt("[{name: az1}]", "[{name: az1}, {name: az1}]", "E0120", "2:22"),
    Spoilt("memory: 1 GiB", "memory: 9 GiB", "E0122", "9:5", "unit"),
    Spoilt("host: host-1", "host: host-11", "E0121", "9:5", "did you mean `host-1`"),
    Spoilt("flavor: f", "flavor: ff", "E0121", "9:5", "there are: f"),
    Spoilt("host: host-1", "host: host-1, group: gg", "E0121", "9:5", "there are: g"),
    Spoilt("host: host-1", "host: host-1, image: i", "E0121", "9:5", "no image"),
    Spoilt("host: host-1", "host: host-1, pinned_zone: az2", "E0121", "9:5", "`az1`"),
    Spoilt("[{name: az1}]", "[{name: az1, region: r}]", "E0121", "2:9"),
    Spoilt("{name: host-1,", "{name: host-1, zone: az2,", "E0121", "6:5", "`az1`"),
  ]

  static let keys = [
    Spoilt("{name: host-1, vcpus", "{name: host-1, vcpu", "E0110", "6:20", "did you mean `vcpus`"),
    Spoilt("name: host-1, vcpus: 8", "name: host-1", "E0105", "6:5", "add `vcpus`"),
    Spoilt("name: small\n", "", "E0105", "1:1", "add `name`"),
    Spoilt("name: small", "name: small\nname: twice", "E0106", "1:1"),
    Spoilt("hosts:", "hots:", "E0110", "5:1", "did you mean `hosts`"),
    Spoilt("vms:\n  - {name: v1, flavor: f, host: host-1}", "vms:", "E0104", "8:5", "`[]`"),
    Spoilt("{name: g, policy: anti-affinity}", "g", "E0104", "4:10"),
  ]

  @Test(arguments: values + names + keys)
  func `a spoilt cloud is refused with its place`(spoilt: Spoilt) throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.replacing(spoilt.old, spoilt.new), to: "cloud.yaml")
    let before = folder.content
    let result = try BoundedProcess.run(["check", "cloud.yaml"], in: folder)
    expectError(
      result, 65, spoilt.label, at: "cloud.yaml:\(spoilt.place)", help: spoilt.help)
    #expect(folder.content == before)
  }

  @Test func `the sound cloud is accepted`() throws {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("a.yaml", SmallCloud.text), ("crlf.yaml", SmallCloud.text.replacing("\n", with: "\r\n")),
      ("bom.yaml", "\u{FEFF}" + SmallCloud.text),
    ] {
      try folder.write(text, to: name)
      let result = try BoundedProcess.run(["check", name], in: folder)
      #expect(result.code == 0, Comment(rawValue: result.stderr))
      #expect(result.stdout == "\(name): a cloud with 2 hosts and 1 VM\n")
    }
  }

  @Test func `a later minor version may have more keys`() throws {
    let folder = try TemporaryFolder()
    let text = SmallCloud.replacing("name: small", "format_version: \"1.7\"\nname: small\nmore: 1")
    try folder.write(text, to: "cloud.yaml")
    #expect(try BoundedProcess.run(["check", "cloud.yaml"], in: folder).code == 0)
  }

  @Test func `a cloud without hosts is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("name: c\nhosts: []\n", to: "cloud.yaml")
    for command in [["check", "cloud.yaml"], ["run", "cloud.yaml", "--hosts", "a"]] {
      expectError(
        try BoundedProcess.run(command, in: folder), 65, "E0123", at: "cloud.yaml:1:1",
        help: "hosts")
    }
    #expect(folder.content == ["cloud.yaml"])
  }

  @Test(arguments: [
    ("tags: [\"scs:migration=hot\"]", "E0150"), ("tags: [\"scs:migrate=cold\"]", nil),
    ("tags: [\"scs:migration-max=cold\"]", "E0151"),
    ("metadata: {\"scs:migration\": warm}", "E0150"),
  ])
  func `a class that nobody knows is found by check and by the plan`(
    label: String, code: String?
  ) throws {
    let folder = try TemporaryFolder()
    let text = SmallCloud.replacing("host: host-1", "host: host-1, \(label)")
    try folder.write(text, to: "cloud.yaml")
    let plan = ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--out", "plan.json"]
    let results = try [["check", "cloud.yaml"], plan].map {
      try BoundedProcess.run($0, in: folder)
    }
    for result in results {
      if let code {
        expectError(result, 65, code)
        #expect(result.stderr.contains("v1") && result.stderr.contains("  --> cloud.yaml"))
      } else {
        #expect(result.code == 0, Comment(rawValue: result.stderr))
      }
    }
    #expect(folder.content == (code == nil ? ["cloud.yaml", "plan.json"] : ["cloud.yaml"]))
  }

  @Test func `thousands of problems are cut short`() throws {
    let folder = try TemporaryFolder()
    var text = "name: c\nhosts:\n"
    for number in 0..<3000 { text += "  - {name: h\(number), vcpus: 1, memory: 1 GiB}\n" }
    text += "flavors: [{name: f, vcpus: 1, memory: 1 GiB}]\nvms:\n"
    for number in 0..<20_000 { text += "  - {name: v\(number), flavor: f, host: x\(number)}\n" }
    try folder.write(text, to: "cloud.yaml")
    let result = try BoundedProcess.run(["check", "cloud.yaml"], in: folder)
    expectError(result, 65, "E0121", at: "cloud.yaml:3005:5")
    #expect(result.stderr.split(separator: "\n").filter { $0.hasPrefix("error[") }.count == 20)
    #expect(result.stderr.contains("and 19980 more problems"))
  }
}
