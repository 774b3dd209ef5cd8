import CloudModel

/// The keys of a cloud file: the one place where they are declared.
package enum CloudKeys {
  /// The whole file.
  package static let cloud = Section<CloudRecord>(
    "cloud", "A cloud as it was recorded: what there is and where it runs.",
    make: CloudRecord.init, place: \CloudRecord.origin.place
  ) {
    Key("format_version", \.formatVersion, .formatVersion, default: "1.0", "version of the format")
    Key("name", \.name, .text(), "name of the cloud")
    Key("source", \.source, .text(isEmptyAllowed: true), default: "", "where it was recorded from")
    Key("taken_at", \.takenAt, optional: .instant, "when it was recorded")
    Key("regions", \.regions, .list(of: .section(region)), default: [], "regions; none: one")
    Key("zones", \.zones, .list(of: .section(zone)), default: [], "availability zones")
    Key("racks", \.racks, .list(of: .section(rack)), default: [], "racks")
    Key(
      "aggregates", \.aggregates, .list(of: .section(aggregate)), default: [], "host aggregates")
    Key(
      "host_classes", \.hostClasses, .list(of: .section(hostClass)), default: [],
      "what hosts of one kind have in common")
    Key(
      "device_types", \.deviceTypes, .list(of: .section(deviceType)), default: [],
      "types of passthrough devices; those only named elsewhere need not stand here")
    Key("flavors", \.flavors, .list(of: .section(flavor)), default: [], "flavors")
    Key("images", \.images, .list(of: .section(image)), default: [], "images")
    Key("projects", \.projects, .list(of: .section(project)), default: [], "projects")
    Key("groups", \.groups, .list(of: .section(group)), default: [], "server groups")
    Key("hosts", \.hosts, .list(of: .section(host)), default: [], "hosts")
    Key("held", \.held, .list(of: .section(held)), default: [], "capacity taken by what is no VM")
    Key(
      "parts", \.parts, .list(of: .section(AvailabilityKeys.part), count: 0...1000), default: [],
      "what VMs need and what can fail; parts of a scenario come before those of the same name")
    Key("findings", \.findings, .list(of: .section(finding)), default: [], "what was noticed")
    Key("vms", \.vms, .list(of: .section(vm)), default: [], "VMs")
  }

  static let region = Section<RegionRecord>(
    "region", "A region: zones with low latency between them.", make: RegionRecord.init,
    place: \RegionRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
  }

  static let zone = Section<ZoneRecord>(
    "zone", "An availability zone: one fire section.", make: ZoneRecord.init,
    place: \ZoneRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
    Key("region", \.region, optional: .text(), "name of its region; absent: the first")
    Key("tier", \.tier, optional: .choice(), "tier of the data centre after the Uptime Institute")
  }

  static let rack = Section<RackRecord>(
    "rack", "A rack: hosts behind one power feed and one switch.", make: RackRecord.init,
    place: \RackRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
    Key("zone", \.zone, .text(), "name of its zone")
  }

  static let aggregate = Section<AggregateRecord>(
    "aggregate", "A host aggregate.", make: AggregateRecord.init,
    place: \AggregateRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
    Key("metadata", \.metadata, .properties, default: Properties(), "metadata")
  }

  static let hostClass = Section<HostClassRecord>(
    "host_class", "What hosts of one kind have in common.", make: HostClassRecord.init,
    place: \HostClassRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
    Key(
      "architecture", \.architecture, .text(isEmptyAllowed: true), default: "",
      "CPU architecture such as x86_64; empty: not known")
    Key(
      "hypervisor", \.hypervisor, .text(isEmptyAllowed: true), default: "",
      "hypervisor such as QEMU; empty: not known")
    Key(
      "hypervisor_version", \.hypervisorVersion, .wholeNumber(0...Int64.max), default: 0,
      "version as the hypervisor counts; a running VM moves to no older one; 0: not known")
    Key(
      "cpu_model", \.cpuModel, .text(isEmptyAllowed: true), default: "",
      "CPU model as the hypervisor names it; empty: not known")
    Key(
      "cpu_vendor", \.cpuVendor, .text(isEmptyAllowed: true), default: "",
      "CPU vendor; empty: not known")
    Key(
      "cpu_features", \.cpuFeatures, .texts, default: [],
      "CPU features; a running VM moves only to a host that has all of its host's")
    Key("traits", \.traits, .texts, default: [], "traits as Placement names them")
  }

  static let deviceType = Section<DeviceTypeRecord>(
    "device_type", "A type of passthrough device.", make: DeviceTypeRecord.init,
    place: \DeviceTypeRecord.origin.place
  ) {
    Key("name", \.name, .text(), "alias that flavors ask for")
    Key(
      "live_migratable", \.isLiveMigratable, .flag, default: false,
      "whether device and alias permit live migration (Nova 31 and later)")
  }

  static let deviceRequest = Section<DeviceRequestRecord>(
    "device_request", "Devices that each VM of a flavor gets.", make: DeviceRequestRecord.init,
    place: \DeviceRequestRecord.origin.place
  ) {
    Key("type", \.type, .text(), "type of device")
    Key("count", \.count, .wholeNumber(1...1000), default: 1, "how many")
  }

  static let flavor = Section<FlavorRecord>(
    "flavor", "A size of VM.", make: FlavorRecord.init, place: \FlavorRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
    Key("vcpus", \.vcpus, .vcpus, "virtual CPUs")
    Key("memory", \.memory, .size, "memory")
    Key("disk", \.disk, .size, default: 0, "root, ephemeral and swap disk taken from the host")
    Key("public", \.isPublic, .flag, default: true, "whether every project may use it")
    Key("extra_specs", \.extraSpecs, .properties, default: Properties(), "Nova's extra specs")
    Key(
      "devices", \.devices, .list(of: .section(deviceRequest)), default: [],
      "passthrough devices of each VM")
  }

  static let image = Section<ImageRecord>(
    "image", "An image.", make: ImageRecord.init, place: \ImageRecord.origin.place
  ) {
    Key("id", \.id, .text(), "id, unique in the cloud")
    Key("name", \.name, .text(isEmptyAllowed: true), default: "", "name")
    Key("properties", \.properties, .properties, default: Properties(), "image properties")
  }

  static let project = Section<ProjectRecord>(
    "project", "A tenant's project.", make: ProjectRecord.init, place: \ProjectRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
    Key("id", \.id, optional: .text(), "id; absent: the name")
    Key("quota_vcpus", \.quotaVCPUs, optional: .vcpus, "virtual CPUs that its VMs may take")
    Key("quota_memory", \.quotaMemory, optional: .size, "memory that its VMs may take")
    Key("quota_disk", \.quotaDisk, optional: .size, "local disk that its VMs may take")
  }

  static let group = Section<GroupRecord>(
    "group", "A server group.", make: GroupRecord.init, place: \GroupRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name")
    Key("id", \.id, optional: .text(), "id, unique in the cloud; absent: the name")
    Key(
      "count", \.count, .wholeNumber(1...1_000_000), default: 1,
      "how many such groups; of several each has its number after name and id, as in `g-07`")
    Key("policy", \.policy, .choice(), "what it demands of its members' hosts")
    Key(
      "max_per_host", \.maxPerHost, .wholeNumber(1...1_000_000), default: 1,
      "members allowed on one host under anti-affinity")
    Key(
      "minimum_running", \.minimumRunning, optional: .wholeNumber(0...1_000_000),
      "members that must run at every moment")
    Key(
      "ready_after", \.readyAfter, .duration, default: 0,
      "time until a member made anew counts as running")
  }

  static let hostDevice = Section<HostDeviceRecord>(
    "host_device", "Devices of one type on a host.", make: HostDeviceRecord.init,
    place: \HostDeviceRecord.origin.place
  ) {
    Key("type", \.type, .text(), "type of device")
    Key("count", \.count, .wholeNumber(0...100_000), default: 1, "how many, used ones included")
    Key("numa_node", \.numaNode, optional: .wholeNumber(0...1024), "NUMA node")
    Key(
      "evidence", \.evidence, .choice(), default: .stated,
      "stated, or derived from what is in use, which is a lower bound")
  }

  static let host = Section<HostRecord>(
    "host", "A host; capacities are those offered to VMs: reserve taken off, ratio applied.",
    make: HostRecord.init, place: \HostRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name, unique in the cloud")
    Key(
      "count", \.count, .wholeNumber(1...1_000_000), default: 1,
      "how many such hosts; of several each has its number after the name, as in `n-007`")
    Key("zone", \.zone, optional: .text(), "name of its zone; absent: the first")
    Key("rack", \.rack, optional: .text(), "name of its rack")
    Key("class", \.hostClass, optional: .text(), "name of its host class")
    Key("state", \.state, .choice(), default: .enabled, "whether it can take VMs")
    Key("vcpus", \.vcpus, .vcpus, "virtual CPUs offered")
    Key("memory", \.memory, .size, "memory offered")
    Key("disk", \.disk, .size, default: 0, "local disk offered")
    Key("largest_vcpus", \.largestVCPUs, optional: .vcpus, "most virtual CPUs of one VM")
    Key("largest_memory", \.largestMemory, optional: .size, "most memory of one VM")
    Key("largest_disk", \.largestDisk, optional: .size, "most local disk of one VM")
    Key("aggregates", \.aggregates, .texts, default: [], "names of its aggregates")
    Key(
      "devices", \.devices, .list(of: .section(hostDevice)), default: [], "passthrough devices")
    Key("note", \.note, .text(isEmptyAllowed: true), default: "", "why it is closed or down")
  }

  static let held = Section<HeldRecord>(
    "held", "Capacity of a host taken by what is no VM there.", make: HeldRecord.init,
    place: \HeldRecord.origin.place
  ) {
    Key("host", \.host, .text(), "name of the host")
    Key("vcpus", \.vcpus, .vcpus, default: 0, "virtual CPUs")
    Key("memory", \.memory, .size, default: 0, "memory")
    Key("disk", \.disk, .size, default: 0, "local disk")
    Key("holder", \.holder, .text(isEmptyAllowed: true), default: "", "what holds it, in words")
  }

  static let finding = Section<FindingRecord>(
    "finding", "Something noticed while the cloud was recorded.", make: FindingRecord.init,
    place: \FindingRecord.origin.place
  ) {
    Key("kind", \.kind, .text(), "word for the kind")
    Key("subject", \.subject, .text(isEmptyAllowed: true), default: "", "what it is about")
    Key("text", \.text, .text(isEmptyAllowed: true), default: "", "what was seen and made of it")
  }

  static let disk = Section<DiskRecord>(
    "disk", "A disk of a VM.", make: DiskRecord.init, place: \DiskRecord.origin.place
  ) {
    Key("kind", \.kind, .choice(), "where its bytes are")
    Key("size", \.size, .size, default: 0, "size")
    Key("zone", \.zone, optional: .text(), "zone it cannot leave")
  }

  static let vm = Section<VMRecord>(
    "vm", "A VM.", make: VMRecord.init, place: \VMRecord.origin.place
  ) {
    Key("name", \.name, .text(), "name")
    Key("id", \.id, optional: .text(), "id, unique in the cloud; absent: the name")
    Key(
      "count", \.count, .wholeNumber(1...10_000_000), default: 1,
      "how many such VMs; of several each has its number after name and id, as in `web-0042`")
    Key("flavor", \.flavor, .text(), "name of its flavor")
    Key("host", \.host, optional: .text(), "name of its host; absent: on none")
    Key(
      "spread_over", \.spreadOver, .textOrTexts, default: [],
      "hosts over which such VMs are dealt in turn; `*` stands for any letters")
    Key("image", \.image, optional: .text(), "id of its image; absent: from a volume")
    Key("project", \.project, optional: .text(), "name of its project")
    Key("pinned_zone", \.pinnedZone, optional: .text(), "zone that was asked for")
    Key(
      "group", \.group, optional: .text(),
      "id of its server group; the id without number where such groups are counted: VMs are dealt to "
        + "them in turn")
    Key("state", \.state, .choice(), default: .active, "what it is doing")
    Key("locked", \.isLocked, .flag, default: false, "whether only administrators may act on it")
    Key("tags", \.tags, .texts, default: [], "tags")
    Key("metadata", \.metadata, .properties, default: Properties(), "metadata")
    Key("vcpus", \.vcpus, optional: .vcpus, "virtual CPUs, if not those of its flavor")
    Key("memory", \.memory, optional: .size, "memory, if not that of its flavor")
    Key("disk", \.disk, optional: .size, "local disk, if not that of its flavor")
    Key("disks", \.disks, .list(of: .section(disk)), default: [], "disks, the root disk first")
  }
}
