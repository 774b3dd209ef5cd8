import Availability

extension AvailabilityPreset {
  /// The parts of the preset.
  ///
  /// **Source**: figures of hosts, racks, routers and the grid as `docs/availability.md` lists them;
  /// rates of regions, control planes, identity and changes rounded from the recorded incidents of
  /// two providers; the others are round numbers of ours, which the answer says.
  package var parts: [PartRecord] {
    let hardware = [Self.host, Self.rack]
    if self == .hostsOnly { return hardware }
    return hardware + [
      Self.router, uplink, storage, images, dhcp, metadata, Self.networks, Self.control,
      Self.region, Self.identity, Self.names, Self.certificates, Self.change,
    ] + (self == .sharedEverything ? [Self.grid] : [])
  }

  private var isAllShared: Bool { self == .sharedEverything }

  private static let host = PartRecord(
    "host", .host, in: .host, up: 7480, down: 3, sigma: 1.22, stops: [.running],
    "1.17 failures a node-year of 2.99 h, LANL cluster 18")

  private static let rack = PartRecord(
    "rack", .rack, in: .rack, up: 60_000, down: 4, stops: [.running],
    "top-of-rack switches fail about 5 % a year, Gill 2011; time down ours")

  private static let router: PartRecord = {
    var part = PartRecord(
      "router", .router, in: .zone, up: 50_000, down: 6, stops: Impact.allCases,
      "ours; redundancy cut the median impact by 40 %, Gill 2011")
    part.count = 2
    return part
  }()

  private var uplink: PartRecord {
    var part = PartRecord(
      "uplink", .uplink, in: isAllShared ? .region : .zone, up: 50_000, down: 6, stops: [.running],
      "ours: as routers, with a tenth of the failures in common")
    part.count = 2
    part.beta = 0.1
    part.degrades = [.new, .recovery]
    return part
  }

  private var storage: PartRecord {
    let isShared = isAllShared || self == .sharedStorage
    return PartRecord(
      "block-storage", .storage, in: isShared ? .region : .zone, perYear: 0.1, down: 4,
      stops: Impact.allCases, "ours")
  }

  private var images: PartRecord {
    PartRecord(
      "images", .images, in: isAllShared ? .region : .zone, perYear: 0.1, down: 4,
      stops: [.new, .recovery], "ours: as block storage; copied to each zone with their ids, or one"
    )
  }

  private var dhcp: PartRecord {
    PartRecord(
      "dhcp", .dhcp, in: isAllShared ? .region : .zone, perYear: 0.1, down: 1,
      stops: [.new, .recovery], "ours; running VMs keep their lease for a day")
  }

  private var metadata: PartRecord {
    var part = PartRecord(
      "metadata", .metadata, in: isAllShared ? .region : .zone, perYear: 0.1, down: 1,
      stops: [.new], "ours; VMs without a config drive need it to boot")
    part.degrades = [.recovery]
    return part
  }

  private static let networks = PartRecord(
    "networks", .networks, in: .region, perYear: 0.1, down: 1,
    stops: [.new, .moves, .recovery], "ours; flows of running VMs go on")

  private static let control = PartRecord(
    "control-plane", .controlPlane, in: .region, perYear: 0.35, down: 0.7,
    stops: [.new, .moves, .recovery], "0.35 a region-year of 41 min, AWS EC2 2018 to 2021")

  private static let region = PartRecord(
    "region", .site, in: .region, perYear: 0.1, down: 3, stops: Impact.allCases,
    "0.11 a region-year of 2.7 h, Google 2020 to 2023, rounded")

  private static let identity: PartRecord = {
    var part = PartRecord(
      "identity", .identity, in: .cloud, perYear: 4, down: 1.5, stops: [.new, .moves, .recovery],
      "4.2 a year of 1.5 h, AWS and Google; share ours")
    part.share = 0.1
    return part
  }()

  private static let names: PartRecord = {
    var part = PartRecord("dns", .dns, in: .cloud, perYear: 0.1, down: 1, stops: [], "ours")
    part.degrades = Impact.allCases
    return part
  }()

  private static let certificates = PartRecord(
    "certificates", .certificates, in: .cloud, perYear: 0.05, down: 2,
    stops: [.new, .moves, .recovery], "ours")

  private static let change: PartRecord = {
    var part = PartRecord(
      "change", .change, in: .cloud, perYear: 3.7, down: 11, stops: Impact.allCases,
      "3.7 notices a year of 11 h for all regions, Google 2020 to 2023; share ours, published by "
        + "nobody")
    part.share = 0.01
    return part
  }()

  private static let grid = PartRecord(
    "grid", .grid, in: .region, up: 8760, down: 4, stops: [],
    "German mean of 12.8 min a year, 2023: pessimistic there")
}

extension PartRecord {
  private static let hour = 3_600_000_000.0

  fileprivate init(
    _ name: String, _ kind: PartKind, in domain: DependencyDomain, up: Double, down: Double,
    sigma: Double? = nil, stops: [Impact], _ source: String
  ) {
    self.init()
    self.name = name
    self.kind = kind
    self.domain = domain
    self.meanUp = Int64(up * Self.hour)
    self.meanDown = Int64(down * Self.hour)
    self.sigma = sigma
    self.stops = stops
    self.source = source
  }

  fileprivate init(
    _ name: String, _ kind: PartKind, in domain: DependencyDomain, perYear: Double, down: Double,
    stops: [Impact], _ source: String
  ) {
    self.init(name, kind, in: domain, up: 0, down: down, stops: stops, source)
    meanUp = nil
    self.perYear = perYear
  }
}
