import CloudModel
import Collector
import Foundation
import Scenarios
import TestSupport
import Testing

/// Where recorded answers are: in the repository, and more of them beside it on some machines.
enum RecordedCaptures {
  static let bundled = Repository.root.appending(path: "scenarios/captures/testbed-a")
  /// All 250 read calls, of which the bundled capture is a part.
  static let full = Repository.shared("openstack/captures/a/read")

  static func cloud(_ folder: URL?) throws -> CloudRecord {
    let folder = try #require(folder)
    return try CollectedCloud(openStack: CaptureSource(folder: folder.path)).cloud
  }
}

@Suite struct RecordedCaptureTests {
  @Test func bundledCaptureIsComplete() throws {
    let folder = RecordedCaptures.bundled
    let collected = try CollectedCloud(openStack: CaptureSource(folder: folder.path))
    let summary = collected.summary
    #expect(summary.hosts == 12)
    #expect(summary.vms == 119)
    #expect(summary.zones == 3)
    #expect(summary.flavors == 13)
    #expect(summary.groups == 12)
    #expect(
      summary.findingCounts == [
        FindingCount(kind: "allocation-elsewhere", count: 1),
        FindingCount(kind: "device-totals-unknown", count: 1),
        FindingCount(kind: "host-disabled", count: 1), FindingCount(kind: "host-down", count: 1),
        FindingCount(kind: "resize-waiting", count: 2), FindingCount(kind: "vm-in-error", count: 8),
      ])
    let cloud = collected.cloud
    #expect(cloud.vms.filter { $0.host == nil }.count == 10)
    #expect(cloud.vms.filter { $0.state == .active }.count == 97)
    #expect(cloud.vms.filter { $0.group != nil }.count == 27)
    #expect(cloud.vms.allSatisfy { $0.vcpus == nil && $0.memory == nil && $0.disk == nil })
    #expect(cloud.projects.map(\.name).contains("gamma"))
    #expect(cloud.deviceTypes.map(\.name) == ["gpu-h100"])
    #expect(
      cloud.hostClasses.map(\.name) == ["Icelake-Server-1", "Icelake-Server-2", "Icelake-Server-3"])
    #expect(cloud.takenAt == 1_795_492_759_000_000)
  }

  @Test func bundledHostsAreAsPlacementSays() throws {
    let cloud = try RecordedCaptures.cloud(RecordedCaptures.bundled)
    let host = try #require(cloud.host("cmp-a-gpu04"))
    #expect(host.vcpus == 512)
    #expect(host.largestVCPUs == 128)
    #expect(host.memory == 520_192 << 20)
    #expect(host.disk == 11_980 << 30)
    #expect(host.zone == "az1")
    #expect(host.aggregates == ["agg-az1", "gpu-hosts"])
    #expect(host.devices.map(\.count) == [3])
    #expect(cloud.host("cmp-b-std01")?.state == .down)
    #expect(cloud.host("cmp-b-std01")?.note == "PSU failed, ticket 4711")
    #expect(cloud.host("cmp-c-std02")?.state == .disabled)
    #expect(
      cloud.held.map { "\($0.host): \($0.holder)" } == [
        "cmp-a-gpu04: migration of VM alpha-015", "cmp-a-mem03: migration of VM alpha-063",
        "cmp-b-std01: allocation of VM gamma-089, which is elsewhere",
      ])
  }

  /// What VMs and holders take on a host is Placement's usage, which is read nowhere but here.
  @Test func takenIsPlacementsUsage() throws {
    struct Usages: Decodable { var usages: [String: Int64] }
    let folder = RecordedCaptures.bundled
    let cloud = try RecordedCaptures.cloud(folder)
    for host in cloud.hosts {
      let data = try Data(contentsOf: folder.appending(path: "rp-\(host.name)-usages.json"))
      let usages = try JSONDecoder().decode(Usages.self, from: data).usages
      var taken = (vcpus: Int64(0), memory: Int64(0), disk: Int64(0))
      for vm in cloud.vms where vm.host == host.name {
        let flavor = try #require(cloud.flavor(vm.flavor))
        taken.vcpus += vm.vcpus ?? flavor.vcpus
        taken.memory += vm.memory ?? flavor.memory
        taken.disk += vm.disk ?? flavor.disk
      }
      for held in cloud.held where held.host == host.name {
        taken.vcpus += held.vcpus
        taken.memory += held.memory
        taken.disk += held.disk
      }
      #expect(taken.vcpus == usages["VCPU"])
      #expect(taken.memory == (usages["MEMORY_MB"] ?? -1) << 20)
      #expect(taken.disk == (usages["DISK_GB"] ?? -1) << 30)
    }
  }

  @Test func twoReadingsAreEqual() throws {
    let first = try RecordedCaptures.cloud(RecordedCaptures.bundled)
    #expect(try RecordedCaptures.cloud(RecordedCaptures.bundled) == first)
  }

  @Test(.enabled(if: RecordedCaptures.full != nil, "the full capture is not here"))
  func bundleIsWhatTheFullCaptureGives() throws {
    var full = try RecordedCaptures.cloud(RecordedCaptures.full)
    let bundled = try RecordedCaptures.cloud(RecordedCaptures.bundled)
    full.name = bundled.name
    full.source = bundled.source
    #expect(full == bundled)
  }

  /// A capture made by a program that speaks no version above 2.90.
  @Test(.enabled(if: RecordedCaptures.full != nil, "the full capture is not here"))
  func olderVersionsGiveTheSameCloudButForWhatTheyCannotTell() throws {
    let full = try #require(RecordedCaptures.full)
    let lines = try String(contentsOf: full.appending(path: "index.json"), encoding: .utf8)
      .split(separator: "\n").filter { $0.hasPrefix("{") }
      .map { $0.hasSuffix(",") ? $0.dropLast() : $0 }
    let kept = lines.filter { !$0.contains("compute 2.96") && !$0.contains("compute latest") }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "berth-capture-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: full, to: folder)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    defer { try? FileManager.default.removeItem(at: folder) }
    let index = folder.appending(path: "index.json")
    try FileManager.default.removeItem(at: index)
    try Data("[\(kept.joined(separator: ","))]".utf8).write(to: index)

    var old = try RecordedCaptures.cloud(folder)
    var new = try RecordedCaptures.cloud(full)
    // Before 2.96 no zone is known to be asked for, before 2.98 no image property, before 2.100 no
    // hint: servers that failed at boot are in no group.
    #expect(old.vms.allSatisfy { $0.pinnedZone == nil })
    #expect(old.findings(.pinnedZonesUnknown).count == 1)
    old.findings.removeAll { $0.kind == FindingKind.pinnedZonesUnknown.rawValue }
    for index in new.vms.indices {
      new.vms[index].pinnedZone = nil
      if new.vms[index].host == nil && new.vms[index].state == .error {
        new.vms[index].group = nil
        old.vms[index].group = nil
      }
    }
    old.name = new.name
    old.source = new.source
    #expect(old == new)
  }
}
