import Foundation
import TestSupport
import Testing

/// The loss of a zone, and years of a region, as a person asks for them.
@Suite struct AvailabilityLossTests {
  private func json(_ arguments: [String], in folder: TemporaryFolder? = nil) throws -> [String:
    Any]
  {
    let result = try BerthProcess.run(
      arguments + ["-f", "json"], in: folder?.path ?? Repository.root.path)
    #expect(result.code == 0, "\(result.stderr)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
  }

  /// 800 VMs of equal size, room for 500 elsewhere, four at a time.
  private static let reference = """
    name: reference
    zones: [{name: az1}, {name: az2}]
    flavors: [{name: one, vcpus: 1, memory: 1 GiB}]
    hosts:
      - {name: full, zone: az1, vcpus: 800, memory: 800 GiB}
      - {name: free, zone: az2, vcpus: 500, memory: 500 GiB}
    vms: [{name: vm, count: 800, flavor: one, host: full}]
    """

  @Test func `the reference loss of a zone is met`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.reference, to: "cloud.yaml")
    try folder.write(
      """
      cloud: cloud.yaml
      availability:
        recovery: {detection: 300 s, service: 20 s, parallel: 4, boot: 0 s}
      """, to: "s.yaml")
    let answer = try json(
      ["availability", "s.yaml", "--lose", "az1", "--outage", "4 h"], in: folder)
    let rows = try #require(answer["rows"] as? [[String: Any]])
    let all = try #require(rows.first { $0["recovery"] as? String == "all" })
    #expect(all["lost_vm_seconds"] as? Double == 5_100_000)
    #expect(all["recovered_elsewhere"] as? Int == 500)
    #expect(all["without_room"] as? Int == 300)
    #expect(all["last_elsewhere_s"] as? Double == 2800)
    #expect(all["mean_down_s"] as? Double == 6375)
    let loss = try #require((answer["cases"] as? [[String: Any]])?.first)
    #expect(loss["missing_memory_bytes"] as? Int == 300 << 30)
  }

  @Test func `more load leaves more without room`() throws {
    let answer = try json(["availability", "scenarios/studies/zone-loss.yaml", "--lose", "az1"])
    let rows = try #require(answer["rows"] as? [[String: Any]])
    let all = rows.filter { $0["recovery"] as? String == "all" }
    #expect(all.map { ($0["load"] as? Double ?? 0) * 10 }.map { $0.rounded() } == [6, 7, 8])
    let without = all.map { $0["without_room"] as? Int ?? 0 }
    #expect(without[0] == 0 && without[2] > without[1], "\(without)")
    for row in rows {
      let counts = ["recovered_elsewhere", "waited_for_host"].map { row[$0] as? Int ?? 0 }
      #expect(counts.reduce(0, +) == row["lost"] as? Int)
    }
  }

  @Test func `years of a region repeat on any number of workers`() throws {
    let arguments = [
      "availability", "region", "scenarios/studies/zone-loss.yaml", "--years", "20", "-f", "json",
    ]
    let one = try BerthProcess.run(arguments + ["--workers", "1"], in: Repository.root.path)
    let two = try BerthProcess.run(arguments + ["--workers", "2"], in: Repository.root.path)
    #expect(one.code == 0, "\(one.stderr)")
    #expect(one.stdout == two.stdout)
  }

  @Test func `what is not there is named`() throws {
    let result = try BerthProcess.run(
      ["availability", "scenarios/studies/zone-loss.yaml", "--lose", "az9"],
      in: Repository.root.path)
    #expect(result.code == 64, "\(result.stderr)")
    #expect(result.stderr.contains("zones: az1, az2, az3"))
  }
}
