import Availability
import Documents
import Simulator

/// The keys about what fails and what is shared.
enum AvailabilityKeys {
  static let availability = Section<AvailabilityRecord>(
    "availability", "What VMs need, what zones share, and which services are asked about.",
    make: AvailabilityRecord.init
  ) {
    Key(
      "preset", \.preset, .choice(), default: .independentZones,
      "parts to begin with; `berth availability sharing` shows them")
    Key(
      "tier", \.tier, optional: .choice(),
      "class of the facility of every zone, or none where its parts are named; absent: what the "
        + "cloud says of each zone, else III, assumed")
    Key(
      "regions", \.regions, optional: .wholeNumber(1...100),
      "how many regions there would be; absent: those of the cloud")
    Key(
      "zones", \.zones, optional: .wholeNumber(1...100),
      "how many zones each region would have; absent: those of the cloud")
    Key("without", \.without, .texts, default: [], "names of parts that there would not be")
    Key(
      "parts", \.parts, .list(of: .section(part), count: 0...1000), default: [],
      "parts on top, or in place of those of the same name in the preset and in the cloud")
    Key(
      "services", \.services, .list(of: .section(service), count: 0...1000), default: [],
      "services; none: one VM, one of three replicas, two of three replicas")
    Key("claim", \.claim, .number(0...100), default: 99.99, "promised availability, in percent")
    Key(
      "years", \.years, .wholeNumber(0...10_000_000), default: 2000,
      "years that are simulated for the chance to miss the claim in a month; 0: none")
    Key(
      "recovery", \.recovery, .section(recovery), default: RecoveryQueueRecord(),
      "how VMs of failed hosts come back")
    Key(
      "loads", \.loads, .list(of: .number(0.01...1), count: 0...20), default: [],
      "shares of memory in use for which a loss is told, VMs left out evenly; none: as it is")
    Key(
      "outage", \.outage, .duration(1_000_000...(366 * 86_400_000_000)),
      default: 4 * 3_600_000_000, "how long a zone, rack or host is lost whose loss is told")
    Key(
      "volumes_stay_in_zone", \.holdsVolumesInZone, .flag, default: true,
      "whether VMs with volumes cannot come back in another zone")
    Key(
      "variants", \.variants, .section(variants), default: VariantsRecord(),
      "what is compared, each with each")
  }

  static let part = Section<PartRecord>(
    "part", "Something that VMs need and that can fail.", make: PartRecord.init,
    check: { part, node, reading in check(part, node, &reading) }
  ) {
    Key("name", \.name, .text(rule: .partName), "name")
    Key("kind", \.kind, .choice(), default: .other, "what it is")
    Key("in_each", \.domain, .choice(), default: .zone, "in each of what there is one")
    Key("zones", \.zones, .texts, default: [], "zones that it serves; none: all")
    Key("count", \.count, .wholeNumber(1...200), default: 1, "equal members")
    Key("needed", \.needed, .wholeNumber(1...200), default: 1, "members that are needed")
    Key(
      "beta", \.beta, .fraction, default: 0, "share of a member's failures that takes all members")
    Key(
      "mtbf", \.meanUp, optional: .duration(1_000_000...(36_600_000 * 86_400_000_000)),
      "mean time up of a member between failures")
    Key(
      "per_year", \.perYear, optional: .number(0...1_000_000),
      "failures of a member in a year of 8,760 h, instead of mtbf")
    Key(
      "mttr", \.meanDown, optional: .duration(1_000_000...(36_600 * 86_400_000_000)),
      "mean time down at a failure")
    Key(
      "mttr_log_sigma", \.sigma, optional: .number(0...5),
      "standard deviation of the logarithm of the time down; absent: exponential")
    Key(
      "on_demand", \.onDemand, optional: .fraction,
      "chance to fail when called, for what stands by, instead of times")
    Key("share", \.share, .fraction, default: 1, "chance that a VM which needs it is hit")
    Key("stops", \.stops, .list(of: .choice()), default: [], "what is not possible without it")
    Key(
      "degrades", \.degrades, .list(of: .choice()), default: [],
      "what is worse without it; shown, not counted")
    Key(
      "needs", \.needs, .texts, default: [],
      "parts that it needs, `facility` for power and cooling of a zone")
    Key(
      "needs_at_least", \.needsAtLeast, optional: .wholeNumber(1...200),
      "how many of those; absent: all")
    Key("planned", \.isPlanned, .flag, default: false, "whether its failures are planned work")
    Key("source", \.source, optional: .text(), "where its figures come from")
  }

