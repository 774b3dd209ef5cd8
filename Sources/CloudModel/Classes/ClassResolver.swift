/// Keys about migration that say something no one can act on.
package enum ClassError: Error, Sendable, Equatable {
  /// A key of the scheme with a value that is not one of its classes.
  case unknownValue(owner: String, key: String, value: String)
  /// A key that begins like those of the scheme but is none.
  case unknownKey(owner: String, key: String)
  /// A flavor whose default is above its own maximum.
  case defaultAboveMaximum(flavor: String, standard: String, most: String)
}

/// What is wished for a VM and who said so.
package struct Wish: Sendable, Equatable {
  /// The class wished for.
  package var wished: PolicyClass
  /// Who said so.
  package var carrier: WishCarrier
  /// Tag and metadata differ; the lower was taken.
  package var isContradicted: Bool
}

/// The policy class of a VM, with everything that led to it.
package struct ResolvedClass: Sendable {
  /// What counts: the lower of ceiling and wish, `hold` if the wish or the fallback holds.
  package var effective: PolicyClass
  /// What the facts permit.
  package var ceiling: Ceiling
  /// What is wished.
  package var wish: Wish
  /// What happens if `live` fails; nil: the VM stays.
  package var fallback: Fallback?

  /// Whether the wish asks for more than the facts permit.
  package var isWishRefused: Bool {
    wish.wished != .hold && wish.wished.rank > ceiling.most.rank
  }

  /// How the effective class is known: by the wish if it decides, else by the ceiling.
  package var evidence: Evidence {
    if ceiling.most.rank <= wish.wished.rank, wish.wished != .hold { return ceiling.evidence }
    return wish.carrier == .standard ? .assumed : .stated
  }
}

