import CloudModel
import Documents

/// Turns the records of a cloud file into columns, and names into indices.
struct CloudAssembly {
  var cloud = Cloud()
  private var zones = NameIndex("zone")
  private var regions = NameIndex("region")
  private var racks = NameIndex("rack")
  private var aggregates = NameIndex("aggregate")
  private var classes = NameIndex("host class")
  private var deviceTypes = NameIndex("device type")
  private var traits = NameIndex("trait")
  private var flavors = NameIndex("flavor")
  private var images = NameIndex("image")
  private var projects = NameIndex("project")
  private var groups = NameIndex("group")
  private var hosts = NameIndex("host")
  private var vms = NameIndex("VM")
  private var labels: [VMLabels: Int] = [:]
  /// The groups that one record stands for, by its id.
  private var groupFleets: [String: Range<Int>] = [:]
  private var dealing = VMDealing()

  init(name: String) {
    cloud.name = name
  }

  mutating func addTopology(_ record: CloudRecord, _ reading: inout Reading) {
    for region in record.regions {
      regions.add(region.name, at: region.origin.place, &reading)
      cloud.regions.append(Region(name: region.name))
    }
    if cloud.regions.isEmpty {
      _ = regions.indexAdding("region")
      cloud.regions.append(Region(name: "region"))
    }
    for zone in record.zones {
      zones.add(zone.name, at: zone.origin.place, &reading)
      let region = regions.find(zone.region, of: "zone `\(zone.name)`", zone.origin, &reading)
      cloud.zones.append(Zone(name: zone.name, region: region ?? 0, tier: zone.tier))
    }
    if cloud.zones.isEmpty {
      _ = zones.indexAdding("nova")
      cloud.zones.append(Zone(name: "nova", region: 0))
    }
    for rack in record.racks {
      racks.add(rack.name, at: rack.origin.place, &reading)
      let zone = zones.find(rack.zone, of: "rack `\(rack.name)`", rack.origin, &reading)
      cloud.racks.append(Rack(name: rack.name, zone: zone ?? 0))
    }
    for aggregate in record.aggregates {
      aggregates.add(aggregate.name, at: aggregate.origin.place, &reading)
      cloud.aggregates.append(Aggregate(name: aggregate.name, metadata: aggregate.metadata))
    }
  }

  mutating func addCatalogue(_ record: CloudRecord, _ reading: inout Reading) {
    for type in record.deviceTypes {
      deviceTypes.add(type.name, at: type.origin.place, &reading)
      cloud.deviceTypes.append(
        DeviceType(name: type.name, isLiveMigratable: type.isLiveMigratable))
    }
    for kind in record.hostClasses {
      classes.add(kind.name, at: kind.origin.place, &reading)
      cloud.hostClasses.append(
        HostClass(
          architecture: kind.architecture, hypervisor: kind.hypervisor,
          hypervisorVersion: kind.hypervisorVersion, cpuModel: kind.cpuModel,
          cpuVendor: kind.cpuVendor,
          cpuFeatures: kind.cpuFeatures.sorted(),
          traits: Array(Set(kind.traits.map { traits.indexAdding($0) })).sorted()))
    }
    for flavor in record.flavors { add(flavor, &reading) }
    for image in record.images {
      images.add(image.id, at: image.origin.place, &reading)
      noteTraits(image.properties)
      cloud.images.append(Image(name: image.name, id: image.id, properties: image.properties))
    }
    for project in record.projects {
      projects.add(project.name, at: project.origin.place, &reading)
      cloud.projects.append(
        Project(
          name: project.name, id: project.id ?? project.name, quota: Self.quota(project)))
    }
    for group in record.groups { addAll(group, &reading) }
    cloud.traits = traits.names
  }

  private mutating func add(_ flavor: FlavorRecord, _ reading: inout Reading) {
    flavors.add(flavor.name, at: flavor.origin.place, &reading)
    noteTraits(flavor.extraSpecs)
    cloud.flavors.append(
      Flavor(
        name: flavor.name,
        demand: Self.demand(vcpus: flavor.vcpus, memory: flavor.memory, disk: flavor.disk),
        extraSpecs: flavor.extraSpecs, isPublic: flavor.isPublic,
        devices: flavor.devices.map {
          DeviceRequest(type: deviceType($0.type), count: Int($0.count))
        }))
  }

  private mutating func add(_ group: GroupRecord, _ reading: inout Reading) {
    groups.add(group.id ?? group.name, at: group.origin.place, &reading)
    cloud.groups.append(
      ServerGroup(
        name: group.name, id: group.id ?? group.name, policy: group.policy,
        maxPerHost: Int(group.maxPerHost), minimumRunning: group.minimumRunning.map(Int.init),
        readyAfter: SimulatedDuration(microseconds: group.readyAfter)))
  }

