import CloudModel
import Collector
import Scenarios
import Testing

@Suite struct HostQuirkTests {
  @Test func servicesDecideTheState() throws {
    var fixture = Fixture.small
    fixture.bodies["services.json"] = #"""
      {"services": [
        {"binary": "nova-compute", "host": "h1", "status": "disabled", "state": "up",
         "disabled_reason": "new disks", "forced_down": false},
        {"binary": "nova-compute", "host": "h2", "status": "enabled", "state": "up",
         "disabled_reason": null, "forced_down": true},
        {"binary": "nova-compute", "host": "h9", "status": "enabled", "state": "down"}]}
      """#
    let cloud = try fixture.collect()
    #expect(cloud.hosts.map(\.state) == [.disabled, .down])
    #expect(cloud.host("h1")?.note == "new disks")
    #expect(cloud.findings(.hostDisabled).map(\.subject) == ["h1"])
    #expect(cloud.findings(.hostDown).map(\.subject) == ["h2"])
  }

  @Test func hypervisorsTellTheStateWithoutServices() throws {
    var fixture = Fixture.small
    fixture.remove("services.json")
    fixture.edit("hypervisors.json", #""state": "up""#, #""state": "down""#)
    let cloud = try fixture.collect()
    #expect(cloud.hosts.map(\.state) == [.down, .down])
    #expect(cloud.findings(.callMissing).map(\.subject) == ["nova GET /v2.1/os-services"])
  }

  @Test func cpuInfoMayBeText() throws {
    var fixture = Fixture.small
    fixture.edit(
      "hypervisors.json", #"{"arch": "x86_64", "model": "Milan", "features": ["b", "a"]}"#,
      #""{\"arch\": \"x86_64\", \"model\": \"Rome\", \"features\": {\"a\": true, \"b\": false}}""#)
    let cloud = try fixture.collect()
    #expect(cloud.hostClasses.map(\.name) == ["Rome-1"])
    #expect(cloud.hostClasses.first?.cpuFeatures == ["a"])
  }

  @Test func newVersionsDoNotTellTheCPU() throws {
    var fixture = Fixture.small
    fixture.answer(
      "hypervisors.json", "nova", "/v2.1/os-hypervisors/detail", version: "2.90",
      #"""
      {"hypervisors": [{"id": "u1", "hypervisor_hostname": "h1", "hypervisor_type": "QEMU"},
        {"id": "u2", "hypervisor_hostname": "h2", "hypervisor_type": "QEMU"}]}
      """#)
    fixture.edit("u1-traits.json", "HW_CPU_X86_AVX2", "HW_ARCH_X86_64")
    let cloud = try fixture.collect()
    #expect(cloud.findings(.cpuUnknown).map(\.subject) == ["h1, h2"])
    #expect(cloud.hostClasses.map(\.name) == ["Hosts-1", "Hosts-2"])
    #expect(cloud.hostClasses.map(\.architecture) == ["x86_64", ""])
    #expect(cloud.host("h1")?.vcpus == 33)
  }

  @Test func classesDifferByTraitsButNotByBeingDisabled() throws {
    var fixture = Fixture.small
    fixture.edit("u2-traits.json", #""HW_CPU_X86_AVX2""#, #""CUSTOM_BIG", "HW_CPU_X86_AVX2""#)
    fixture.edit(
      "u1-traits.json", #""HW_CPU_X86_AVX2""#, #""HW_CPU_X86_AVX2", "COMPUTE_STATUS_DISABLED""#)
    let cloud = try fixture.collect()
    #expect(cloud.hosts.map(\.hostClass) == ["Milan-1", "Milan-2"])
    #expect(
      cloud.hostClasses.map(\.traits) == [["HW_CPU_X86_AVX2"], ["CUSTOM_BIG", "HW_CPU_X86_AVX2"]])
  }

  @Test func serviceNamesHostsWhoseHypervisorHasALongerName() throws {
    var fixture = Fixture.small
    fixture.edit(
      "hypervisors.json", #""hypervisor_hostname": "h1""#, #""hypervisor_hostname": "h1.example""#)
    fixture.edit("providers.json", #""name": "h1""#, #""name": "h1.example""#)
    fixture.edit(
      "servers.json", #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h1""#,
      #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h1.example""#)
    let cloud = try fixture.collect()
    #expect(cloud.hosts.map(\.name) == ["h1", "h2"])
    #expect(cloud.vm("web")?.host == "h1")
    #expect(cloud.host("h1")?.zone == "a")
  }

  @Test func zonesWithoutAggregatesComeFromServices() throws {
    var fixture = Fixture.small
    fixture.remove("aggregates.json")
    fixture.edit("services.json", #""host": "h2","#, #""host": "h2", "zone": "b","#)
    let cloud = try fixture.collect()
    #expect(cloud.hosts.map(\.zone) == ["nova", "b"])
    #expect(cloud.findings(.callMissing).count == 1)
  }

  @Test func hostsWithoutProviderKeepWhatTheyTell() throws {
    var fixture = Fixture.small
    fixture.edit("providers.json", #", \#(Fixture.root("u2", "h2"))"#, "")
    let cloud = try fixture.collect()
    #expect(cloud.host("h2")?.vcpus == 24)
    #expect(cloud.findings(.hostWithoutProvider).map(\.subject) == ["h2"])
    #expect(cloud.findings(.vmWithoutAllocation).map(\.subject) == ["db"])
  }

  @Test func providersWithoutHypervisorAreTold() throws {
    var fixture = Fixture.small
    fixture.edit(
      "providers.json", Fixture.root("u2", "h2"),
      Fixture.root("u2", "h2") + "," + Fixture.root("u3", "gone"))
    fixture.provider(
      "u3", inventories: Fixture.inventories, usages: Fixture.usages,
      allocations: Fixture.allocation("lost"))
    let cloud = try fixture.collect()
    #expect(cloud.hosts.count == 2)
    #expect(cloud.findings(.providerWithoutHypervisor).map(\.subject) == ["gone"])
    #expect(cloud.findings(.orphanAllocation).map(\.subject) == ["lost"])
    #expect(cloud.held.isEmpty)

    // With a server on it, it is a host: nothing may be lost.
    fixture.edit(
      "servers.json", #""OS-EXT-SRV-ATTR:host": "h2""#, #""OS-EXT-SRV-ATTR:host": "gone""#)
    fixture.edit(
      "servers.json", #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h2""#,
      #""OS-EXT-SRV-ATTR:hypervisor_hostname": "gone""#)
    let other = try fixture.collect()
    #expect(other.hosts.map(\.name) == ["gone", "h1", "h2"])
    #expect(other.host("gone")?.state == .down)
    #expect(other.vm("db")?.host == "gone")
  }

  @Test func overFullHostsAreTold() throws {
    var fixture = Fixture.small
    fixture.edit("u1-inventories.json", #""total": 65536"#, #""total": 4096"#)
    let cloud = try fixture.collect()
    #expect(cloud.findings(.hostOverFull).map(\.subject) == ["h1"])
  }

  @Test func sharedDiskIsThatOfTheSharingProvider() throws {
    var fixture = Fixture.small
    let disk =
      #""DISK_GB": {"total": 1000, "reserved": 0, "allocation_ratio": 1.0, "max_unit": 2147483647}"#
    fixture.edit("u1-inventories.json", ",\n\(disk)", "")
    fixture.edit("u1-aggregates.json", "[]", #"["shared"]"#)
    fixture.edit("u1-allocations.json", #", "DISK_GB": 20"#, "")
    fixture.edit("u1-usages.json", #", "DISK_GB": 20"#, "")
    fixture.edit(
      "providers.json", Fixture.root("u2", "h2"),
      Fixture.root("u2", "h2") + "," + Fixture.root("pool", "ceph"))
    fixture.provider(
      "pool", inventories: #""DISK_GB": {"total": 5000, "reserved": 1000}"#,
      usages: #""DISK_GB": 20"#, traits: #""MISC_SHARES_VIA_AGGREGATE""#, aggregates: #""shared""#,
      allocations: Fixture.allocation("s1", #""DISK_GB": 20"#))
    let cloud = try fixture.collect()
    #expect(cloud.host("h1")?.disk == 4_000 << 30)
    #expect(cloud.findings(.sharedStorage).map(\.subject) == ["h1"])
    #expect(cloud.vm("web")?.disk == nil)
    #expect(cloud.findings(.usageDiffers).isEmpty)
  }

  @Test func dedicatedCPUsAreAdded() throws {
    var fixture = Fixture.small
    fixture.edit("u1-inventories.json", #""VCPU":"#, #""PCPU": {"total": 8}, "VCPU":"#)
    let cloud = try fixture.collect()
    #expect(cloud.host("h1")?.vcpus == 41)
    #expect(cloud.findings(.dedicatedCPUs).map(\.subject) == ["h1"])
  }
}
