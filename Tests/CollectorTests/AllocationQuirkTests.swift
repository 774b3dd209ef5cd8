import CloudModel
import Collector
import Scenarios
import Testing

@Suite struct AllocationQuirkTests {
  /// A migration record of `web` from h1 to h2.
  static func migration(_ uuid: String, _ status: String, type: String = "live-migration") -> String
  {
    #"""
    {"migrations": [{"id": 1, "uuid": "\#(uuid)", "status": "\#(status)",
      "migration_type": "\#(type)", "instance_uuid": "s1", "source_compute": "h1",
      "dest_compute": "h2"}]}
    """#
  }

  private static let doubleUsage = #""VCPU": 4, "MEMORY_MB": 8192, "DISK_GB": 40"#

  @Test func orphansAreKeptFree() throws {
    var fixture = Fixture.small
    fixture.edit(
      "u1-allocations.json", Fixture.allocation("s1"),
      Fixture.allocation("s1") + "," + Fixture.allocation("nobody"))
    fixture.edit("u1-usages.json", Fixture.usages, Self.doubleUsage)
    let cloud = try fixture.collect()
    let held = try #require(cloud.held.first)
    #expect(cloud.held.count == 1)
    #expect(held.host == "h1" && held.vcpus == 2 && held.memory == 4_096 << 20)
    #expect(held.disk == 20 << 30)
    #expect(held.holder == "orphan allocation nobody")
    #expect(cloud.findings(.orphanAllocation).map(\.subject) == ["nobody"])
    #expect(cloud.findings(.usageDiffers).isEmpty)
  }

  @Test func waitingResizeHoldsItsSource() throws {
    // web was resized from h1 to h2, where it is now.
    var fixture = Fixture.small
    fixture.edit(
      "servers.json", #""name": "web", "status": "ACTIVE""#,
      #""name": "web", "status": "VERIFY_RESIZE""#)
    fixture.edit("servers.json", #""OS-EXT-SRV-ATTR:host": "h1""#, #""OS-EXT-SRV-ATTR:host": "h2""#)
    fixture.edit(
      "servers.json", #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h1""#,
      #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h2""#)
    fixture.edit("u1-allocations.json", #""s1""#, #""m1""#)
    fixture.edit(
      "u2-allocations.json", Fixture.allocation("s2"),
      Fixture.allocation("s2") + "," + Fixture.allocation("s1"))
    fixture.edit("u2-usages.json", Fixture.usages, Self.doubleUsage)
    fixture.bodies["migrations.json"] = Self.migration("m1", "finished", type: "resize")
    let cloud = try fixture.collect()
    #expect(cloud.held.map(\.host) == ["h1"])
    #expect(cloud.held.map(\.holder) == ["migration of VM web"])
    #expect(cloud.findings(.orphanAllocation).isEmpty)
    #expect(cloud.findings(.resizeWaiting).map(\.subject) == ["web"])

    // Old versions tell no UUID, but only one move is under way from h1.
    fixture.edit("migrations.json", #""uuid": "m1", "#, "")
    #expect(try fixture.collect().held.map(\.holder) == ["migration of VM web"])

    // Without the list of migrations nobody can tell.
    fixture.remove("migrations.json")
    let blind = try fixture.collect()
    #expect(blind.held.map(\.holder) == ["orphan allocation m1"])
  }

  @Test func runningMoveTakesItsSourceOnceAndHoldsItsTarget() throws {
    // web is still on h1; its own allocation is at h2, the migration's at h1.
    var fixture = Fixture.small
    fixture.edit(
      "servers.json", #""name": "web", "status": "ACTIVE", "OS-EXT-STS:task_state": null"#,
      #""name": "web", "status": "MIGRATING", "OS-EXT-STS:task_state": "migrating""#)
    fixture.edit("u1-allocations.json", #""s1""#, #""m1""#)
    fixture.edit(
      "u2-allocations.json", Fixture.allocation("s2"),
      Fixture.allocation("s2") + "," + Fixture.allocation("s1"))
    fixture.edit("u2-usages.json", Fixture.usages, Self.doubleUsage)
    fixture.bodies["migrations.json"] = Self.migration("m1", "running")
    let cloud = try fixture.collect()
    #expect(cloud.vm("web")?.host == "h1")
    #expect(cloud.vm("web")?.state == .busy)
    #expect(cloud.held.map(\.host) == ["h2"])
    #expect(cloud.held.map(\.holder) == ["migration of VM web"])
    #expect(cloud.findings(.moveRunning).map(\.subject) == ["web"])
    #expect(cloud.findings(.vmWithoutAllocation).isEmpty)
  }

  @Test func allocationsLeftBehindAreHeld() throws {
    var fixture = Fixture.small
    fixture.edit(
      "u2-allocations.json", Fixture.allocation("s2"),
      Fixture.allocation("s2") + "," + Fixture.allocation("s1"))
    fixture.edit("u2-usages.json", Fixture.usages, Self.doubleUsage)
    let cloud = try fixture.collect()
    #expect(cloud.held.map(\.host) == ["h2"])
    #expect(cloud.findings(.allocationElsewhere).map(\.subject) == ["web"])
  }

  @Test func migrationsThatAreOverAreOrphans() throws {
    var fixture = Fixture.small
    fixture.edit(
      "u2-allocations.json", Fixture.allocation("s2"),
      Fixture.allocation("s2") + "," + Fixture.allocation("m1"))
    fixture.edit("u2-usages.json", Fixture.usages, Self.doubleUsage)
    fixture.bodies["migrations.json"] = Self.migration("m1", "error")
    let cloud = try fixture.collect()
    #expect(cloud.held.map(\.holder) == ["migration of VM web"])
    #expect(cloud.findings(.orphanAllocation).map(\.subject) == ["m1"])
  }

  @Test func allocationsRuleOverFlavors() throws {
    var fixture = Fixture.small
    fixture.edit(
      "u1-allocations.json", #""VCPU": 2, "MEMORY_MB": 4096"#, #""VCPU": 3, "MEMORY_MB": 2048"#)
    let cloud = try fixture.collect()
    let vm = try #require(cloud.vm("web"))
    #expect(vm.vcpus == 3 && vm.memory == 2_048 << 20 && vm.disk == nil)
    #expect(cloud.findings(.usageDiffers).map(\.subject) == ["h1", "h1"])
  }

  @Test func serversWithoutAllocationAreTold() throws {
    var fixture = Fixture.small
    fixture.edit("u1-allocations.json", Fixture.allocation("s1"), "")
    fixture.edit("u1-usages.json", Fixture.usages, "")
    #expect(try fixture.collect().findings(.vmWithoutAllocation).map(\.subject) == ["web"])
    // If the allocations themselves are not there, that alone is told.
    fixture.remove("u1-allocations.json")
    let cloud = try fixture.collect()
    #expect(cloud.findings(.vmWithoutAllocation).isEmpty)
    #expect(cloud.findings(.callMissing).count == 1)
  }
}