  mutating func addHosts(_ record: CloudRecord, _ reading: inout Reading) {
    if record.hosts.isEmpty {
      reading.report(
        .incomplete, "the cloud `\(record.name)` has no hosts", at: record.origin.place,
        help: "add `hosts`, or record the cloud again with `berth collect`")
    }
    for host in record.hosts { addAll(host, &reading) }
    for held in record.held {
      let subject = "capacity held by `\(held.holder)`"
      guard let host = hosts.find(held.host, of: subject, held.origin, &reading) else { continue }
      cloud.held.append(
        HeldCapacity(
          host: host,
          amount: Self.demand(vcpus: held.vcpus, memory: held.memory, disk: held.disk),
          holder: held.holder))
    }
  }

  /// Adds a host, or a number of like ones.
  private mutating func addAll(_ host: HostRecord, _ reading: inout Reading) {
    var single = host
    for number in 1...host.count {
      single.name = Numbering.name(host.name, number, of: host.count)
      add(single, &reading)
    }
  }

  /// Adds a server group, or a number of like ones.
  private mutating func addAll(_ group: GroupRecord, _ reading: inout Reading) {
    let first = cloud.groups.count
    var single = group
    for number in 1...group.count {
      single.name = Numbering.name(group.name, number, of: group.count)
      single.id = group.id.map { Numbering.name($0, number, of: group.count) }
      add(single, &reading)
    }
    if group.count > 1 { groupFleets[group.id ?? group.name] = first..<cloud.groups.count }
  }

  /// Adds a VM, or a number of like ones, dealt over hosts and groups in turn.
  private mutating func addAll(_ vm: VMRecord, _ reading: inout Reading) {
    var single = vm
    let targets =
      vm.spreadOver.isEmpty ? [] : dealing.hosts(of: vm, among: cloud.hosts.names.all, &reading)
    let fleet = vm.group.flatMap { groupFleets[$0] }
    for number in 1...vm.count {
      single.name = Numbering.name(vm.name, number, of: vm.count)
      single.id = vm.id.map { Numbering.name($0, number, of: vm.count) }
      if !targets.isEmpty { single.host = cloud.hosts.names[dealing.next(of: targets, for: vm)] }
      if let fleet {
        single.group = cloud.groups[fleet.lowerBound + Int(number - 1) % fleet.count].id
      }
      add(single, &reading)
    }
  }

  private mutating func add(_ host: HostRecord, _ reading: inout Reading) {
    let subject = "host `\(host.name)`"
    let index = cloud.hosts.count
    hosts.add(host.name, at: host.origin.place, &reading)
    cloud.hosts.names.append(host.name)
    cloud.hosts.zone.append(zones.find(host.zone, of: subject, host.origin, &reading) ?? 0)
    cloud.hosts.rack.append(
      host.rack.map { racks.find($0, of: subject, host.origin, &reading) ?? -1 } ?? -1)
    cloud.hosts.hostClass.append(hostClass(host, subject, &reading))
    cloud.hosts.state.append(host.state)
    let capacity = Self.capacity(vcpus: host.vcpus, memory: host.memory, disk: host.disk)
    cloud.hosts.capacity.append(capacity)
    cloud.hosts.largestVM.append(
      Resources(
        vcpus: host.largestVCPUs ?? capacity.vcpus,
        memoryMiB: host.largestMemory.map { $0 >> 20 } ?? capacity.memoryMiB,
        diskGiB: host.largestDisk.map { $0 >> 30 } ?? capacity.diskGiB))
    cloud.hosts.aggregates.append(
      host.aggregates.compactMap { aggregates.find($0, of: subject, host.origin, &reading) })
    checkRack(of: index, host, &reading)
    for device in host.devices {
      cloud.devicePools.append(
        DevicePool(
          host: index, type: deviceType(device.type), numaNode: device.numaNode.map(Int.init),
          total: Int(device.count), evidence: device.evidence))
    }
  }

  private func checkRack(of index: Int, _ host: HostRecord, _ reading: inout Reading) {
    let rack = cloud.hosts.rack[index]
    guard rack >= 0, cloud.racks[rack].zone != cloud.hosts.zone[index] else { return }
    reading.report(
      .contradiction,
      "host `\(host.name)` is in zone `\(cloud.zones[cloud.hosts.zone[index]].name)`, its rack "
        + "`\(cloud.racks[rack].name)` in zone `\(cloud.zones[cloud.racks[rack].zone].name)`",
      at: host.origin.place, help: "a rack is in one zone, with all its hosts")
  }

  private mutating func hostClass(
    _ host: HostRecord, _ subject: String, _ reading: inout Reading
  ) -> Int {
    if let name = host.hostClass {
      return classes.find(name, of: subject, host.origin, &reading) ?? 0
    }
    if let plain = classes.index(of: "") { return plain }
    cloud.hostClasses.append(HostClass())
    return classes.indexAdding("")
  }

  mutating func addVMs(_ record: CloudRecord, _ reading: inout Reading) {
    cloud.vms.ids.reserveCapacity(record.vms.count)
    cloud.vms.names.reserveCapacity(record.vms.count)
    for vm in record.vms { addAll(vm, &reading) }
  }

