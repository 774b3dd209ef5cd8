import CloudModel
import Testing

/// The hosts of a cloud as placement sees them.
struct FleetTests {
  private func cloud() -> Cloud {
    var cloud = Cloud()
    cloud.zones = [Zone(name: "az1", region: 0), Zone(name: "az2", region: 0)]
    cloud.traits = ["CUSTOM_A", "CUSTOM_B"]
    cloud.hostClasses = [HostClass(traits: [1]), HostClass()]
    cloud.deviceTypes = [DeviceType(name: "gpu")]
    cloud.flavors = [
      Flavor(
        name: "g", demand: Resources(vcpus: 2, memoryMiB: 4096, diskGiB: 10),
        devices: [DeviceRequest(type: 0, count: 2)])
    ]
    for (index, state) in [HostState.enabled, .disabled, .enabled].enumerated() {
      cloud.hosts.names.append("h\(index)")
      cloud.hosts.zone.append(index % 2)
      cloud.hosts.rack.append(-1)
      cloud.hosts.hostClass.append(index == 0 ? 0 : 1)
      cloud.hosts.state.append(state)
      let capacity = Resources(vcpus: 8, memoryMiB: 65_536, diskGiB: 100)
      cloud.hosts.capacity.append(capacity)
      cloud.hosts.largestVM.append(Resources(vcpus: 4, memoryMiB: 65_536, diskGiB: 100))
      cloud.hosts.aggregates.append([])
    }
    cloud.devicePools = [
      DevicePool(host: 0, type: 0, numaNode: nil, total: 3, evidence: .stated)
    ]
    cloud.held = [
      HeldCapacity(
        host: 2, amount: Resources(vcpus: 1, memoryMiB: 1024, diskGiB: 0), holder: "a move")
    ]
    return cloud
  }

  @Test func `capacity, what is held, traits and devices become columns`() {
    let fleet = Fleet(of: cloud(), traits: ["CUSTOM_B"])
    #expect(fleet.freeMilliCPU == [8000, 8000, 7000])
    #expect(fleet.freeMemoryMiB == [65_536, 65_536, 64_512])
    #expect(fleet.traitBits == [1, 0, 0])
    #expect(fleet.isOpen == [true, false, true])
    #expect(fleet.zone == [0, 1, 0])
    #expect(fleet.deviceStart == [0, 3, 3, 3])
    #expect(fleet.kind == [0, 1, 1])
  }

  @Test func `a host fits what it has room for and no more`() {
    var fleet = Fleet(of: cloud(), traits: ["CUSTOM_B"])
    var request = PlacementRequest(milliCPU: 4000, memoryMiB: 65_536, diskGiB: 100)
    #expect(fleet.fits(request, on: 0))
    #expect(!fleet.fits(request, on: 1), "closed")
    #expect(!fleet.fits(request, on: 2), "memory is held")
    request.milliCPU = 4001
    #expect(!fleet.fits(request, on: 0), "larger than any VM may be")
    request.milliCPU = 1000
    request.requiredTraits = 1
    #expect(fleet.fits(request, on: 0))
    request.forbiddenTraits = 1
    #expect(!fleet.fits(request, on: 0))
    request = PlacementRequest(milliCPU: 1000, memoryMiB: 1, zone: 1)
    #expect(!fleet.fits(request, on: 0))
    request.zone = 0
    request.devices = [DeviceDemand(types: 1, count: 3, share: 500)]
    #expect(fleet.fits(request, on: 0))
    #expect(!fleet.fits(request, on: 2), "no devices")
    fleet.deviceFree[1] = 400
    #expect(!fleet.fits(request, on: 0), "only two have half left")
  }
}
