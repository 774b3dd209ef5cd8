import CloudModel
import TestSupport
import Testing

/// The examples of the migration scheme, and what each release of Nova permits.
struct ClassResolverTests {
  /// Resolves one VM of a flavor on a cloud of two hosts, the first of which is taken out.
  private func resolve(
    flavor: String, specs: [(String, String)] = [], tags: [String] = [],
    image: [(String, String)] = [], state: VMState = .active, rules: ClassRules = ClassRules(),
    devices: [(type: String, count: Int)] = [], freeDevices: Int = 0, disks: [Disk] = [],
    isAffine: Bool = false, affinePartner: Bool = false, liveMigratable: Bool = false
  ) throws -> ResolvedClass {
    var tiny = TinyCloud()
    if let device = devices.first {
      _ = tiny.deviceType(device.type, isLiveMigratable: liveMigratable)
    }
    let source = tiny.host(
      "source", memory: 1000, devices: devices.map { ($0.type, $0.count) })
    tiny.host(
      "target", memory: 1000, devices: devices.map { ($0.type, freeDevices) })
    let group = isAffine ? tiny.group("near", .affinity) : -1
    let vm = tiny.vm(
      "vm", on: source, memory: 8, group: group, state: state, tags: tags, flavor: flavor,
      specs: specs, image: image, devices: devices, disks: disks)
    if affinePartner { tiny.vm("partner", on: source, memory: 8, group: group) }
    return try ClassResolver(cloud: tiny.cloud, rules: rules, out: [source]).resolve(vm)
  }

  @Test func `diskless without keys is live, assumed`() throws {
    let resolved = try resolve(flavor: "SCS-2V-8")
    #expect(resolved.effective == .live)
    #expect(resolved.ceiling.evidence == .assumed)
    #expect(resolved.wish.carrier == .standard)
  }

  @Test func `a disk without a letter is live, assumed, and a weak hint changes nothing`() throws {
    #expect(try resolve(flavor: "SCS-2V-8-20").effective == .live)
    let hinted = try resolve(flavor: "SCS-2V-8-20", specs: [("scs:disk0-type", "network")])
    #expect(hinted.effective == .live)
    #expect(hinted.ceiling.evidence == .assumed)
    let lettered = try resolve(flavor: "SCS-2V-8-20n", specs: [("scs:disk0-type", "network")])
    #expect(lettered.ceiling.evidence == .derived)
  }

  @Test func `an SSD in the host means stop`() throws {
    let resolved = try resolve(flavor: "SCS-2V-4-20s")
    #expect(resolved.effective == .stop)
    #expect(resolved.ceiling.decisive?.reason == .localDisk)
    #expect(resolved.evidence == .assumed)
    #expect(resolved.isWishRefused)
    let stated = try resolve(flavor: "SCS-2V-4-20s", specs: [("scs:disk0-type", "ssd")])
    #expect(stated.evidence == .derived)
  }

  @Test func `a provider that copies disks says so, and a tag lowers it again`() throws {
    let resolved = try resolve(
      flavor: "SCS-2V-4-20s", specs: [("scs:migration-max", "live")],
      tags: ["scs:migration=cold"])
    #expect(resolved.ceiling.most == .live)
    #expect(resolved.ceiling.evidence == .stated)
    #expect(resolved.effective == .cold)
    #expect(resolved.wish.carrier == .tag)
    #expect(resolved.evidence == .stated)
  }

  @Test func `a GPU is cold with a free card elsewhere and stop without`() throws {
    let gpu: [(type: String, count: Int)] = [("gpu", 1)]
    let free = try resolve(flavor: "SCS-8C-96_GNa-56-24", devices: gpu, freeDevices: 1)
    #expect(free.effective == .cold)
    #expect(free.ceiling.decisive?.reason == .pci)
    #expect(free.isWishRefused)
    #expect(try resolve(flavor: "SCS-8C-96_GNa-56-24", devices: gpu).effective == .stop)
  }