  private mutating func add(_ vm: VMRecord, _ reading: inout Reading) {
    let subject = "VM `\(vm.name)`"
    let id = vm.id ?? vm.name
    vms.add(id, at: vm.origin.place, &reading)
    cloud.vms.ids.append(id)
    cloud.vms.names.append(vm.name)
    let flavor = flavors.find(vm.flavor, of: subject, vm.origin, &reading)
    func optional(_ name: String?, _ index: NameIndex) -> Int {
      name.map { index.find($0, of: subject, vm.origin, &reading) ?? -1 } ?? -1
    }
    cloud.vms.host.append(optional(vm.host, hosts))
    cloud.vms.flavor.append(flavor ?? 0)
    cloud.vms.image.append(optional(vm.image, images))
    cloud.vms.project.append(vm.project.map { projectIndex($0) } ?? -1)
    cloud.vms.pinnedZone.append(optional(vm.pinnedZone, zones))
    cloud.vms.group.append(optional(vm.group, groups))
    cloud.vms.state.append(vm.state)
    cloud.vms.isLocked.append(vm.isLocked)
    let standard = flavor.map { cloud.flavors[$0].demand } ?? .zero
    cloud.vms.demand.append(
      Resources(
        vcpus: vm.vcpus ?? standard.vcpus,
        memoryMiB: vm.memory.map { Self.up($0, 20) } ?? standard.memoryMiB,
        diskGiB: vm.disk.map { Self.up($0, 30) } ?? standard.diskGiB))
    cloud.vms.labels.append(labelIndex(VMLabels(tags: vm.tags, metadata: vm.metadata)))
    let disks = vm.disks.map { disk in
      Disk(kind: disk.kind, size: Bytes(disk.size), zone: disk.zone.map { optional($0, zones) })
    }
    cloud.vms.disks.append(disks)
    checkSize(of: cloud.vms.count - 1, vm, &reading)
  }

  /// Nothing runs on a host that has less memory than it, however much is promised beyond that.
  private func checkSize(of vm: Int, _ record: VMRecord, _ reading: inout Reading) {
    let host = cloud.vms.host[vm]
    guard host >= 0 else { return }
    let (memory, most) = (cloud.vms.demand[vm].memoryMiB, cloud.hosts.largestVM[host].memoryMiB)
    guard memory > most, most > 0 else { return }
    reading.report(
      .contradiction,
      "VM `\(record.name)` has a memory of \(memory) MiB, its host "
        + "`\(cloud.hosts.names[host])` can hold none above \(most) MiB",
      at: record.origin.place, help: "correct the size of one of them, mostly a unit")
  }

  private mutating func labelIndex(_ set: VMLabels) -> Int {
    if let known = labels[set] { return known }
    labels[set] = cloud.labels.count
    cloud.labels.append(set)
    return cloud.labels.count - 1
  }

  /// The index of a project; one that is only named by a VM is added.
  private mutating func projectIndex(_ name: String) -> Int {
    if let known = projects.index(of: name) { return known }
    cloud.projects.append(Project(name: name, id: name))
    return projects.indexAdding(name)
  }

  /// The index of a device type; one that is only named by a flavor or host is added.
  private mutating func deviceType(_ name: String) -> Int {
    if let known = deviceTypes.index(of: name) { return known }
    cloud.deviceTypes.append(DeviceType(name: name))
    return deviceTypes.indexAdding(name)
  }

  /// Traits that are only asked for need an index, too.
  private mutating func noteTraits(_ properties: Properties) {
    for entry in properties.entries where entry.key.hasPrefix("trait:") {
      _ = traits.indexAdding(String(entry.key.dropFirst("trait:".count)))
    }
  }
}

extension CloudAssembly {
  private static func quota(_ project: ProjectRecord) -> Resources? {
    guard project.quotaVCPUs != nil || project.quotaMemory != nil || project.quotaDisk != nil
    else { return nil }
    return Resources(
      vcpus: project.quotaVCPUs ?? .max, memoryMiB: project.quotaMemory.map { $0 >> 20 } ?? .max,
      diskGiB: project.quotaDisk.map { $0 >> 30 } ?? .max)
  }

  /// What is taken is rounded up to the units that Nova counts in, what is offered down.
  private static func demand(vcpus: Int64, memory: Int64, disk: Int64) -> Resources {
    Resources(vcpus: vcpus, memoryMiB: up(memory, 20), diskGiB: up(disk, 30))
  }

  private static func capacity(vcpus: Int64, memory: Int64, disk: Int64) -> Resources {
    Resources(vcpus: vcpus, memoryMiB: memory >> 20, diskGiB: disk >> 30)
  }

  private static func up(_ bytes: Int64, _ bits: Int64) -> Int64 {
    (bytes + (1 << bits) - 1) >> bits
  }
}
