import Foundation
import Testing

/// What every command keeps: help, versions, streams, forms of errors.
struct InterfaceTests {
  static let nouns = [
    [], ["collect"], ["plan"], ["flavor"], ["policies"], ["validate"], ["bench"], ["migration"],
    ["availability"],
  ]
  static let verbs = [
    ["init"], ["check"], ["schema"], ["run"], ["doctor"], ["collect", "openstack"],
    ["plan", "evacuate"], ["plan", "show"], ["plan", "export"], ["flavor", "parse"],
    ["flavor", "list"], ["policies", "list"], ["policies", "show"], ["validate", "migrations"],
    ["validate", "demand"], ["validate", "scheduler"], ["bench", "placement"], ["bench", "engine"],
    ["bench", "migration"],
    ["collect", "dataset"], ["capacity"], ["compare"], ["plan", "why"], ["plan", "resume"],
    ["plan", "check"], ["plan", "diff"], ["plan", "recover"], ["solve"],
    ["migration", "estimate"],
    ["calibrate"], ["availability", "exact"],
  ]

  @Test(arguments: nouns + verbs)
  func `help ends with two examples`(command: [String]) throws {
    let folder = try TemporaryFolder()
    let result = try BoundedProcess.run(command + ["--help"], in: folder)
    #expect(result.code == 0 && result.stderr.isEmpty)
    let lines = result.stdout.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let start = try #require(lines.firstIndex(of: "EXAMPLES"), Comment(rawValue: result.stdout))
    let examples = lines[(start + 1)...].prefix { $0.hasPrefix("berth ") }
    #expect(examples.count == 2, "\(command): \(examples)")
    for example in examples where !command.isEmpty {
      #expect(example.hasPrefix("berth " + command[0]))
    }
  }

  @Test(arguments: nouns)
  func `a noun alone prints its help`(command: [String]) throws {
    let folder = try TemporaryFolder()
    let alone = try BoundedProcess.run(command, in: folder)
    let help = try BoundedProcess.run(command + ["--help"], in: folder)
    #expect(alone.code == 0 && alone.stderr.isEmpty)
    #expect(alone.stdout == help.stdout)
  }

  @Test func `the versions are printed`() throws {
    let folder = try TemporaryFolder()
    let result = try BoundedProcess.run(["--version"], in: folder)
    #expect(result.code == 0 && result.stderr.isEmpty)
    let pattern = try Regex(#"^berth [0-9]+\.[0-9]+\.[0-9]+.*Swift [0-9.]+.*GLPK [0-9.]+.*\n$"#)
    #expect(result.stdout.firstMatch(of: pattern) != nil, Comment(rawValue: result.stdout))
  }

  @Test func `results go to standard output and notes to standard error`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    let plan = [
      "plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--force", "--out", "p.json",
    ]
    let loud = try BoundedProcess.run(plan, in: folder)
    #expect(loud.code == 0 && loud.stderr == "plan written to p.json\n")
    #expect(loud.stdout.hasPrefix("evacuation of 1 host (host-1)"))
    #expect(!loud.stdout.contains("plan written"))
    let quiet = try BoundedProcess.run(plan + ["-q"], in: folder)
    #expect(quiet.stderr.isEmpty && quiet.stdout == loud.stdout)
    let run = try BoundedProcess.run(
      ["run", "cloud.yaml", "--hosts", "host-1", "-f", "json", "--out", "r"], in: folder)
    #expect(run.stderr == "run folder: r\n")
    #expect(try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) is [String: Any])
  }

  @Test func `every error is one JSON object a line`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.replacing("vcpus: 8", "vcpu: 8"), to: "cloud.yaml")
    let cases: [(arguments: [String], codes: [String], place: [Int]?, file: String?)] = [
      (["check", "cloud.yaml"], ["E0110", "E0105"], [6, 20], "cloud.yaml"),
      (
        ["check", "cloud.yaml", "cloud.yaml"], ["E0110", "E0105", "E0110", "E0105"], [6, 20],
        "cloud.yaml"
      ),
      (["check", "nosuch.yaml"], ["E0130"], nil, "nosuch.yaml"),
      (["run", "cloud.yaml", "--set", "seed=-1"], ["E0104"], nil, nil),
      (["run", "cloud.yaml", "--workers", "0"], ["E0001"], nil, nil),
      (["nosuch"], ["E0001"], nil, nil), (["plan", "show"], ["E0001"], nil, nil),
      (["collect", "openstack", "--capture", "x", "--out", "y"], ["E0301"], nil, "x/index.json"),
      (["validate", "migrations", "x"], ["E0401"], nil, "x/migrations.csv"),
      (["flavor", "parse"], ["E0002"], nil, nil),
    ]
    for wrong in cases {
      let result = try BoundedProcess.run(
        wrong.arguments + ["--error-format", "json"], in: folder)
      #expect(!result.stderr.contains("\n\n") && result.stderr.hasSuffix("}\n"))
      let problems = try result.problems
      #expect(problems.map { $0["code"] as? String } == wrong.codes, "\(wrong.arguments)")
      for problem in problems {
        let keys: Set = ["level", "code", "message", "file", "line", "column", "path", "help"]
        #expect(Set(problem.keys) == keys, "\(wrong.arguments)")
        #expect(problem["level"] as? String == "error" && problem["help"] is String)
        #expect((problem["message"] as? String)?.isEmpty == false)
      }
      let first = try #require(problems.first)
      #expect(first["file"] as? String == wrong.file, "\(wrong.arguments)")
      if let place = wrong.place {
        #expect(first["line"] as? Int == place[0] && first["column"] as? Int == place[1])
      } else {
        #expect(first["line"] is NSNull)
      }
    }
  }

  /// The reader stops after a byte, before a byte, and the disk is full.
  @Test(arguments: [
    "schema --markdown", "schema plan", "flavor list -f json", "policies list",
    "plan evacuate cloud.yaml --hosts host-1", "run cloud.yaml --hosts host-1 --out r --force",
    "check cloud.yaml cloud.yaml", "flavor parse SCS-2V-8 SCS-4V-16", "--help", "doctor",
  ])
  func `a reader that stops early is no error`(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    let script = """
      { "$1" \(command); echo "code $?" >&2; } | head -c 1 > /dev/null
      { sleep 0.2; "$1" \(command); echo "code $?" >&2; } | true
      """
    let result = try BoundedProcess.shell(script, in: folder)
    let codes = result.stderr.split(separator: "\n").filter { $0.hasPrefix("code ") }
    #expect(codes == ["code 0", "code 0"], Comment(rawValue: result.stderr))
    #expect(!result.stderr.contains("rror"))
  }

  @Test func `a full disk and closed streams end in a code`() throws {
    let folder = try TemporaryFolder()
    let script = """
      "$1" schema plan > /dev/full; echo "code $?" >&2
      "$1" doctor >&-; echo "code $?" >&2
      "$1" check nosuch 2>&-; echo "code $?"
      "$1" check nosuch > /dev/null 2> /dev/full; echo "code $?"
      """
    let result = try BoundedProcess.shell(script, in: folder)
    #expect(result.stdout == "code 66\ncode 66\n")
    let errors = result.stderr.split(separator: "\n")
    #expect(errors.filter { $0 == "code 73" }.count == 2, Comment(rawValue: result.stderr))
    #expect(errors.filter { $0.hasPrefix("error[E0141]: ") }.count == 2)
  }
}