  @Test(arguments: [(30, PolicyClass.cold), (31, .live)])
  func `a device that can be moved live can be from Nova 31 on`(
    major: Int, expected: PolicyClass
  ) throws {
    let resolved = try resolve(
      flavor: "SCS-8C-96_GNa-56-24", rules: ClassRules(release: NovaRelease(major: major)),
      devices: [("gpu", 1)], freeDevices: 1, liveMigratable: true)
    #expect(resolved.effective == expected)
  }

  @Test(arguments: [(28, PolicyClass.cold), (29, .live)])
  func `a mediated GPU can be moved live from Nova 29 on`(
    major: Int, expected: PolicyClass
  ) throws {
    let resolved = try resolve(
      flavor: "SCS-8C-96", rules: ClassRules(release: NovaRelease(major: major)),
      devices: [("VGPU", 1)], freeDevices: 1)
    #expect(resolved.effective == expected)
  }

  @Test func `an orchestrated VM that asks for none is ended`() throws {
    let resolved = try resolve(flavor: "SCS-4V-16", tags: ["scs:migration=none"])
    #expect(resolved.effective == .none)
    #expect(resolved.evidence == .stated)
  }

  @Test(arguments: [true, false])
  func `hard affinity means stop, with a partner and alone`(hasPartner: Bool) throws {
    let resolved = try resolve(
      flavor: "SCS-4V-16", isAffine: true, affinePartner: hasPartner)
    #expect(resolved.effective == .stop)
    #expect(resolved.ceiling.decisive?.reason == .group)
    #expect(resolved.evidence == .derived)
  }

  @Test func `bare metal is stop and encrypted memory cold`() throws {
    let metal = try resolve(flavor: "SCS-2C-4-10n_bms")
    #expect(metal.effective == .stop)
    #expect(metal.ceiling.decisive?.reason == .bareMetal)
    let encrypted = try resolve(flavor: "SCS-8T-16", image: [("hw_mem_encryption", "true")])
    #expect(encrypted.effective == .cold)
    #expect(encrypted.ceiling.decisive?.reason == .encrypted)
  }

  @Test(arguments: [
    (32, "host", PolicyClass.cold), (33, "host", .live), (33, "user", .cold),
  ])
  func `a virtual TPM moves live from Nova 33 on if the host keeps its secret`(
    major: Int, secret: String, expected: PolicyClass
  ) throws {
    let resolved = try resolve(
      flavor: "SCS-8T-16",
      specs: [("hw:tpm_version", "2.0"), ("hw:tpm_secret_security", secret)],
      rules: ClassRules(release: NovaRelease(major: major)))
    #expect(resolved.effective == expected)
  }

  @Test(arguments: [(19, PolicyClass.cold), (20, .live)])
  func `pinned CPUs move live from Nova 20 on`(major: Int, expected: PolicyClass) throws {
    let resolved = try resolve(
      flavor: "SCS-8T-16", specs: [("hw:cpu_policy", "dedicated")],
      rules: ClassRules(release: NovaRelease(major: major)))
    #expect(resolved.effective == expected)
  }

  @Test func `states cap or block`() throws {
    #expect(try resolve(flavor: "SCS-2V-8", state: .stopped).effective == .cold)
    #expect(try resolve(flavor: "SCS-2V-8", state: .paused).effective == .live)
    let suspended = try resolve(flavor: "SCS-2V-8", state: .suspended)
    #expect(suspended.ceiling.blockingState == .suspended)
  }

