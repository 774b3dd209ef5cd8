import CloudModel
import Collector
import Scenarios
import Testing

@Suite struct VMQuirkTests {
  static let states: [(String, String?, VMState)] = [
    ("ACTIVE", nil, .active), ("PAUSED", nil, .paused), ("SHUTOFF", nil, .stopped),
    ("SUSPENDED", nil, .suspended), ("SHELVED", nil, .shelved),
    ("SHELVED_OFFLOADED", nil, .shelved), ("VERIFY_RESIZE", nil, .resized),
    ("ERROR", nil, .error), ("ERROR", "deleting", .error), ("ACTIVE", "rebooting", .busy),
    ("MIGRATING", "migrating", .busy), ("BUILD", "spawning", .busy), ("DANCING", nil, .unknown),
  ]

  @Test(arguments: states)
  func wordsBecomeStates(status: String, task: String?, state: VMState) throws {
    var fixture = Fixture.small
    let task = task.map { "\"\($0)\"" } ?? "null"
    fixture.edit(
      "servers.json", #""name": "web", "status": "ACTIVE", "OS-EXT-STS:task_state": null"#,
      #""name": "web", "status": "\#(status)", "OS-EXT-STS:task_state": \#(task)"#)
    let cloud = try fixture.collect()
    #expect(cloud.vm("web")?.state == state)
    #expect(cloud.findings(.unknownState).isEmpty == (state != .unknown))
    #expect(cloud.findings(.vmInError).isEmpty == (state != .error))
    #expect(cloud.findings(.resizeWaiting).isEmpty == (state != .resized))
  }

  @Test func deletedServersAreLeftOut() throws {
    var fixture = Fixture.small
    fixture.edit(
      "servers.json", #""name": "web", "status": "ACTIVE""#, #""name": "web", "status": "DELETED""#)
    let cloud = try fixture.collect()
    #expect(cloud.vms.map(\.name) == ["db"])
    #expect(cloud.findings(.orphanAllocation).map(\.subject) == ["s1"])
  }

  @Test func serversOnNoHostStay() throws {
    var fixture = Fixture.small
    fixture.edit("servers.json", #""OS-EXT-SRV-ATTR:host": "h1""#, #""OS-EXT-SRV-ATTR:host": null"#)
    fixture.edit(
      "servers.json", #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h1""#,
      #""OS-EXT-SRV-ATTR:hypervisor_hostname": null"#)
    fixture.edit("u1-allocations.json", Fixture.allocation("s1"), "")
    fixture.edit("u1-usages.json", Fixture.usages, "")
    let cloud = try fixture.collect()
    #expect(cloud.vms.count == 2)
    #expect(cloud.vm("web")?.host == nil)
    #expect(cloud.findings(.vmHostUnknown).map(\.subject) == ["web"])
    #expect(cloud.findings(.vmWithoutAllocation).isEmpty)
  }

  @Test func bootedFromVolumeHasNoLocalRoot() throws {
    var fixture = Fixture.small
    let image =
      #""image": {"id": "i1", "properties": {"hw_disk_bus": "virtio"}}, "tenant_id": "p1""#
    fixture.edit("servers.json", image, #""image": "", "tenant_id": "p1""#)
    fixture.edit(
      "servers.json", #""os-extended-volumes:volumes_attached": []"#,
      #""os-extended-volumes:volumes_attached": [{"id": "v1", "delete_on_termination": false}]"#)
    // h1 has the allocation that Placement makes for it, h2 has none.
    fixture.edit("u1-allocations.json", #", "DISK_GB": 20"#, "")
    fixture.edit("u1-usages.json", #", "DISK_GB": 20"#, "")
    fixture.edit("u2-allocations.json", Fixture.allocation("s2"), "")
    fixture.edit("u2-usages.json", Fixture.usages, "")
    let cloud = try fixture.collect()
    for name in ["web", "db"] {
      let vm = try #require(cloud.vm(name))
      #expect(vm.image == nil)
      #expect(vm.disk == 0)
      #expect(vm.disks.map(\.kind) == [.volume])
      #expect(vm.disks.first?.zone == nil)
    }
    #expect(cloud.findings(.vmWithoutAllocation).map(\.subject) == ["db"])
    #expect(cloud.findings(.volumesUnknown).count == 1)
  }

  @Test func flavorsAsBootedAreKept() throws {
    var fixture = Fixture.small
    fixture.edit("flavors.json", #""name": "small", "vcpus": 2"#, #""name": "small", "vcpus": 4"#)
    let cloud = try fixture.collect()
    #expect(cloud.flavors.map(\.name) == ["gpu", "small", "small (as booted)"])
    #expect(cloud.vm("web")?.flavor == "small (as booted)")
    #expect(cloud.vm("web")?.vcpus == nil)
    #expect(cloud.findings(.flavorAsBooted).map(\.subject) == ["small (as booted)"])
  }

  @Test func extraSpecsThatBindMakeAnotherFlavor() throws {
    var fixture = Fixture.small
    fixture.bodies["flavors.json"] = #"""
      {"flavors": [\#(Fixture.flavor("f1", "small", #""scs:name-v2": "x""#))]}
      """#
    #expect(try fixture.collect().vm("web")?.flavor == "small")
    fixture.bodies["flavors.json"] = #"""
      {"flavors": [\#(Fixture.flavor("f1", "small", #""trait:CUSTOM_X": "required""#))]}
      """#
    #expect(try fixture.collect().vm("web")?.flavor == "small (as booted)")
  }

  @Test func swapAndOverridesCountAsPlacementDoes() throws {
    var fixture = Fixture.small
    fixture.edit("flavors.json", #""swap": """#, #""swap": 512"#)
    fixture.edit("flavors.json", Fixture.alias, #""resources:VCPU": "0", "resources1:PCPU": "3""#)
    let cloud = try fixture.collect()
    #expect(cloud.flavor("small")?.disk == 21 << 30)
    #expect(cloud.flavor("gpu")?.vcpus == 3)
  }

  @Test func extraSpecsAreAskedForApart() throws {
    var fixture = Fixture.small
    fixture.edit("flavors.json", #""extra_specs": {\#(Fixture.alias)}"#, #""rxtx_factor": 1.0"#)
    #expect(try fixture.collect().findings(.extraSpecsUnknown).map(\.subject) == ["gpu"])
    fixture.answer(
      "specs.json", "nova", "/v2.1/flavors/f2/os-extra_specs", version: "2.61",
      #"{"extra_specs": {\#(Fixture.alias)}}"#)
    let cloud = try fixture.collect()
    #expect(cloud.findings(.extraSpecsUnknown).isEmpty)
    #expect(cloud.flavor("gpu")?.devices.map(\.count) == [2])
  }

  @Test func oldServersNameTheirFlavorById() throws {
    var fixture = Fixture.small
    let inline = #"""
      {"vcpus": 2, "ram": 4096, "disk": 20, "ephemeral": 0, "swap": 0,
         "original_name": "small", "extra_specs": {}}
      """#
    fixture.edit("servers.json", inline, #"{"id": "f1", "links": []}"#)
    #expect(try fixture.collect().vm("web")?.flavor == "small")
    fixture.edit("servers.json", #"{"id": "f1""#, #"{"id": "f9""#)
    let cloud = try fixture.collect()
    #expect(cloud.vm("web")?.flavor == "f9")
    #expect(cloud.vm("web")?.memory == 4_096 << 20)
    #expect(cloud.findings(.flavorGone).map(\.subject) == ["f9"])
  }

  @Test func imagesThatAreGoneAreAdded() throws {
    var fixture = Fixture.small
    fixture.edit("images.json", #""id": "i1""#, #""id": "i2""#)
    let cloud = try fixture.collect()
    #expect(cloud.images.map(\.id) == ["i2", "i1"])
    #expect(cloud.images.last?.name == "i1")
    #expect(cloud.images.last?.properties["hw_disk_bus"] == "virtio")
    #expect(cloud.findings(.imageGone).map(\.subject) == ["i1"])
  }

  @Test func missingListsAreFindings() throws {
    var fixture = Fixture.small
    for file in ["images.json", "migrations.json", "projects.json", "groups.json"] {
      fixture.remove(file)
    }
    let cloud = try fixture.collect()
    #expect(cloud.findings(.callMissing).count == 4)
    #expect(cloud.findings(.imageGone).isEmpty)
    #expect(cloud.vm("web")?.project == "p1")
    #expect(cloud.projects.map(\.name) == ["p1"])
  }

  @Test func refusedListsNameTheRule() throws {
    var fixture = Fixture.small
    fixture.answer(
      "migrations.json", "nova", "/v2.1/os-migrations", version: "2.80", status: 403,
      #"""
      {"forbidden": {"code": 403,
        "message": "Policy doesn't allow os_compute_api:os-migrations:index to be performed."}}
      """#)
    let finding = try #require(try fixture.collect().findings(.callRefused).first)
    #expect(finding.subject == "nova GET /v2.1/os-migrations")
    #expect(finding.text.contains("os_compute_api:os-migrations:index"))
  }

  @Test func pinnedZonesExist() throws {
    var fixture = Fixture.small
    fixture.edit(
      "servers.json", #""pinned_availability_zone": null"#, #""pinned_availability_zone": "c""#)
    let cloud = try fixture.collect()
    #expect(cloud.zones.map(\.name) == ["a", "c", "nova"])
    #expect(cloud.vm("web")?.pinnedZone == "c")
    #expect(cloud.findings(.zoneWithoutHosts).map(\.subject) == ["c"])
  }
}
