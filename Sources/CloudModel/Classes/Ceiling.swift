/// The most that the facts about a VM permit, with every reason that lowers it.
package struct Ceiling: Sendable, Equatable {
  /// One reason for a limit.
  package struct Limit: Sendable, Equatable {
    /// The most that this reason permits.
    package var most: PolicyClass
    /// The reason.
    package var reason: CeilingReason
    /// How it is known.
    package var evidence: Evidence
  }

  /// Every limit below `live`, in the order in which they were found.
  package private(set) var limits: [Limit] = []
  /// How `live` is known where nothing lowers it.
  package private(set) var evidenceForLive = Evidence.assumed
  /// Whether the VM's state forbids every step, with what would free it.
  package var blockingState: VMState?

  /// The lowest of all limits.
  package var most: PolicyClass {
    limits.reduce(.live) { PolicyClass.lower($0, $1.most) }
  }

  /// The limit that decides: of the lowest ones one that says why, and of those the best known.
  package var decisive: Limit? {
    let lowest = most
    let all = limits.filter { $0.most == lowest }
    let explaining = all.filter { $0.reason != .provider }
    let deciding = explaining.isEmpty ? all : explaining
    for evidence in Evidence.allCases {
      if let limit = deciding.first(where: { $0.evidence == evidence }) { return limit }
    }
    return nil
  }

  /// How the ceiling is known.
  package var evidence: Evidence { decisive?.evidence ?? evidenceForLive }

  mutating func limit(_ most: PolicyClass, _ reason: CeilingReason, _ evidence: Evidence) {
    guard most.rank < PolicyClass.live.rank else { return }
    limits.append(Limit(most: most, reason: reason, evidence: evidence))
  }

  mutating func confirmLive(_ evidence: Evidence) {
    if evidenceForLive == .assumed { evidenceForLive = evidence }
  }

  /// Lifts the limits that a provider's key overrules: a stated `scs:migration-max` says that the
  /// provider copies local disks.
  mutating func overruleLocalDisk() {
    limits.removeAll { $0.reason == .localDisk }
  }
}

/// Finds the ceiling of each VM of a cloud.
///
/// **Source**: SCS standards scs-0100 (names), scs-0103 (only diskless flavors and those with
/// network disks can be expected to migrate live), release notes and pre-checks of Nova's libvirt
/// driver; see `docs/policy-classes.md`.
struct CeilingRules {
  let cloud: Cloud
  let release: NovaRelease
  /// Groups whose hard affinity binds VMs that are on hosts, be it a single one: Nova's filter
  /// counts the host of the VM that is to be moved among those of its group.
  private let boundGroups: Set<Int>
  /// Device types of which a host that may be a target has so many free.
  private let mostFreeDevices: [Int]

  /// Rules for a cloud whose hosts in `out` cannot be targets.
  init(cloud: Cloud, release: NovaRelease, state: CloudState, out: Set<Int>) {
    self.cloud = cloud
    self.release = release
    let members = cloud.membersByGroup()
    boundGroups = Set(
      cloud.groups.indices.filter { group in
        cloud.groups[group].policy == .affinity
          && members[group].contains { cloud.vms.host[$0] >= 0 }
      })
    mostFreeDevices = cloud.deviceTypes.indices.map { type in
      (0..<cloud.hosts.count).reduce(0) { most, host in
        out.contains(host) || cloud.hosts.state[host] != .enabled
          ? most : max(most, state.freeDevices(ofType: type, on: host))
      }
    }
  }

  /// The ceiling of one VM.
  ///
  /// **Errors**: `unknownValue` if its flavor carries a migration key with a value that is none.
  func ceiling(of vm: Int) throws(ClassError) -> Ceiling {
    var ceiling = Ceiling()
    applyState(of: vm, to: &ceiling)
    applyDevices(of: vm, to: &ceiling)
    applyHardware(of: vm, to: &ceiling)
    applyDisks(of: vm, to: &ceiling)
    if cloud.vms.group[vm] >= 0, boundGroups.contains(cloud.vms.group[vm]) {
      ceiling.limit(.stop, .group, .derived)
    }
    try applyKeys(of: vm, to: &ceiling)
    return ceiling
  }

  private func applyState(of vm: Int, to ceiling: inout Ceiling) {
    switch cloud.vms.state[vm] {
    case .active, .paused: break
    case .stopped: ceiling.limit(.cold, .state, .derived)
    case .suspended, .resized, .error, .busy, .unknown, .shelved:
      ceiling.blockingState = cloud.vms.state[vm]
    }
  }

