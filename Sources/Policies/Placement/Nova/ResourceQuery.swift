import CloudModel

/// Part of a query for allocation candidates: amounts with conditions on who gives them.
package struct ResourceGroup: Sendable, Equatable {
  /// The suffix in the query; empty for the group whose amounts may come from several providers.
  package var suffix: String
  /// The request for devices it stands for, counted from 0.
  package var deviceRequest: Int?
  /// Amounts by class, sorted by class, none zero.
  package var amounts: [ResourceAmount] = []
  /// Traits that must be there, sorted.
  package var required: [String] = []
  /// Traits that must not be there, sorted.
  package var forbidden: [String] = []

  init(suffix: String, deviceRequest: Int? = nil) {
    self.suffix = suffix
    self.deviceRequest = deviceRequest
  }

  var isEmpty: Bool { amounts.isEmpty && required.isEmpty && forbidden.isEmpty }
}

/// An amount of a resource class.
package struct ResourceAmount: Sendable, Hashable {
  /// The class, as `VCPU`.
  package var resource: String
  /// The amount.
  package var amount: Int

  /// An amount.
  package init(_ resource: String, _ amount: Int) {
    self.resource = resource
    self.amount = amount
  }
}

/// The question that Nova asks Placement for a request.
///
/// **Source**: Nova 34.0.0, `nova/scheduler/utils.py` (`ResourceRequest`) and
/// `nova/scheduler/request_filter.py`. Extra specs that Nova turns into traits of their own (CPU
/// pinning, TPM, memory encryption, persistent memory) are not modelled.
package struct ResourceQuery: Sendable, Equatable {
  /// The groups; that without a suffix first.
  package var groups: [ResourceGroup]
  /// Aggregates; the host has to be in one of each list.
  package var memberOf: [[String]]
  /// The provider whose tree is demanded.
  package var inTree: String?
  /// `none` or `isolate`.
  package var groupPolicy: String?
  /// The most candidates, or nil for all.
  package var limit: Int?

  /// Traits that every root provider must have.
  package static let rootRequired = ["OWNER_NOVA"]
  /// Traits that no root provider may have.
  package static let rootForbidden = ["COMPUTE_STATUS_DISABLED"]

  /// The query for a request; `providerOfHost` names the root provider of a host.
  package init(
    _ request: NovaRequest, _ configuration: NovaConfiguration,
    providerOfHost: (String) -> String
  ) {
    var reading = ExtraSpecReading(request.flavor.extraSpecs)
    for trait in request.imageTraits { reading.addTrait(trait, "required", group: "") }
    if configuration.pciInPlacement { reading.addDevices(request.devices) }
    reading.addFlavor(request)
    groups = reading.finished()
    memberOf = request.aggregates.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
    inTree = (request.demandedHost ?? request.forcedHosts.first).map(providerOfHost)
    groupPolicy = reading.groupPolicy
    if groupPolicy == nil, groups.count(where: { !$0.suffix.isEmpty }) >= 2,
      reading.suffixedByFlavor <= 1
    {
      groupPolicy = "none"
    }
    let unlimited: Set<String> = ["group", "same_host", "different_host"]
    limit =
      request.hints.contains(where: unlimited.contains)
      ? nil : configuration.maxPlacementResults
  }

  /// The query as its parameters, `name=value`, sorted; suffixes are left out, because those of
  /// device groups are random.
  package var parameters: [String] {
    var result: [String] = []
    if let limit { result.append("limit=\(limit)") }
    if let groupPolicy { result.append("group_policy=\(groupPolicy)") }
    let root = Self.rootRequired + Self.rootForbidden.map { "!" + $0 }
    result.append("root_required=" + root.joined(separator: ","))
    for list in memberOf { result.append("member_of=in:" + list.joined(separator: ",")) }
    if let inTree { result.append("in_tree=" + inTree) }
    for group in groups {
      let amounts = group.amounts.map { "\($0.resource):\($0.amount)" }
      result.append("resources=" + amounts.joined(separator: ","))
      let traits = group.required + group.forbidden.map { "!" + $0 }
      if !traits.isEmpty { result.append("required=" + traits.joined(separator: ",")) }
    }
    return result.sorted()
  }
}

/// Collects the groups of a query from extra specs, image, devices and flavor.
private struct ExtraSpecReading {
  private var groups: [ResourceGroup] = []
  private(set) var groupPolicy: String?
  private(set) var suffixedByFlavor = 0

