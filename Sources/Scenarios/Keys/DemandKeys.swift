import Documents
import Stochastics

/// The keys of a demand: in a scenario, and in the first line of a demand in JSON Lines.
package enum DemandKeys {
  /// What VMs a scenario asks for.
  package static let demand = Section<DemandRecord>(
    "demand", "Which VMs arrive, and when: a trace that is replayed, or a model that generates.",
    make: DemandRecord.init, check: check
  ) {
    Key(
      "trace", \.trace, optional: .text(),
      "path of a demand in CSV or JSON Lines, also packed with gzip, relative to the scenario")
    Key(
      "flavors_file", \.flavorsFile, optional: .text(),
      "path of the table of its flavors; absent: `flavors`, the trace's own or the cloud's")
    Key(
      "flavors", \.flavors, .list(of: .section(flavor)), default: [],
      "flavors of the demand, instead of a table")
    Key(
      "keep", \.keep, .fraction, default: 1,
      "share of a trace that is kept; whole bursts are drawn, and VMs in none")
    Key(
      "from", \.from, .duration(0...(36_600 * 86_400_000_000)), default: 0,
      "where in the trace the scenario starts; VMs that arrive before are left out")
    Key(
      "until", \.until, optional: .duration(1...(36_600 * 86_400_000_000)),
      "where the demand ends, in the time of the trace; absent: at its end")
    Key(
      "stretch", \.stretch, .number(0.001...1000), default: 1,
      "times between the events of a trace are multiplied by this, lives are not")
    Key("generate", \.generate, optional: .section(generate), "what to generate, without a trace")
  }

  private static let check: @Sendable (DemandRecord, Node, inout Reading) -> Void = {
    record, node, reading in
    if record.trace != nil, record.generate != nil {
      reading.report(
        .contradiction, "demand has both `trace` and `generate`", at: node.place,
        help: "remove one of the two")
    }
    if record.flavorsFile != nil, !record.flavors.isEmpty {
      reading.report(
        .contradiction, "demand has both `flavors_file` and `flavors`", at: node.place,
        help: "remove one of the two")
    }
    if let until = record.until, until <= record.from {
      reading.report(
        .contradiction, "demand ends before it starts", at: node.place,
        help: "make `until` later than `from`")
    }
  }

  /// A flavor, with units as scenarios write them.
  static let flavor = Section<DemandFlavorRecord>(
    "demand_flavor", "A size of VM in a demand.", make: DemandFlavorRecord.init
  ) {
    Key("name", \.name, .text(), "name, by which rows and mixes name it")
    Key("vcpus", \.vcpus, .number(0...1_000_000), "virtual CPUs, also parts of one")
    Key("memory", \.memory, .size, "memory")
    Key("disk", \.disk, .size, default: 0, "local disk")
    Key("devices", \.devices, .list(of: .section(devices)), default: [], "devices")
    Key(
      "traits", \.traits, .texts, default: [],
      "traits that the host must have, or must not have with `!` before the name")
  }

  /// Devices of a flavor.
  static let devices = Section<DemandDevicesRecord>(
    "demand_devices", "Devices that a flavor asks for.", make: DemandDevicesRecord.init
  ) {
    Key("types", \.types, .list(of: .text(), count: 1...64), "types of which any will do")
    Key("count", \.count, .wholeNumber(1...100_000), default: 1, "how many, on one host")
    Key("share", \.share, .wholeNumber(1...1000), default: 1000, "thousandths of each")
  }

  /// The first line of a demand in JSON Lines.
  package static let header = Section<DemandHeaderRecord>(
    "demand_header", "The first line of a demand in JSON Lines.", make: DemandHeaderRecord.init
  ) {
    Key("format", \.format, .choice(DemandFormat.self), "what the file is")
    Key("format_version", \.formatVersion, .formatVersion, "version of the format")
    Key(
      "flavors", \.flavors, .list(of: .section(headerFlavor)), default: [],
      "the flavors that rows name")
  }

  /// A flavor in the first line, in base units as all rows.
  static let headerFlavor = Section<DemandFlavorRecord>(
    "header_flavor", "A flavor in the first line of a demand.", make: DemandFlavorRecord.init
  ) {
    Key("name", \.name, .text(), "name, by which rows name it")
    Key("vcpus", \.vcpus, .number(0...1_000_000), "virtual CPUs, also parts of one")
    Key("memory_mib", \.memory, amount(of: 1_048_576), "memory in MiB")
    Key("disk_gib", \.disk, amount(of: 1_073_741_824), default: 0, "local disk in GiB")
    Key("devices", \.devices, .list(of: .section(devices)), default: [], "devices")
    Key("traits", \.traits, .texts, default: [], "traits of the host")
    Key(
      "frequency", \.frequency, optional: .number(0...1e15),
      "how often it is asked for, for readers of the file")
  }

  private static func amount(of unit: Double) -> Codec<Int64> {
    Codec<Double>.number(0...1_000_000_000).mapped(
      { Int64(($0 * unit).rounded(.up)) }, { Double($0) / unit })
  }
}