  private func applyDevices(of vm: Int, to ceiling: inout Ceiling) {
    let flavor = cloud.flavors[cloud.vms.flavor[vm]]
    for request in flavor.devices {
      let type = cloud.deviceTypes[request.type]
      let canBeCold = mostFreeDevices[request.type] >= request.count
      if type.name == "VGPU" {
        if release.major < 29 { ceiling.limit(canBeCold ? .cold : .stop, .vgpu, .derived) }
      } else if !type.isLiveMigratable || release.major < 31 {
        ceiling.limit(canBeCold ? .cold : .stop, .pci, .derived)
      }
    }
    if flavor.extraSpecs["accel:device_profile"] != nil { ceiling.limit(.stop, .pci, .derived) }
    guard flavor.devices.isEmpty, let name = flavor.scsName else { return }
    if name.gpuAccess == .passthrough { ceiling.limit(.stop, .pci, .assumed) }
    if name.gpuAccess == .virtual, release.major < 29 { ceiling.limit(.cold, .vgpu, .assumed) }
  }

  private func applyHardware(of vm: Int, to ceiling: inout Ceiling) {
    let specs = cloud.flavors[cloud.vms.flavor[vm]].extraSpecs
    let image = cloud.vms.image[vm]
    let properties = image < 0 ? Properties() : cloud.images[image].properties
    if isTrue(specs["hw:mem_encryption"]) || isTrue(properties["hw_mem_encryption"]) {
      ceiling.limit(.cold, .encrypted, .derived)
    }
    if specs["hw:tpm_version"] != nil || properties["hw_tpm_version"] != nil {
      let secret = specs["hw:tpm_secret_security"] ?? properties["hw_tpm_secret_security"]
      if release.major < 33 || secret != "host" { ceiling.limit(.cold, .vtpm, .derived) }
    }
    let hasTopology =
      specs["hw:cpu_policy"] == "dedicated" || specs["hw:numa_nodes"] != nil
      || specs["hw:mem_page_size"] != nil
    if hasTopology, release.major < 20 { ceiling.limit(.cold, .numa, .derived) }
    if specs["hw:pmem"] != nil, release.major < 21 { ceiling.limit(.cold, .numa, .derived) }
  }

  private func isTrue(_ text: String?) -> Bool {
    guard let text else { return false }
    return ["true", "1", "yes"].contains(text.lowercased())
  }

  /// Facts about the disks come first, then the flavor's keys, then its name.
  private func applyDisks(of vm: Int, to ceiling: inout Ceiling) {
    let flavor = cloud.flavors[cloud.vms.flavor[vm]]
    if flavor.scsName?.needsBareMetal == true { ceiling.limit(.stop, .bareMetal, .assumed) }
    let disks = cloud.vms.disks[vm]
    if !disks.isEmpty {
      if disks.contains(where: { $0.kind == .local }) {
        ceiling.limit(.stop, .localDisk, .derived)
      } else {
        ceiling.confirmLive(.derived)
      }
      return
    }
    if isTrue(flavor.extraSpecs["aggregate_instance_extra_specs:localdisk"]) {
      ceiling.limit(.stop, .localDisk, .derived)
    }
    if isTrue(flavor.extraSpecs["aggregate_instance_extra_specs:ceph"]) {
      ceiling.confirmLive(.derived)
    }
    let keys = flavor.extraSpecs.entries.filter {
      $0.key.hasPrefix("scs:disk") && $0.key.hasSuffix("-type")
    }
    if keys.contains(where: { $0.value != "network" }) {
      ceiling.limit(.stop, .localDisk, .derived)
    } else if !keys.isEmpty {
      // Without a disk letter the SCS checker demands `network` whatever the disk is: a weak hint.
      if flavor.scsName?.diskKind != .unstated { ceiling.confirmLive(.derived) }
    } else if case .local = flavor.scsName?.diskKind {
      ceiling.limit(.stop, .localDisk, .assumed)
    }
  }

  private func applyKeys(of vm: Int, to ceiling: inout Ceiling) throws(ClassError) {
    let flavor = cloud.flavors[cloud.vms.flavor[vm]]
    let known = ["scs:migration-max", "scs:migration-default", "scs:migration-reason"]
    for entry in flavor.extraSpecs.entries
    where entry.key.hasPrefix("scs:migration") && !known.contains(entry.key) {
      throw .unknownKey(owner: "flavor `\(flavor.name)`", key: entry.key)
    }
    if let text = flavor.extraSpecs["scs:migration-max"] {
      guard let most = PolicyClass(rawValue: text), most != .hold else {
        throw .unknownValue(
          owner: "flavor `\(flavor.name)`", key: "scs:migration-max", value: text)
      }
      if most.rank > PolicyClass.stop.rank { ceiling.overruleLocalDisk() }
      ceiling.limit(most, statedReason(of: flavor), .stated)
      if most == .live { ceiling.confirmLive(.stated) }
    } else if let action = flavor.extraSpecs["ops.maintenance_action"] {
      if action == "stop" { ceiling.limit(.stop, statedReason(of: flavor), .stated) }
      if action == "migrate" { ceiling.confirmLive(.stated) }
    }
  }

  private func statedReason(of flavor: Flavor) -> CeilingReason {
    let first = flavor.extraSpecs["scs:migration-reason"]?.split(separator: ",").first
    return first.flatMap { CeilingReason(rawValue: String($0)) } ?? .provider
  }
}