  init(_ specs: Properties) {
    for entry in specs.entries {
      if entry.key == "group_policy" {
        if ["none", "isolate"].contains(entry.value) { groupPolicy = entry.value }
        continue
      }
      guard let (prefix, suffix, name) = Self.split(entry.key) else { continue }
      if prefix == "resources" {
        guard let amount = Int(entry.value), amount >= 0 else { continue }
        setAmount(ResourceAmount(name, amount), group: suffix)
      } else {
        addTrait(name, entry.value, group: suffix)
      }
    }
    suffixedByFlavor = groups.count { !$0.suffix.isEmpty }
  }

  /// `resources1:VCPU` as (resources, 1, VCPU); nil for other keys.
  private static func split(_ key: String) -> (prefix: String, suffix: String, name: String)? {
    guard let colon = key.firstIndex(of: ":") else { return nil }
    let name = String(key[key.index(after: colon)...])
    for prefix in ["resources", "trait"] where key.hasPrefix(prefix) {
      let suffix = String(key[..<colon].dropFirst(prefix.count))
      guard suffix.utf8.count <= 64, suffix.utf8.allSatisfy(isSuffixByte) else { return nil }
      return (prefix, suffix, name)
    }
    return nil
  }

  private static func isSuffixByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
    default: false
    }
  }

  private mutating func place(ofGroup suffix: String) -> Int {
    if let found = groups.firstIndex(where: { $0.suffix == suffix && $0.deviceRequest == nil }) {
      return found
    }
    groups.append(ResourceGroup(suffix: suffix))
    return groups.count - 1
  }

  private mutating func setAmount(_ amount: ResourceAmount, group suffix: String) {
    let place = place(ofGroup: suffix)
    groups[place].amounts.removeAll { $0.resource == amount.resource }
    groups[place].amounts.append(amount)
  }

  mutating func addTrait(_ name: String, _ kind: String, group suffix: String) {
    guard kind == "required" || kind == "forbidden" else { return }
    let place = place(ofGroup: suffix)
    let path = kind == "required" ? \ResourceGroup.required : \ResourceGroup.forbidden
    if !groups[place][keyPath: path].contains(name) { groups[place][keyPath: path].append(name) }
  }

  /// One group for each device, so that each may come from another provider.
  mutating func addDevices(_ requests: [NovaDeviceRequest]) {
    for (index, request) in requests.enumerated() {
      guard let spec = request.specs.first else { continue }
      for number in 0..<request.count {
        var group = ResourceGroup(suffix: "device\(index)-\(number)", deviceRequest: index)
        group.amounts = [ResourceAmount(Self.deviceClass(spec), 1)]
        let traits = (spec["traits"] ?? "").split(separator: ",").map {
          Self.custom(String($0))
        }
        group.required = (traits + ResourceQuery.rootRequired).sorted()
        groups.append(group)
      }
    }
  }

  private static func deviceClass(_ spec: Properties) -> String {
    if let named = spec["resource_class"] { return custom(named) }
    return normalised("CUSTOM_PCI_\(spec["vendor_id"] ?? "")_\(spec["product_id"] ?? "")")
  }

  /// A name in Placement's spelling; standard names stay, others get `CUSTOM_` in front.
  private static func custom(_ name: String) -> String {
    let spelled = normalised(name)
    let standard = ["CUSTOM_", "HW_", "COMPUTE_", "STORAGE_", "MISC_", "OWNER_", "PGPU", "VGPU"]
    return standard.contains(where: spelled.hasPrefix) ? spelled : "CUSTOM_" + spelled
  }

  private static func normalised(_ name: String) -> String {
    String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  /// The flavor's own amounts, as far as extra specs do not name the class.
  mutating func addFlavor(_ request: NovaRequest) {
    let flavor = request.flavor
    let named = Set(groups.flatMap { $0.amounts.map(\.resource) })
    if !named.contains("VCPU"), !named.contains("PCPU") {
      setAmount(ResourceAmount("VCPU", flavor.vcpus), group: "")
    }
    if !named.contains("MEMORY_MB") {
      setAmount(ResourceAmount("MEMORY_MB", flavor.memoryMiB), group: "")
    }
    if !named.contains("DISK_GB") {
      let root = request.isVolumeBacked ? 0 : flavor.rootGiB
      let disk = root + flavor.ephemeralGiB + (flavor.swapMiB + 1023) / 1024
      if disk > 0 { setAmount(ResourceAmount("DISK_GB", disk), group: "") }
    }
  }

  /// The groups without zero amounts and without empty groups, each sorted.
  func finished() -> [ResourceGroup] {
    let cleaned = groups.map { group in
      var group = group
      group.amounts = group.amounts.filter { $0.amount > 0 }.sorted { $0.resource < $1.resource }
      group.required.sort()
      group.forbidden.sort()
      return group
    }.filter { !$0.isEmpty }
    return cleaned.filter(\.suffix.isEmpty) + cleaned.filter { !$0.suffix.isEmpty }
  }
}