/// Resolves the policy class of VMs: the lower of ceiling and wish.
///
/// **Source**: the proposed SCS migration scheme, `docs/policy-classes.md`.
package struct ClassResolver {
  private let cloud: Cloud
  private let rules: ClassRules
  private let ceilings: CeilingRules

  /// A resolver for a cloud whose hosts in `out` are taken out and so cannot be targets.
  package init(cloud: Cloud, rules: ClassRules, out: Set<Int> = []) {
    self.cloud = cloud
    self.rules = rules
    ceilings = CeilingRules(
      cloud: cloud, release: rules.release, state: CloudState(of: cloud), out: out)
  }

  /// The class of one VM.
  ///
  /// **Errors**: `ClassError` where a tag, metadata, image property or extra spec of the scheme
  /// has a value that is none of its classes.
  package func resolve(_ vm: Int) throws(ClassError) -> ResolvedClass {
    let ceiling = try ceilings.ceiling(of: vm)
    let rule = rules.wishes.first { $0.selector.matches(vm, in: cloud) }
    let wish = try wish(of: vm, rule: rule)
    let fallback = rule?.fallback ?? rules.fallback
    var effective = PolicyClass.lower(ceiling.most, wish.wished)
    if fallback == .hold, wish.wished != .hold, ceiling.most.rank < wish.wished.rank,
      ceiling.decisive?.reason != .state
    {
      effective = .hold
    }
    return ResolvedClass(effective: effective, ceiling: ceiling, wish: wish, fallback: fallback)
  }

  private func wish(of vm: Int, rule: WishRule?) throws(ClassError) -> Wish {
    if let rule { return Wish(wished: rule.wish, carrier: .scenario, isContradicted: false) }
    let byTag = try tagWish(of: vm)
    let byMetadata = try metadataWish(of: vm)
    if let byTag, let byMetadata, byTag != byMetadata {
      let lower = PolicyClass.lower(byTag, byMetadata)
      return Wish(
        wished: lower, carrier: lower == byTag ? .tag : .metadata, isContradicted: true)
    }
    if let byTag { return Wish(wished: byTag, carrier: .tag, isContradicted: false) }
    if let byMetadata { return Wish(wished: byMetadata, carrier: .metadata, isContradicted: false) }
    if let byImage = try imageWish(of: vm) {
      return Wish(wished: byImage, carrier: .image, isContradicted: false)
    }
    if let byFlavor = try flavorWish(of: vm) {
      return Wish(wished: byFlavor, carrier: .flavor, isContradicted: false)
    }
    let project = cloud.vms.project[vm]
    if project >= 0, let byProject = rules.projectDefaults[cloud.projects[project].name] {
      return Wish(wished: byProject, carrier: .project, isContradicted: false)
    }
    if let byCloud = rules.cloudDefault {
      return Wish(wished: byCloud, carrier: .cloud, isContradicted: false)
    }
    return Wish(wished: .live, carrier: .standard, isContradicted: false)
  }

  private func tagWish(of vm: Int) throws(ClassError) -> PolicyClass? {
    let prefix = "scs:migration"
    let foreign = "openstack.lcm.mirantis.com:maintenance_action="
    var wished: PolicyClass?
    for tag in cloud.labels[cloud.vms.labels[vm]].tags {
      var found: PolicyClass?
      if tag.hasPrefix(prefix + "=") {
        found = try parse(String(tag.dropFirst(prefix.count + 1)), key: prefix, vm: vm)
      } else if tag.hasPrefix(prefix) {
        throw .unknownKey(owner: "VM `\(cloud.label(ofVM: vm))`", key: tag)
      } else if tag.hasPrefix(foreign) {
        found = Self.foreignActions[String(tag.dropFirst(foreign.count))]
      }
      if let found { wished = wished.map { PolicyClass.lower($0, found) } ?? found }
    }
    return wished
  }

  /// What Mirantis' maintenance tags mean on our scale.
  private static let foreignActions: [String: PolicyClass] = [
    "live_migrate": .live, "poweroff": .stop, "notify": .none,
  ]

  private func metadataWish(of vm: Int) throws(ClassError) -> PolicyClass? {
    let metadata = cloud.labels[cloud.vms.labels[vm]].metadata
    for entry in metadata.entries
    where entry.key.hasPrefix("scs:migration") && entry.key != "scs:migration" {
      throw .unknownKey(owner: "VM `\(cloud.label(ofVM: vm))`", key: entry.key)
    }
    guard let text = metadata["scs:migration"] else { return nil }
    return try parse(text, key: "scs:migration", vm: vm)
  }

  private func imageWish(of vm: Int) throws(ClassError) -> PolicyClass? {
    let image = cloud.vms.image[vm]
    guard image >= 0, let text = cloud.images[image].properties["migration_policy"] else {
      return nil
    }
    guard let wished = PolicyClass(rawValue: text) else {
      throw .unknownValue(
        owner: "image `\(cloud.images[image].name)`", key: "migration_policy", value: text)
    }
    return wished
  }

  private func flavorWish(of vm: Int) throws(ClassError) -> PolicyClass? {
    let flavor = cloud.flavors[cloud.vms.flavor[vm]]
    guard let text = flavor.extraSpecs["scs:migration-default"] else { return nil }
    guard let wished = PolicyClass(rawValue: text) else {
      throw .unknownValue(
        owner: "flavor `\(flavor.name)`", key: "scs:migration-default", value: text)
    }
    if let most = flavor.extraSpecs["scs:migration-max"].flatMap(PolicyClass.init(rawValue:)),
      wished != .hold, wished.rank > most.rank
    {
      throw .defaultAboveMaximum(
        flavor: flavor.name, standard: wished.rawValue, most: most.rawValue)
    }
    return wished
  }

  private func parse(_ text: String, key: String, vm: Int) throws(ClassError) -> PolicyClass {
    guard let wished = PolicyClass(rawValue: text) else {
      throw .unknownValue(owner: "VM `\(cloud.label(ofVM: vm))`", key: key, value: text)
    }
    return wished
  }
}
