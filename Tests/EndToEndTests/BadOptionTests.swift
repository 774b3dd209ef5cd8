import Foundation
import Testing

/// Options with values that cannot be: exit code 64, the option named, nothing written.
struct BadOptionTests {
  private static let evacuate = ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1"]

  /// Options after `berth plan evacuate cloud.yaml --hosts host-1 --out plan.json`, and what must
  /// be said: the code, and the option where the problem stands.
  static let cases: [(options: [String], label: String, place: String?, help: String)] = [
    (["--window", "0 s"], "E0104", "--window", "4 h"),
    (["--window", "0"], "E0107", "--window", "units"),
    (["--window=-5min"], "E0104", "--window", "4 h"),
    (["--window", "-5min"], "E0001", nil, "usage"),
    (["--window", "60"], "E0107", "--window", "units"),
    (["--window", "60 mins"], "E0107", "--window", "did you mean `min`"),
    (["--window", "soon"], "E0104", "--window", "4 h"),
    (["--window", ""], "E0104", "--window", "4 h"),
    (["--window", "400 d"], "E0104", "--window", "4 h"),
    (["--window", "99999999999999999999h"], "E0104", "--window", "64 bits"),
    (["--work", "-1 s"], "E0001", nil, "usage"), (["--work=-1 s"], "E0104", "--work", "4 h"),
    (["--time-limit", "0 s"], "E0104", "--time-limit", "4 h"),
    (["--policy", "plannd"], "E0121", "--policy plannd", "did you mean `planned`"),
    (["--policy", ""], "E0002", nil, "policies list"),
    (["--policy", ","], "E0002", nil, "policies list"),
    (["--policy", "planned,one-by-one"], "E0002", nil, "one strategy"),
    (["--policy", "all"], "E0002", nil, "one strategy"),
    (["--policy", "backup-host", "--set", "evacuation.backup_host=host-9"], "E0002", nil, "list"),
    (["--set", "a.b"], "E0002", nil, "--set"), (["--set", "=1"], "E0002", nil, "--set"),
    (["--set", "a..b=1"], "E0002", nil, "--set"),
    (["--set", "seed[0]=1"], "E0002", nil, "schema"),
    (["--set", "evacuation.hosts[7]=x"], "E0002", nil, "schema"),
    (["--set", "evacuation.hosts[-1]=x"], "E0002", nil, "--set"),
    (["--set", "seed=[[["], "E0002", nil, "--set"),
    (["--set", "evacuation.windw=1h"], "E0110", "--set evacuation.windw=1h", "`window`"),
    (["--set", "policies=5"], "E0104", "--set policies=5", ""),
    (["--set", "evacuation=5"], "E0002", nil, "schema"),
    (["--set", "seed=abc"], "E0104", "--set seed=abc", "without quotes"),
    (["--set", "migration.memory_share=.nan"], "E0104", nil, ""),
    (["--seed", "x"], "E0001", nil, "usage"), (["--seed=-1"], "E0104", "--seed", "`1`"),
    (["--seed", "99999999999999999999"], "E0001", nil, "usage"),
    (["--replications", "0"], "E0104", "--replications", "`1`"),
    (["--replications", "1000001"], "E0104", "--replications", "`1`"),
    (["--workers", "0"], "E0001", nil, "usage"), (["--workers", "5000"], "E0001", nil, "usage"),
    (["--width", "3"], "E0001", nil, "usage"), (["--width=-1"], "E0001", nil, "usage"),
    (["-f", "xml"], "E0001", nil, "usage"), (["-c", "nosuch"], "E0001", nil, "vm, vm_id"),
    (["-f", "json", "-c", "nosuch"], "E0001", nil, "vm, vm_id"),
    (["--sort-column", "nosuch", "-f", "csv"], "E0001", nil, "vm, vm_id"),
    (["--nosuch"], "E0001", nil, "usage"), (["--error-format", "xml"], "E0001", nil, "usage"),
  ]

  @Test(arguments: cases.indices)
  func `a wrong option is refused`(index: Int) throws {
    let wrong = Self.cases[index]
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    let result = try BoundedProcess.run(
      Self.evacuate + ["--out", "plan.json"] + wrong.options, in: folder)
    expectError(result, 64, wrong.label, at: wrong.place, help: wrong.help)
    #expect(folder.content == ["cloud.yaml"], "\(wrong.options)")
  }

  @Test(arguments: [
    ("host-3", "did you mean `host-1`"), ("nowhere", "there are: host-1, host-2"),
    ("host-1,host-1", "remove one"), (",", "there are: host-1"), ("", "there are: host-1"),
    ("host-1,*", "there are: host-1"),
  ])
  func `hosts that do not exist or stand twice are refused`(hosts: String, help: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    let result = try BoundedProcess.run(
      ["run", "cloud.yaml", "--hosts", hosts, "--out", "r"], in: folder)
    expectError(result, 64, "E0002", help: help)
    #expect(result.stderr.contains("--hosts must be"))
    #expect(folder.content == ["cloud.yaml"])
  }