  static let service = Section<ServiceRecord>(
    "service", "A service whose availability is asked for.", make: ServiceRecord.init,
    check: { service, node, reading in
      guard service.needed > service.replicas else { return }
      reading.report(
        .value,
        "\(reading.path).needed must be from 1 to `replicas`, \(service.replicas), "
          + "found \(service.needed)", at: node["needed"]?.place ?? node.place,
        help: "a service cannot need more replicas than it has")
    }
  ) {
    Key("name", \.name, .text(), "name")
    Key("replicas", \.replicas, .wholeNumber(1...100), default: 3, "how many replicas it has")
    Key("needed", \.needed, .wholeNumber(1...100), default: 1, "how many of them have to run")
    Key(
      "zones", \.zones, .texts, default: [],
      "zones over which they are dealt in turn; none: all zones")
    Key("volumes", \.hasVolumes, .flag, default: true, "whether they have volumes")
    Key(
      "from_outside", \.isSeenFromOutside, .flag, default: true,
      "whether it is used from outside the cloud")
  }

  static let recovery = Section<RecoveryQueueRecord>(
    "recovery_queue",
    "How VMs of failed hosts come back, where it differs from a rebuild's figures.",
    make: RecoveryQueueRecord.init
  ) {
    Key(
      "detection", \.detection, optional: .duration(0...(366 * 86_400_000_000)),
      "from the failure of a host to the queue; absent: detect and fence of the migration model")
    Key(
      "service", \.service, optional: .duration(1...(366 * 86_400_000_000)),
      "one recovery; absent: rebuild, define and boot of the migration model")
    Key(
      "parallel", \.parallel, .wholeNumber(1...1_000_000), default: 1_000_000,
      "recoveries at a time in all")
    Key(
      "per_host", \.perHost, optional: .wholeNumber(1...100_000),
      "recoveries at a time on one host; absent: builds_per_host of the migration model")
    Key(
      "boot", \.boot, optional: .duration(0...(366 * 86_400_000_000)),
      "from the return of a host until its VMs run; absent: boot of the migration model")
    Key(
      "placement", \.placement, .choice(), default: .spread,
      "which host takes a VM: the one with most memory free, or with the least that will do")
  }

  static let variants = Section<VariantsRecord>(
    "availability_variants", "What is compared, each with each; nothing: the scenario alone.",
    make: VariantsRecord.init
  ) {
    Key(
      "zones", \.zones, .list(of: .wholeNumber(1...100), count: 0...20), default: [],
      "numbers of zones in each region")
    Key(
      "storage", \.storage, .list(of: .choice(), count: 0...5), default: [],
      "in each of what block storage stands")
    Key(
      "tier", \.tiers, .list(of: .choice(), count: 0...5), default: [], "classes of facilities")
  }

  private static func check(_ part: PartRecord, _ node: Node, _ reading: inout Reading) {
    let hasTimes = part.meanUp != nil || part.perYear != nil || part.meanDown != nil
    if part.onDemand != nil, hasTimes {
      reading.report(
        .contradiction, "\(reading.path) has both `on_demand` and times", at: node.place,
        help: "what stands by fails when called; all else is up and down for times")
    } else if part.meanUp != nil, part.perYear != nil {
      reading.report(
        .contradiction, "\(reading.path) has both `mtbf` and `per_year`", at: node.place,
        help: "write one of the two")
    } else if hasTimes, part.meanDown == nil || (part.meanUp ?? nil) == nil && part.perYear == nil {
      reading.report(
        .missingKey, "\(reading.path) needs `mttr`, and `mtbf` or `per_year`", at: node.place,
        help: "write for example `mtbf: 8760 h` and `mttr: 4 h`")
    } else if let perYear = part.perYear, let down = part.meanDown,
      perYear * Double(down) >= PartRecord.year
    {
      reading.report(
        .value, "\(reading.path) is down all year: per_year x mttr must be less than 8760 h",
        at: node.place, help: "write fewer failures or a shorter time down")
    }
    if part.needed > part.count {
      reading.report(
        .value,
        "\(reading.path).needed must be from 1 to `count`, \(part.count), found \(part.needed)",
        at: node["needed"]?.place ?? node.place, help: "write more members or need fewer")
    }
    if part.needsAtLeast != nil, part.needs.isEmpty {
      reading.report(
        .missingKey, "\(reading.path) has `needs_at_least` and needs nothing", at: node.place,
        help: "name the parts under `needs`")
    }
  }
}

extension TextRule {
  /// A name that can stand before and after a slash.
  static let partName = TextRule(
    pattern: "^[A-Za-z0-9._-]+$", words: "a name of letters, digits, dots, dashes and underscores",
    isMet: { name in
      name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    })
}
