import CloudModel
import Documents
import Migration

/// Keys about single guests and hosts in the section `migration`.
extension ScenarioKeys {
  static let hostRate = Section<HostRateRecord>(
    "host_rate", "A rate on the network cards of some hosts.", make: HostRateRecord.init
  ) {
    Key("hosts", \.hosts, .textOrTexts, "names of hosts; `*` stands for any letters")
    Key("rate", \.rate, .bandwidth(0...1e15), "the rate, out and in")
  }

  static let load = Section<LoadRecord>(
    "guest_load",
    "What the VMs that all given conditions mean do to their memory; `*` stands for any letters.",
    make: LoadRecord.init, check: checkLoad
  ) {
    selectorKeys(
      names: \.selector.names, flavors: \.selector.flavors, images: \.selector.images,
      projects: \.selector.projects, tags: \.selector.tags)
    Key("load", \.load, optional: .choice(LoadClass.self), "class of load")
    Key("dirty", \.dirty, optional: .section(EstimateKeys.dirty), "dirty curve of the VM itself")
    Key(
      "points", \.points, optional: .dirtyPoints,
      "the same as measured pairs of seconds and MiB newly written, two or more")
    Key(
      "per_vcpus", \.perVCPUs, optional: .number(0.001...1_000_000),
      "virtual CPUs for which dirty or points hold, by which they are scaled; absent: the VM's own")
    Key(
      "memory_share", \.memoryShare, optional: .fraction,
      "part of its memory that is not all zero; absent: as for all")
    Key(
      "load_end", \.loadEnd, optional: .duration,
      "when it stops writing, after the start of its transfer; absent: never")
  }

  static let handling = Section<HandlingRecord>(
    "live_handling",
    "What is permitted and done for the live migrations of the VMs that all given conditions mean.",
    make: HandlingRecord.init
  ) {
    selectorKeys(
      names: \.selector.names, flavors: \.selector.flavors, images: \.selector.images,
      projects: \.selector.projects, tags: \.selector.tags)
    Key(
      "class", \.classes, .list(of: .choice()), default: [], "policy classes, one of which it has")
    Key("state", \.states, .list(of: .choice()), default: [], "states, one of which it is in")
    Key("load", \.loads, .list(of: .choice()), default: [], "classes of load, one of which it has")
    Key(
      "post_copy", \.postCopy, optional: .flag,
      "whether it is switched before its memory when it is forced; absent: as for all")
    Key(
      "auto_converge", \.autoConverge, optional: .flag,
      "whether it may be throttled; absent: as for all")
    Key(
      "timeout_action", \.timeoutAction, optional: .choice(TimeoutAction.self),
      "what happens at its completion timeout; absent: as for all")
    Key(
      "force_after", \.forceAfter, optional: .duration,
      "when the operator forces its end, 0: never; absent: as for all")
  }

  /// The conditions that a VM must meet.
  static func selectorKeys<Record: Sendable>(
    names: FieldPath<Record, [String]>, flavors: FieldPath<Record, [String]>,
    images: FieldPath<Record, [String]>, projects: FieldPath<Record, [String]>,
    tags: FieldPath<Record, [String]>
  ) -> [Key<Record>] {
    [
      Key("name", names, .textOrTexts, default: [], "names of VMs, or whole ids"),
      Key("flavor", flavors, .textOrTexts, default: [], "names of flavors"),
      Key("image", images, .textOrTexts, default: [], "names of images"),
      Key("project", projects, .textOrTexts, default: [], "names of projects"),
      Key("tag", tags, .textOrTexts, default: [], "tags"),
    ]
  }

  /// One of three ways to say what is written, or only how much memory is in use.
  private static func checkLoad(_ record: LoadRecord, _ node: Node, _ reading: inout Reading) {
    let given = [
      ("load", record.load != nil), ("dirty", record.dirty != nil),
      ("points", record.points != nil),
    ].filter(\.1).map(\.0)
    if given.count > 1 {
      let key = given[1]
      reading.within(.key(key)) { reading in
        reading.report(
          .contradiction, "\(reading.path) and `\(given[0])` cannot both say what the guest writes",
          at: node[key]?.place ?? node.place, help: "remove one of the two")
      }
    }
    if given.isEmpty, record.memoryShare == nil {
      reading.report(
        .missingKey, "a load needs one of load, dirty, points or memory_share", at: node.place,
        help: "add for example `load: busy`")
    }
  }
}
