import CloudModel
import Scenarios

/// Device types, what flavors ask of them and what hosts have.
///
/// Flavors ask by PCI alias, Placement counts by resource class; which class an alias is stands only
/// in Nova's configuration, so it is read off the allocations of VMs that have the alias.
struct DeviceAssembly {
  private(set) var types: [DeviceTypeRecord] = []
  private(set) var findings: [FindingRecord] = []
  /// The type of each resource class that Placement counts devices in.
  private(set) var typeOfClass: [String: String] = [:]
  /// The type of each alias: its own name unless it shares a class with another alias.
  private var typeOfAlias: [String: String] = [:]
  /// Classes whose alias is only what was left over.
  private var assumedClasses: Set<String> = []

  /// A VM's part in this: what its flavor asks, where it is, what it was allocated.
  struct User {
    var requests: FlavorRequests
    var host: Int?
    var taken: [String: Int64]
  }

  private let tree: ProviderTree
  private let directory: HostDirectory

  /// Also sets the devices of the hosts, which are in the directory's order.
  ///
  /// **Errors**: `contradiction` for amounts that cannot be.
  init(
    flavors: [FlavorCatalogue.Entry], users: [User], directory: HostDirectory, tree: ProviderTree,
    hosts: inout [HostRecord]
  ) throws(CollectorError) {
    self.tree = tree
    self.directory = directory
    let aliases = Set(flavors.flatMap(\.requests.aliases)).sorted()
    let asked = Set(flavors.flatMap { $0.requests.devices.keys }).subtracting(aliases)
    let offered = offeredClasses(asked: asked)
    map(aliases, to: offered.filter { !asked.contains($0) }, users: users)
    for name in asked { typeOfClass[name] = name }
    for name in offered where typeOfClass[name] == nil {
      typeOfClass[name] = name
      findings.append(
        FindingKind.deviceClassUnmapped.finding(
          name, "Placement counts these devices, but no VM shows by which alias they are asked for."
        ))
    }
    try fillStated(&hosts)
    fillDerived(&hosts, flavors: flavors, users: users)
    let names = Set(typeOfClass.values).union(aliases.map { typeOfAlias[$0] ?? $0 })
    types = names.sorted().map { name in
      var type = DeviceTypeRecord()
      type.name = name
      return type
    }
  }

  /// The devices that a flavor asks for, in ascending order of their type.
  func requests(of flavor: FlavorCatalogue.Entry) -> [DeviceRequestRecord] {
    counts(flavor.requests).sorted { $0.key < $1.key }.map { type, count in
      var request = DeviceRequestRecord()
      request.type = type
      request.count = count
      return request
    }
  }

  private func counts(_ requests: FlavorRequests) -> [String: Int64] {
    var counts: [String: Int64] = [:]
    for (name, count) in requests.devices {
      let type = requests.aliases.contains(name) ? typeOfAlias[name] ?? name : name
      counts[type, default: 0] += count
    }
    return counts
  }

  /// Classes of devices in inventories, in ascending order.
  private func offeredClasses(asked: Set<String>) -> [String] {
    var classes: Set<String> = []
    for entry in directory.entries {
      for provider in entry.providers {
        for name in tree.providers[provider].inventories.keys
        where ResourceAmounts.isDeviceClass(name) || asked.contains(name) {
          classes.insert(name)
        }
      }
    }
    return classes.sorted()
  }

  private mutating func map(_ aliases: [String], to classes: [String], users: [User]) {
    // How many VMs with just this alias have an allocation of the class.
    var votes: [String: [String: Int]] = [:]
    for user in users where user.requests.aliases.count == 1 {
      guard let alias = user.requests.aliases.first else { continue }
      for name in classes where user.taken[name] != nil {
        votes[name, default: [:]][alias, default: 0] += 1
      }
    }
    var mapped: Set<String> = []
    for name in classes {
      let candidates = (votes[name] ?? [:]).keys.sorted()
      guard let first = candidates.first else { continue }
      let type = typeOfAlias[first] ?? first
      typeOfClass[name] = type
      for alias in candidates { typeOfAlias[alias] = type }
      mapped.formUnion(candidates)
      findings.append(
        FindingKind.deviceAliasMapped.finding(
          candidates.joined(separator: ", "),
          "Devices of this alias are Placement's class \(name): so say the allocations of "
            + "\((votes[name] ?? [:]).values.reduce(0, +)) VM(s)."))
    }
    let aliasesLeft = aliases.filter { !mapped.contains($0) }
    let classesLeft = classes.filter { typeOfClass[$0] == nil }
    if aliasesLeft.count == 1, classesLeft.count == 1 {
      typeOfClass[classesLeft[0]] = aliasesLeft[0]
      assumedClasses.insert(classesLeft[0])
      findings.append(
        FindingKind.deviceAliasMapped.finding(
          aliasesLeft[0],
          "Devices of this alias are assumed to be Placement's class \(classesLeft[0]): no other "
            + "alias and no other class is left."))
    }
  }

  private func fillStated(_ hosts: inout [HostRecord]) throws(CollectorError) {
    for (host, entry) in directory.entries.enumerated() {
      var pools: [HostDeviceRecord] = []
      for index in entry.providers {
        let provider = tree.providers[index]
        for (name, inventory) in provider.inventories.sorted(by: { $0.key < $1.key }) {
          guard let type = typeOfClass[name] else { continue }
          var pool = HostDeviceRecord()
          pool.type = type
          pool.numaNode = tree.numaNode(of: index)
          pool.evidence = assumedClasses.contains(name) ? .assumed : .stated
          pool.count = try OfferedAmount(
            inventory, class: name, file: provider.inventoriesFile
          ).capacity
          if let place = pools.firstIndex(where: {
            $0.type == type && $0.numaNode == pool.numaNode
          }) {
            pools[place].count += pool.count
          } else {
            pools.append(pool)
          }
        }
      }
      hosts[host].devices = pools.sorted {
        ($0.type, $0.numaNode ?? -1) < ($1.type, $1.numaNode ?? -1)
      }
    }
  }

  /// Where Placement counts no devices of a type, a host has at least those that its VMs use.
  private mutating func fillDerived(
    _ hosts: inout [HostRecord], flavors: [FlavorCatalogue.Entry], users: [User]
  ) {
    var used: [String: [Int: Int64]] = [:]
    for user in users {
      guard let host = user.host else { continue }
      for (type, count) in counts(user.requests) {
        used[type, default: [:]][host, default: 0] += count
      }
    }
    let types = Set(flavors.flatMap { counts($0.requests).keys }).sorted()
    for type in types {
      var texts: [String] = []
      for (host, count) in (used[type] ?? [:]).sorted(by: { $0.key < $1.key })
      where !hosts[host].devices.contains(where: { $0.type == type }) {
        var pool = HostDeviceRecord()
        pool.type = type
        pool.count = count
        pool.evidence = .derived
        hosts[host].devices.append(pool)
        hosts[host].devices.sort { ($0.type, $0.numaNode ?? -1) < ($1.type, $1.numaNode ?? -1) }
        texts.append("\(hosts[host].name) \(count)")
      }
      let isCounted = hosts.contains { host in
        host.devices.contains { $0.type == type && $0.evidence != .derived }
      }
      if !texts.isEmpty || !isCounted {
        let seen = texts.isEmpty ? "none is in use" : "in use are \(texts.joined(separator: ", "))"
        findings.append(
          FindingKind.deviceTotalsUnknown.finding(
            type,
            "How many of these devices hosts have is not told; \(seen). State the totals in the "
              + "cloud file, else no other is taken for free."))
      }
    }
  }
}
