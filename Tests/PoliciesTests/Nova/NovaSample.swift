import CloudModel
import Policies

/// Small clouds for the tests of Nova's scheduler: host `h` has the root provider `rp:h`.
enum NovaSample {
  static func providerName(_ host: String) -> String { "rp:" + host }

  /// A host's root provider; 64 vCPUs at 4.0, memory and disk at 1.0 unless said otherwise.
  static func provider(
    _ host: String, vcpus: Int = 64, ratio: Double = 4, memoryMiB: Int = 262_144,
    reservedMiB: Int = 0, diskGiB: Int = 3000, traits: Set<String> = [],
    aggregates: Set<String> = []
  ) -> ResourceProvider {
    ResourceProvider(
      name: providerName(host),
      inventories: [
        ResourceInventory("VCPU", total: vcpus, ratio: ratio),
        ResourceInventory("MEMORY_MB", total: memoryMiB, reserved: reservedMiB),
        ResourceInventory("DISK_GB", total: diskGiB),
      ], traits: traits.union(["OWNER_NOVA"]), aggregates: aggregates)
  }

  /// A device of a host as a provider below it.
  static func device(_ number: Int, of host: String) -> ResourceProvider {
    ResourceProvider(
      name: providerName(host) + "_\(number)", parent: providerName(host),
      inventories: [ResourceInventory("CUSTOM_PCI_10DE_20B5", total: 1)], traits: ["OWNER_NOVA"])
  }

  static let gpu = Properties([("vendor_id", "10de"), ("product_id", "20b5")])

  static func flavor(
    vcpus: Int = 1, memoryMiB: Int = 1024, diskGiB: Int = 0, specs: [(String, String)] = []
  ) -> NovaFlavor {
    NovaFlavor(
      name: "flavor", vcpus: vcpus, memoryMiB: memoryMiB, rootGiB: diskGiB,
      extraSpecs: Properties(specs))
  }

  static func query(
    _ request: NovaRequest, _ configuration: NovaConfiguration = NovaConfiguration()
  ) -> ResourceQuery {
    ResourceQuery(request, configuration, providerOfHost: providerName)
  }

  /// The hosts of a ledger's candidates, sorted.
  static func hosts(_ request: NovaRequest, in ledger: ResourceLedger) -> [String] {
    Set(ledger.candidates(for: query(request)).map { String($0.root.dropFirst(3)) }).sorted()
  }

  /// A host with room; 64 vCPUs at 4.0.
  static func host(_ name: String, memoryMiB: Int = 262_144) -> NovaHostState {
    var host = NovaHostState(name: name)
    host.vcpus = 64
    host.cpuRatio = 4
    host.freeMemoryMiB = memoryMiB
    host.totalMemoryMiB = 262_144
    host.freeDiskMiB = 3_072_000
    host.totalDiskGiB = 3000
    host.hypervisorVersion = 8_002_002
    return host
  }

  static func scheduler(
    filters: [String]? = nil, weighers: [String]? = nil, _ settings: [(String, String)] = []
  ) throws -> FilterScheduler {
    var configuration = NovaConfiguration()
    if let filters { configuration.enabledFilters = filters }
    configuration.weighers = weighers
    for (name, value) in settings { try configuration.set(name, to: value) }
    return try FilterScheduler(configuration)
  }

  /// Names in the order of a round.
  static func order(_ round: NovaRound) -> [String] { round.order.map { round.hosts[$0].name } }
}