  @Test func `the first carrier of a wish counts`() throws {
    var selector = VMSelector()
    selector.flavors = ["SCS-4V*"]
    let rules = ClassRules(wishes: [WishRule(selector: selector, wish: .stop)])
    let byScenario = try resolve(
      flavor: "SCS-4V-16", tags: ["scs:migration=none"], rules: rules)
    #expect(byScenario.effective == .stop)
    #expect(byScenario.wish.carrier == .scenario)
    let byImage = try resolve(
      flavor: "SCS-4V-16", specs: [("scs:migration-default", "stop")],
      image: [("migration_policy", "cold")])
    #expect(byImage.effective == .cold)
    #expect(byImage.wish.carrier == .image)
    let byFlavor = try resolve(
      flavor: "SCS-4V-16", specs: [("scs:migration-default", "stop")],
      rules: ClassRules(cloudDefault: .cold))
    #expect(byFlavor.wish.carrier == .flavor)
    let byCloud = try resolve(flavor: "SCS-4V-16", rules: ClassRules(cloudDefault: .cold))
    #expect(byCloud.wish.carrier == .cloud)
  }

  @Test func `a wish cannot raise`() throws {
    let resolved = try resolve(flavor: "SCS-2V-4-20s", tags: ["scs:migration=live"])
    #expect(resolved.effective == .stop)
    #expect(resolved.isWishRefused)
  }

  @Test func `hold stays hold, and fallback hold keeps what can only be stopped`() throws {
    #expect(try resolve(flavor: "SCS-2V-8", tags: ["scs:migration=hold"]).effective == .hold)
    let held = try resolve(flavor: "SCS-2V-4-20s", rules: ClassRules(fallback: .hold))
    #expect(held.effective == .hold)
    let stopped = try resolve(
      flavor: "SCS-2V-8", state: .stopped, rules: ClassRules(fallback: .hold))
    #expect(stopped.effective == .cold)
  }

  @Test func `a disk of the VM is a fact that beats the name`() throws {
    let network = Disk(kind: .network, size: .gibibytes(20))
    #expect(try resolve(flavor: "SCS-2V-4-20s", disks: [network]).effective == .live)
    let local = Disk(kind: .local, size: .gibibytes(20))
    #expect(try resolve(flavor: "SCS-2V-4", disks: [local]).effective == .stop)
  }

  @Test func `unknown values and keys are errors, never a silent default`() {
    #expect(throws: ClassError.self) {
      try resolve(flavor: "SCS-2V-8", tags: ["scs:migration=hot"])
    }
    #expect(throws: ClassError.self) {
      try resolve(flavor: "SCS-2V-8", specs: [("scs:migration-mx", "live")])
    }
    #expect(throws: ClassError.self) {
      try resolve(
        flavor: "SCS-2V-8",
        specs: [("scs:migration-max", "stop"), ("scs:migration-default", "live")])
    }
    #expect(throws: ClassError.self) {
      try resolve(flavor: "SCS-2V-8", image: [("migration_policy", "often")])
    }
  }

  @Test func `foreign keys are read`() throws {
    let plus = try resolve(flavor: "any", specs: [("ops.maintenance_action", "stop")])
    #expect(plus.effective == .stop)
    let mosk = try resolve(
      flavor: "any", tags: ["openstack.lcm.mirantis.com:maintenance_action=poweroff"])
    #expect(mosk.effective == .stop)
  }

  @Test func `releases are read by number and by year`() {
    #expect(NovaRelease(parsing: "33.0.0")?.major == 33)
    #expect(NovaRelease(parsing: "2024.1")?.major == 29)
    #expect(NovaRelease(parsing: "2026.1")?.major == 33)
    #expect(NovaRelease(parsing: "zed") == nil)
    #expect(NovaRelease(parsing: "-3") == nil)
  }

  @Test func `patterns match as written`() {
    #expect(VMSelector.wildcard("db-*", matches: "db-17"))
    #expect(VMSelector.wildcard("*", matches: ""))
    #expect(VMSelector.wildcard("a*b*c", matches: "axxbyybzzc"))
    #expect(!VMSelector.wildcard("a*b", matches: "abc"))
    #expect(!VMSelector.wildcard("db", matches: "db-17"))
  }
}