  /// What is wrong in the file of a scenario, and where it must be found.
  static let files: [(old: String, new: String, label: String, place: String)] = [
    ("[host-1]", "[host-1, host-11]", "E0121", "4:19"),
    ("[host-1]", "[host-1, host-1]", "E0120", "4:19"),
    ("30 min", "30", "E0107", "5:11"), ("window:", "windw:", "E0110", "5:3"),
    ("30 min", "30 min\n  strategy: plannd", "E0121", "6:13"),
    ("30 min", "30 min\n  strategy: backup-host\n  backup_host: host-1", "E0104", "7:16"),
    ("name: small", "name: small\ngroups: [{name: gg}]", "E0121", ""),
    ("name: small", "name: small\nrelease: zed", "E0104", "2:10"),
    ("name: small", "name: small\nmigration: {memory_share: 2}", "E0104", "2:27"),
  ]

  @Test(arguments: files.indices)
  func `what is wrong in a scenario has its place there`(index: Int) throws {
    let spoilt = Self.files[index]
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    try folder.write(SmallCloud.scenario.replacing(spoilt.old, with: spoilt.new), to: "s.yaml")
    let before = folder.content
    let result = try BoundedProcess.run(["run", "s.yaml", "--window=20 min"], in: folder)
    if spoilt.new == "30" || spoilt.new == "windw:" {
      // The option replaces the window; a wrong key stays wrong.
      #expect(result.code == (spoilt.new == "30" ? 0 : 65))
      return
    }
    let place = spoilt.place.isEmpty ? nil : "s.yaml:\(spoilt.place)"
    expectError(result, 65, spoilt.label, at: place)
    #expect(folder.content == before)
  }

  @Test func `output that exists or cannot be written is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    try folder.write("mine", to: "plan.json")
    let refused = [
      ("plan.json", "--force"), (".", "folder"), ("no/such/plan.json", "rights"),
      ("cloud.yaml/plan.json", "rights"), ("", "rights"), ("/dev/null/plan.json", "rights"),
    ]
    for (path, help) in refused {
      let result = try BoundedProcess.run(Self.evacuate + ["--out", path], in: folder)
      expectError(result, 73, "E0140", help: help)
    }
    #expect(folder.content == ["cloud.yaml", "plan.json"])
    #expect(try String(contentsOfFile: folder.path("plan.json"), encoding: .utf8) == "mine")
    let forced = try BoundedProcess.run(
      Self.evacuate + ["--out", "plan.json", "--force", "-q"], in: folder)
    #expect(forced.code == 0 && forced.stderr.isEmpty)
    #expect(folder.content == ["cloud.yaml", "plan.json"])
  }

  @Test func `a run replaces runs and nothing else`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    try FileManager.default.createDirectory(
      atPath: folder.path("mine"), withIntermediateDirectories: false)
    try folder.write("mine", to: "mine/file")
    func run(_ out: String, _ more: String...) throws -> BoundedProcess.Result {
      try BoundedProcess.run(
        ["run", "cloud.yaml", "--hosts", "host-1", "--out", out] + more, in: folder)
    }
    for out in ["mine", "mine/", ".", "..", "cloud.yaml"] {
      expectError(try run(out, "--force"), 73, "E0140")
      expectError(try run(out), 73, "E0140")
    }
    expectError(try run("/proc/run"), 73, "E0140")
    #expect(folder.content == ["cloud.yaml", "mine", "mine/file"])
    #expect(try run("r/").code == 0)
    let first = folder.content
    expectError(try run("r"), 73, "E0140", help: "--force")
    #expect(try run("r", "--force").code == 0)
    #expect(folder.content == first)
    #expect(first.contains("r/manifest.json") && first.contains("r/tables/summary.csv"))
  }

  @Test func `a folder of runs may have a scenario of any name`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    let name = "../" + String(repeating: "ä/x", count: 200)
    try folder.write(
      SmallCloud.scenario.replacing("name: small", with: "name: \"\(name)\""), to: "s.yaml")
    let result = try BoundedProcess.run(["run", "s.yaml", "-q"], in: folder)
    #expect(result.code == 0, Comment(rawValue: result.stderr))
    #expect(folder.content.contains("runs/latest"))
    #expect(folder.content.contains { $0.hasSuffix("/manifest.json") })
  }

  @Test func `a starter is written once`() throws {
    let folder = try TemporaryFolder()
    #expect(try BoundedProcess.run(["init", "a/b"], in: folder).code == 0)
    let content = folder.content
    expectError(try BoundedProcess.run(["init", "a/b"], in: folder), 73, "E0140", help: "--force")
    expectError(try BoundedProcess.run(["init", "a/b/cloud.yaml"], in: folder), 73, "E0140")
    #expect(try BoundedProcess.run(["init", "a/b", "--force"], in: folder).code == 0)
    #expect(folder.content == content)
  }

  @Test(arguments: [
    ["flavor", "parse"], ["flavor", "list", "--version", "scs-9999"], ["schema", "nosuch"],
    ["flavor", "parse", "SCS-1V-4", "--mode", "lax"], ["bench", "placement"],
    ["bench", "placement", "x.json", "--time-limit", "nan"], ["nosuch"], ["plan", "nosuch"],
    ["policies", "list", "-c", "nosuch"], ["doctor", "extra"],
    ["plan", "export", "p.json", "-f", "x"],
    ["collect", "openstack", "--out", "x.json"],
    ["collect", "openstack", "--capture", ".", "--out", "x.json", "--name", ""],
  ])
  func `other commands refuse wrong options, too`(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let result = try BoundedProcess.run(arguments, in: folder)
    #expect(result.code == 64 && result.stdout.isEmpty, Comment(rawValue: result.stderr))
    #expect(result.stderr.hasPrefix("error[E000") && result.stderr.contains("\nhelp: "))
    #expect(folder.content.isEmpty)
  }
}
