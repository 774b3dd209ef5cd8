import Foundation
import Testing

/// Input that is allowed and hard: answers, not errors, and never a crash.
struct HardCaseTests {
  /// A cloud with everything in the way at once: groups that are broken already, flavors larger
  /// than any host, hosts and VMs of no size.
  private static let contrary = """
    name: contrary
    zones: [{name: az1}]
    flavors:
      - {name: f, vcpus: 1, memory: 1 GiB}
      - {name: big, vcpus: 1000000, memory: 1024 TiB, disk: 1024 TiB}
      - {name: zero, vcpus: 0, memory: 0 B}
    groups:
      - {name: spread, policy: affinity}
      - {name: crowded, policy: anti-affinity}
      - {name: left, policy: anti-affinity}
      - {name: right, policy: anti-affinity}
    hosts:
      - {name: h1, vcpus: 4, memory: 4 GiB}
      - {name: h2, vcpus: 3, memory: 3 GiB}
      - {name: h0, vcpus: 0, memory: 0 B}
    held: [{host: h0, vcpus: 1000000, memory: 1024 TiB, disk: 1024 TiB}]
    vms:
      - {name: s1, flavor: f, host: h1, group: spread}
      - {name: s2, flavor: f, host: h2, group: spread}
      - {name: c1, flavor: f, host: h1, group: crowded}
      - {name: c2, flavor: f, host: h1, group: crowded}
      - {name: l1, flavor: f, host: h1, group: left}
      - {name: l2, flavor: f, host: h2, group: left}
      - {name: r1, flavor: f, host: h2, group: right}
      - {name: r2, flavor: f, host: h1, group: right}
      - {name: nothing, flavor: zero, host: h1}
      - {name: nowhere, flavor: big}

    """

