import CloudModel
import Policies
import Testing

/// What Placement offers for a request.
struct NovaCandidateTests {
  private func request(
    vcpus: Int = 1, memoryMiB: Int = 1024, diskGiB: Int = 0, specs: [(String, String)] = []
  ) -> NovaRequest {
    NovaRequest(
      servers: ["vm"],
      flavor: NovaSample.flavor(vcpus: vcpus, memoryMiB: memoryMiB, diskGiB: diskGiB, specs: specs))
  }

  @Test func `a VM with more vCPUs than the host has cores never fits, whatever the ratio`() {
    let ledger = ResourceLedger([
      NovaSample.provider("a", vcpus: 24, ratio: 4), NovaSample.provider("b", vcpus: 32),
    ])
    #expect(NovaSample.hosts(request(vcpus: 32), in: ledger) == ["b"])
    #expect(NovaSample.hosts(request(vcpus: 24), in: ledger) == ["a", "b"])
  }

  @Test func `reserved memory is not given away and the last MiB is`() {
    let ledger = ResourceLedger([NovaSample.provider("a", memoryMiB: 8192, reservedMiB: 4096)])
    #expect(NovaSample.hosts(request(memoryMiB: 4096), in: ledger) == ["a"])
    #expect(NovaSample.hosts(request(memoryMiB: 4097), in: ledger).isEmpty)
  }

  @Test func `a host over its capacity takes nothing, not even of another class`() {
    var ledger = ResourceLedger([NovaSample.provider("a", vcpus: 4, ratio: 1)])
    let held = ResourceAllocation(provider: "rp:a", amounts: [ResourceAmount("VCPU", 5)])
    ledger.assign([held], to: "old")
    #expect(NovaSample.hosts(request(), in: ledger).isEmpty)
    ledger.release("old")
    #expect(NovaSample.hosts(request(), in: ledger) == ["a"])
  }

  @Test func `units of an inventory bound and divide amounts`() {
    var provider = NovaSample.provider("a")
    provider.inventories = [
      ResourceInventory("MEMORY_MB", total: 10_000, minUnit: 1024, maxUnit: 4096, stepSize: 512),
      ResourceInventory("VCPU", total: 64),
    ]
    let ledger = ResourceLedger([provider])
    let fitting = [512, 1024, 1025, 1536, 4096, 4608].filter {
      !NovaSample.hosts(request(memoryMiB: $0), in: ledger).isEmpty
    }
    #expect(fitting == [1024, 1536, 4096])
  }

  @Test func `traits are required and forbidden by flavor and image`() {
    let ledger = ResourceLedger([
      NovaSample.provider("gpu", traits: ["CUSTOM_GPU_HOST"]),
      NovaSample.provider("avx", traits: ["HW_CPU_X86_AVX512F"]), NovaSample.provider("plain"),
    ])
    #expect(
      NovaSample.hosts(request(specs: [("trait:CUSTOM_GPU_HOST", "required")]), in: ledger)
        == ["gpu"])
    var forbidding = request(specs: [("trait:CUSTOM_GPU_HOST", "forbidden")])
    #expect(NovaSample.hosts(forbidding, in: ledger) == ["avx", "plain"])
    forbidding.imageTraits = ["HW_CPU_X86_AVX512F"]
    #expect(NovaSample.hosts(forbidding, in: ledger) == ["avx"])
  }

  @Test func `disabled hosts, other zones and other trees are no candidates`() {
    var ledger = ResourceLedger([
      NovaSample.provider("a", aggregates: ["agg:az1"]),
      NovaSample.provider("b", aggregates: ["agg:az2"]),
    ])
    var request = request()
    request.aggregates = [["agg:az2"]]
    #expect(NovaSample.hosts(request, in: ledger) == ["b"])
    ledger.setTrait("COMPUTE_STATUS_DISABLED", true, of: "rp:b")
    #expect(NovaSample.hosts(request, in: ledger).isEmpty)
    request.aggregates = []
    #expect(NovaSample.hosts(request, in: ledger) == ["a"])
    request.demandedHost = "b"
    #expect(NovaSample.hosts(request, in: ledger).isEmpty)
  }

  @Test func `extra specs replace the amounts of the flavor`() {
    let query = NovaSample.query(
      request(
        vcpus: 8, diskGiB: 20,
        specs: [("resources:VCPU", "0"), ("resources:CUSTOM_X", "3"), ("resources:DISK_GB", "5")]))
    #expect(query.groups.count == 1)
    #expect(
      query.groups.first?.amounts == [
        ResourceAmount("CUSTOM_X", 3), ResourceAmount("DISK_GB", 5),
        ResourceAmount("MEMORY_MB", 1024),
      ])
  }

  @Test func `swap is rounded up to GiB and a volume needs no root disk`() {
    var request = request(diskGiB: 20)
    request.flavor.swapMiB = 1025
    request.flavor.ephemeralGiB = 1
    #expect(
      NovaSample.query(request).parameters.contains("resources=DISK_GB:23,MEMORY_MB:1024,VCPU:1"))
    request.isVolumeBacked = true
    #expect(
      NovaSample.query(request).parameters.contains("resources=DISK_GB:3,MEMORY_MB:1024,VCPU:1"))
  }

  @Test func `the limit is left out for members of groups`() {
    var request = request()
    #expect(NovaSample.query(request).limit == 1000)
    request.hints = ["group"]
    #expect(NovaSample.query(request).limit == nil)
  }

  @Test func `two of eight tracked devices come in fifty-six ways, all of different devices`() {
    let ledger = ResourceLedger(
      [NovaSample.provider("a")] + (1...8).map { NovaSample.device($0, of: "a") })
    var configuration = NovaConfiguration()
    configuration.pciInPlacement = true
    var request = request()
    request.devices = [NovaDeviceRequest(count: 2, specs: [NovaSample.gpu])]
    let query = NovaSample.query(request, configuration)
    #expect(query.groupPolicy == "none" && query.groups.count == 3)
    let candidates = ledger.candidates(for: query)
    #expect(candidates.count == 56)
    #expect(candidates.allSatisfy { Set($0.allocations.map(\.provider)).count == 3 })
    #expect(NovaSample.query(request).groups.count == 1)
  }

  @Test func `isolated groups come from different providers`() {
    var child = NovaSample.device(1, of: "a")
    child.inventories = [ResourceInventory("VGPU", total: 8)]
    let specs = [("resources1:VGPU", "1"), ("resources2:VGPU", "1")]
    func count(_ policy: String) -> Int {
      let ledger = ResourceLedger([NovaSample.provider("a"), child])
      let request = request(specs: specs + [("group_policy", policy)])
      return ledger.candidates(for: NovaSample.query(request)).count
    }
    #expect(count("none") == 1 && count("isolate") == 0)
  }
}
