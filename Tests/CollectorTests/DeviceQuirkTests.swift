import CloudModel
import Collector
import Scenarios
import Testing

@Suite struct DeviceQuirkTests {
  /// `web` has the flavor that asks for two cards.
  private static var base: Fixture {
    var fixture = Fixture.small
    fixture.edit(
      "servers.json", #""original_name": "small", "extra_specs": {}"#,
      #""original_name": "gpu", "extra_specs": {\#(Fixture.alias)}"#)
    return fixture
  }

  /// Cards of h1 as children in Placement, one for each device.
  private static func withChildren(_ names: [String]) -> Fixture {
    var fixture = base
    let children = names.map { Fixture.child("dev-\($0)", $0, of: "u1") }
    fixture.edit(
      "providers.json", Fixture.root("u2", "h2"),
      ([Fixture.root("u2", "h2")] + children).joined(separator: ","))
    for name in names {
      fixture.provider(
        "dev-\(name)", inventories: #""CUSTOM_PCI_10DE_20B5": {"total": 1, "reserved": 0}"#,
        usages: "", allocations: "")
    }
    return fixture
  }

  @Test func withoutPlacementTheOnesInUseAreKnown() throws {
    let cloud = try Self.base.collect()
    #expect(cloud.deviceTypes.map(\.name) == ["card"])
    #expect(cloud.flavor("gpu")?.devices.map(\.count) == [2])
    #expect(cloud.flavor("gpu")?.devices.map(\.type) == ["card"])
    let pools = try #require(cloud.host("h1")?.devices)
    #expect(pools.map(\.count) == [2])
    #expect(pools.map(\.evidence) == [.derived])
    #expect(pools.map(\.numaNode) == [nil])
    #expect(cloud.findings(.deviceTotalsUnknown).map(\.subject) == ["card"])
  }

  @Test func allocationsTellWhichClassAnAliasIs() throws {
    var fixture = Self.withChildren(["h1_0000:81:00.0", "h1_0000:82:00.0", "h1_0000:83:00.0"])
    let taken = #""CUSTOM_PCI_10DE_20B5": 1"#
    for name in ["h1_0000:81:00.0", "h1_0000:82:00.0"] {
      fixture.bodies["dev-\(name)-usages.json"] = "{\"usages\": {\(taken)}}"
      fixture.bodies["dev-\(name)-allocations.json"] =
        "{\"allocations\": {\(Fixture.allocation("s1", taken))}}"
    }
    let cloud = try fixture.collect()
    #expect(cloud.deviceTypes.map(\.name) == ["card"])
    let pools = try #require(cloud.host("h1")?.devices)
    #expect(pools.map(\.type) == ["card"])
    #expect(pools.map(\.count) == [3])
    #expect(pools.map(\.evidence) == [.stated])
    #expect(cloud.findings(.deviceAliasMapped).map(\.subject) == ["card"])
    // `db` has the flavor too, but Placement counts no card of h2.
    #expect(cloud.host("h2")?.devices.map(\.evidence) == [.derived])
  }

  @Test func onlyAliasAndOnlyClassAreAssumedToBelongTogether() throws {
    let cloud = try Self.withChildren(["h1_NUMA0_a", "h1_NUMA1_b", "h1_NUMA1_c"]).collect()
    let pools = try #require(cloud.host("h1")?.devices)
    #expect(pools.map(\.numaNode) == [0, 1])
    #expect(pools.map(\.count) == [1, 2])
    #expect(pools.map(\.evidence) == [.assumed, .assumed])
    #expect(cloud.findings(.deviceAliasMapped).count == 1)
  }

  @Test func classesThatNobodyAsksForKeepTheirName() throws {
    var fixture = Self.withChildren(["one"])
    fixture.edit(
      "dev-one-inventories.json", #""CUSTOM_PCI_10DE_20B5""#,
      #""CUSTOM_PCI_1_2": {"total": 4, "reserved": 1}, "CUSTOM_PCI_10DE_20B5""#)
    let cloud = try fixture.collect()
    #expect(cloud.deviceTypes.map(\.name) == ["CUSTOM_PCI_10DE_20B5", "CUSTOM_PCI_1_2", "card"])
    #expect(
      cloud.findings(.deviceClassUnmapped).map(\.subject)
        == ["CUSTOM_PCI_10DE_20B5", "CUSTOM_PCI_1_2"])
    #expect(cloud.host("h1")?.devices.first { $0.type == "CUSTOM_PCI_1_2" }?.count == 3)
  }

  @Test func resourceClassesAreTypesOfTheirOwn() throws {
    var fixture = Fixture.small
    fixture.edit(
      "flavors.json", Fixture.alias,
      #""pci_passthrough:alias": "card:1, nic", "resources:VGPU": "1", "resources2:CUSTOM_KEY": "2""#
    )
    fixture.edit(
      "providers.json", Fixture.root("u2", "h2"),
      Fixture.root("u2", "h2") + "," + Fixture.child("vgpu", "h1_pci_0000_84_00_0", of: "u1"))
    fixture.provider(
      "vgpu", inventories: #""VGPU": {"total": 16}"#, usages: "",
      traits: #""CUSTOM_NUMA_NODE_1""#, allocations: "")
    let cloud = try fixture.collect()
    #expect(cloud.deviceTypes.map(\.name) == ["CUSTOM_KEY", "VGPU", "card", "nic"])
    #expect(cloud.flavor("gpu")?.devices.map(\.type) == ["CUSTOM_KEY", "VGPU", "card", "nic"])
    #expect(cloud.flavor("gpu")?.devices.map(\.count) == [2, 1, 1, 1])
    let pool = try #require(cloud.host("h1")?.devices.first)
    #expect(pool.type == "VGPU" && pool.count == 16 && pool.numaNode == 1)
    #expect(cloud.findings(.deviceTotalsUnknown).map(\.subject) == ["CUSTOM_KEY", "card", "nic"])
  }
}
