import CloudModel
import Collector
import Scenarios
import Testing

@Suite struct FixtureTests {
  @Test func smallCloudIsComplete() throws {
    let cloud = try Fixture.small.collect()
    #expect(cloud.hosts.map(\.name) == ["h1", "h2"])
    #expect(cloud.hosts.map(\.zone) == ["a", "nova"])
    #expect(cloud.zones.map(\.name) == ["a", "nova"])
    let host = try #require(cloud.host("h1"))
    #expect(host.vcpus == 33)
    #expect(host.largestVCPUs == 24)
    #expect(host.memory == (65_536 - 512) << 20)
    #expect(host.largestMemory == nil)
    #expect(host.disk == 1_000 << 30)
    #expect(host.largestDisk == nil)
    #expect(host.aggregates == ["first"])
    #expect(cloud.aggregates.first?.metadata["color"] == "red")
    #expect(cloud.hostClasses.map(\.name) == ["Milan-1"])
    #expect(cloud.hostClasses.first?.cpuFeatures == ["a", "b"])
    let vm = try #require(cloud.vm("web"))
    #expect(vm.project == "alpha")
    #expect(vm.tags == ["z", "a"])
    #expect(vm.metadata["k"] == "v")
    #expect(vm.vcpus == nil && vm.memory == nil && vm.disk == nil && vm.disks.isEmpty)
    #expect(cloud.images.first?.properties["hw_disk_bus"] == "virtio")
    #expect(cloud.images.first?.properties["architecture"] == "x86_64")
    #expect(cloud.images.first?.properties["owner_user_name"] == nil)
    #expect(cloud.takenAt == 1_767_323_046_000_000)
    // The flavor gpu asks for cards that no host is known to have.
    #expect(cloud.findings.map(\.kind) == ["device-totals-unknown"])
  }

  @Test func orderOfAnswersDoesNotMatter() throws {
    let fixture = Fixture.small
    var turned = fixture
    turned.calls.reverse()
    turned.bodies["servers.json"] =
      #"{"servers": [\#(Fixture.server("s2", "db", on: "h2")), "#
      + #"\#(Fixture.server("s1", "web", on: "h1"))]}"#
    var first = try fixture.collect()
    let second = try turned.collect()
    first.name = second.name
    first.source = second.source
    #expect(first == second)
  }
}
