package import CloudModel

/// A cloud small enough to solve by hand, made host by host and VM by VM.
package struct TinyCloud {
  /// The cloud so far.
  package var cloud = Cloud()

  /// A cloud with one region and the zones named.
  package init(zones: [String] = ["az1"]) {
    cloud.name = "tiny"
    cloud.regions = [Region(name: "region")]
    cloud.zones = zones.map { Zone(name: $0, region: 0) }
    cloud.labels = [VMLabels()]
    cloud.hostClasses = [HostClass()]
  }

  /// Adds a host and returns its index. Memory in GiB; plenty of vCPUs and disk unless said.
  @discardableResult
  package mutating func host(
    _ name: String, zone: Int = 0, memory: Int64, vcpus: Int64 = 1000, disk: Int64 = 100_000,
    hostClass: HostClass = HostClass(), state: HostState = .enabled,
    devices: [(type: String, count: Int)] = [], aggregates: [Int] = []
  ) -> Int {
    let index = cloud.hosts.count
    cloud.hosts.names.append(name)
    cloud.hosts.zone.append(zone)
    cloud.hosts.rack.append(-1)
    cloud.hosts.state.append(state)
    let capacity = Resources(vcpus: vcpus, memoryMiB: memory << 10, diskGiB: disk)
    cloud.hosts.capacity.append(capacity)
    cloud.hosts.largestVM.append(capacity)
    cloud.hosts.aggregates.append(aggregates)
    if let known = cloud.hostClasses.firstIndex(of: hostClass) {
      cloud.hosts.hostClass.append(known)
    } else {
      cloud.hosts.hostClass.append(cloud.hostClasses.count)
      cloud.hostClasses.append(hostClass)
    }
    for device in devices {
      cloud.devicePools.append(
        DevicePool(
          host: index, type: deviceType(device.type), numaNode: nil, total: device.count,
          evidence: .stated))
    }
    return index
  }

  /// The index of a device type, added if it is new.
  package mutating func deviceType(_ name: String, isLiveMigratable: Bool = false) -> Int {
    if let known = cloud.deviceTypes.firstIndex(where: { $0.name == name }) { return known }
    cloud.deviceTypes.append(DeviceType(name: name, isLiveMigratable: isLiveMigratable))
    return cloud.deviceTypes.count - 1
  }

  /// The index of a trait, added if it is new.
  package mutating func trait(_ name: String) -> Int {
    if let known = cloud.traits.firstIndex(of: name) { return known }
    cloud.traits.append(name)
    return cloud.traits.count - 1
  }

  /// Adds a group and returns its index.
  package mutating func group(
    _ name: String, _ policy: GroupPolicy, maxPerHost: Int = 1, minimumRunning: Int? = nil,
    readyAfterSeconds: Double = 0
  ) -> Int {
    cloud.groups.append(
      ServerGroup(
        name: name, id: name, policy: policy, maxPerHost: maxPerHost,
        minimumRunning: minimumRunning, readyAfter: SimulatedDuration(seconds: readyAfterSeconds)))
    return cloud.groups.count - 1
  }

  /// Adds a VM with a flavor of its own size and returns its index. Memory in GiB.
  @discardableResult
  package mutating func vm(
    _ name: String, on host: Int, memory: Int64, vcpus: Int64 = 1, disk: Int64 = 0,
    group: Int = -1, state: VMState = .active, pinnedZone: Int = -1, tags: [String] = [],
    flavor flavorName: String? = nil, specs: [(String, String)] = [],
    image: [(String, String)] = [], devices: [(type: String, count: Int)] = [],
    disks: [Disk] = []
  ) -> Int {
    let index = cloud.vms.count
    let demand = Resources(vcpus: vcpus, memoryMiB: memory << 10, diskGiB: disk)
    let requests = devices.map { DeviceRequest(type: deviceType($0.type), count: $0.count) }
    cloud.flavors.append(
      Flavor(
        name: flavorName ?? "flavor-\(name)", demand: demand, extraSpecs: Properties(specs),
        devices: requests))
    for (key, _) in specs + image where key.hasPrefix("trait:") {
      _ = trait(String(key.dropFirst(6)))
    }
    cloud.images.append(
      Image(name: "image-\(name)", id: "image-\(name)", properties: Properties(image)))
    cloud.vms.ids.append("id-\(name)")
    cloud.vms.names.append(name)
    cloud.vms.host.append(host)
    cloud.vms.flavor.append(cloud.flavors.count - 1)
    cloud.vms.image.append(cloud.images.count - 1)
    cloud.vms.project.append(-1)
    cloud.vms.pinnedZone.append(pinnedZone)
    cloud.vms.group.append(group)
    cloud.vms.state.append(state)
    cloud.vms.isLocked.append(false)
    cloud.vms.demand.append(demand)
    cloud.labels.append(VMLabels(tags: tags))
    cloud.vms.labels.append(cloud.labels.count - 1)
    cloud.vms.disks.append(disks)
    return index
  }
}