  private static func plan(
    _ cloud: String, _ options: String..., in folder: TemporaryFolder
  ) throws -> (code: Int32, plan: [String: Any]) {
    try folder.write(cloud, to: "cloud.yaml")
    let result = try BoundedProcess.run(
      ["plan", "evacuate", "cloud.yaml", "-f", "json"] + options, in: folder)
    #expect(result.stderr.isEmpty, Comment(rawValue: result.stderr))
    let plan = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8))
    return (result.code, try #require(plan as? [String: Any]))
  }

  @Test(arguments: ["planned", "one-by-one", "backup-host"], ["h1", "h2", "h0", "h1,h2,h0"])
  func `contradictions leave VMs behind with a reason`(policy: String, hosts: String) throws {
    let folder = try TemporaryFolder()
    let options = ["--hosts", hosts, "--policy", policy]
    let (code, plan) = try Self.plan(
      Self.contrary, options[0], options[1], options[2], options[3], in: folder)
    let left = try #require(plan["left_behind"] as? [[String: Any]])
    let moves = try #require(plan["moves"] as? [[String: Any]])
    #expect(code == (left.isEmpty ? 0 : 2))
    let known: Set = [
      "out", "zone", "aggregate", "trait", "cpu_model", "device", "numa", "memory", "vcpu", "disk",
      "group", "reserve", "bandwidth", "time", "notice", "budget", "class", "state",
      "not_convergent", "window",
    ]
    for vm in left { #expect(known.contains(vm["reason"] as? String ?? ""), "\(vm)") }
    let reasons = Dictionary(
      left.compactMap { vm in (vm["vm"] as? String).map { ($0, vm["reason"] as? String ?? "") } },
      uniquingKeysWith: { first, _ in first })
    if hosts == "h1,h2,h0" { #expect(reasons["l1"] == "out") }
    if hosts == "h0" { #expect(moves.isEmpty && plan["verdict"] as? String == "fits") }
    // Nobody moves into a group's way, and nobody to a host that is emptied.
    let out = Set(hosts.split(separator: ",").map(String.init))
    for move in moves {
      if let target = move["target"] as? String { #expect(!out.contains(target), "\(move)") }
    }
  }

  @Test func `an empty host takes no time`() throws {
    let folder = try TemporaryFolder()
    let (code, plan) = try Self.plan(SmallCloud.text, "--hosts", "host-2", in: folder)
    #expect(code == 0 && plan["verdict"] as? String == "fits")
    #expect((plan["moves"] as? [Any])?.isEmpty == true)
    #expect(plan["probability"] as? Double == 1)
  }

  @Test func `the whole cloud cannot be emptied into itself`() throws {
    let folder = try TemporaryFolder()
    let (code, plan) = try Self.plan(SmallCloud.text, "--hosts", "host-1,host-2", in: folder)
    #expect(code == 2 && plan["verdict"] as? String == "infeasible")
    let left = try #require(plan["left_behind"] as? [[String: Any]])
    #expect(left.map { $0["reason"] as? String } == ["out"])
  }

  @Test func `the smallest and the largest window are answered`() throws {
    let folder = try TemporaryFolder()
    let short = try Self.plan(SmallCloud.text, "--hosts", "host-1", "--window", "1 s", in: folder)
    #expect(short.code == 2 && short.plan["verdict"] as? String == "does_not_fit")
    let long = try Self.plan(SmallCloud.text, "--hosts", "host-1", "--window", "366 d", in: folder)
    #expect(long.code == 0 && long.plan["verdict"] as? String == "fits")
  }

  /// The ends of what each number of the model may be.
  @Test(arguments: [
    ["stream_rate=2 B/s"], ["stream_rate=1e15 B/s"], ["bandwidth_cap=1 B/s"],
    ["memory_share=0"], ["disk_share=1"], ["gap=366 d", "boot=366 d", "overhead_shared=366 d"],
    ["slots_per_source=1000"], ["completion_timeout=1e308"], ["completion_timeout=1e-300"],
    ["spread=2", "common_spread=2"], ["network_card=1 B/s"], ["network_card=1e15 B/s"],
    ["timeout_action=force_complete", "completion_timeout=1e-300", "stream_rate=2 B/s"],
    ["shutdown_limit=0 s", "shutdown=366 d"], ["contention=366 d", "stream_rate=2 B/s"],
  ])
  func `numbers at the ends of their range give answers`(numbers: [String]) throws {
    let folder = try TemporaryFolder()
    let text = Self.contrary.replacing(
      "hosts:\n", with: "hosts:\n  - {name: h3, vcpus: 9, memory: 9 GiB}\n")
    try folder.write(text, to: "cloud.yaml")
    let settings = (numbers.map { "migration.\($0)" } + ["policies.fallback=cold"])
      .flatMap { ["--set", $0] }
    let result = try BoundedProcess.run(
      ["plan", "evacuate", "cloud.yaml", "--hosts", "h1", "-f", "json"] + settings, in: folder)
    #expect(result.code == 2, Comment(rawValue: String(result.stderr.prefix(500))))
    let plan = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
    let duration = try #require(plan?["duration_s"] as? [String: Any])
    for key in ["mean", "p50", "p95", "bound"] {
      let seconds = try #require(duration[key] as? Double)
      #expect(seconds.isFinite && seconds >= 0, "\(key) \(seconds)")
    }
  }

  @Test func `names with line ends give comments and no commands`() throws {
    let folder = try TemporaryFolder()
    let name = #""v\ntouch hacked #; `touch a`\r$(touch b)""#
    let text = SmallCloud.text.replacing("name: v1", with: "name: \(name)")
      .replacing("name: small", with: #"name: "small\ntouch c""#)
    try folder.write(text, to: "cloud.yaml")
    let plan = try BoundedProcess.run(
      ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--out", "plan.json", "-q"],
      in: folder)
    #expect(plan.code == 0, Comment(rawValue: plan.stderr))
    let script = try BoundedProcess.run(
      ["plan", "export", "plan.json", "--format", "openstack-cli"], in: folder)
    try folder.write(script.stdout, to: "script.sh")
    // The client of the cloud is a function that only notes what it is asked.
    let shell = try BoundedProcess.shell(
      "openstack() { echo asked >> asked; }; . ./script.sh", in: folder)
    #expect(shell.code == 0, Comment(rawValue: shell.stderr))
    #expect(folder.content == ["asked", "cloud.yaml", "plan.json", "script.sh"])
    let table = try BoundedProcess.run(
      ["plan", "export", "plan.json", "--format", "md"], in: folder)
    #expect(table.stdout.split(separator: "\n").allSatisfy { $0.hasPrefix("|") })
  }
}
