package import Documents

/// The keys of a file of moves to be estimated. Numbers have no unit but that of their key.
package enum EstimateKeys {
  /// The whole file: a list of moves.
  package static let file = Codec<[EstimateRecord]>.list(of: .section(migration), count: 0...10_000)

  /// One move.
  package static let migration = Section<EstimateRecord>(
    "migration_estimate", "One move of one VM to be estimated; the file is a list of them.",
    make: EstimateRecord.init, place: \.place, check: EstimateCheck.check
  ) {
    Key("id", \.id, .text(), "name in the answer")
    Key("mode", \.mode, .choice(), default: .live, "how it is moved")
    Key(
      "memory_mib", \.memory, optional: .number(1...67_108_864),
      "memory that is not all zero, at most 64 TiB; needed but for cold")
    Key(
      "zero_pages", \.zeroPages, .wholeNumber(0...17_179_869_184), default: 0,
      "pages of 4 KiB that are all zero: scanned, not sent")
    rates
    pauses
    writes
    endings
    operation
  }

  private static let positiveRate = Codec<Double>.number(0.001...10_000_000)
  private static let time = Codec<Double>.number(0...31_622_400)

  @KeyBuilder<EstimateRecord> private static var rates: [Key<EstimateRecord>] {
    Key(
      "rate_mib_s", \.rate, optional: positiveRate,
      "rate of one stream; needed where anything is sent")
    Key(
      "streams", \.streamCount, .wholeNumber(1...1024), default: 1,
      "parallel streams; above 8 no gain is assumed")
    Key("link_mib_s", \.link, optional: positiveRate, "what the link gives to this move")
    Key("cap_mib_s", \.cap, optional: positiveRate, "limit set by the operator; absent: none")
    Key("tls", \.isEncrypted, .flag, default: false, "whether the stream is encrypted")
    Key(
      "tls_rate_mib_s", \.encryptionRate, positiveRate, default: 300,
      "what one encrypting thread carries")
    Key(
      "compression_ratio", \.compression, .number(1...100), default: 1,
      "MiB of memory for each MiB sent")
    Key(
      "line_mib_s", \.line, optional: positiveRate,
      "rate of the last part, for which the cap is lifted; absent: the rate without cap_mib_s")
  }

  @KeyBuilder<EstimateRecord> private static var pauses: [Key<EstimateRecord>] {
    Key(
      "downtime_limit_s", \.downtimeLimit, optional: .number(0.001...3600),
      "pause that is allowed at the end; absent: 0.5, Nova's default")
    Key(
      "downtime_steps", \.downtimeSteps, optional: .section(downtimeSteps),
      "ramp on which the allowed pause is raised; it takes the place of downtime_limit_s")
    Key(
      "stop_s", \.stop, optional: .number(0...3600),
      "time of a stop beside the copy; absent: 0.005, virtio devices alone")
  }

  @KeyBuilder<EstimateRecord> private static var writes: [Key<EstimateRecord>] {
    Key(
      "dirty", \.dirty, optional: .section(dirty),
      "what the guest writes; absent, without points: nothing")
    Key(
      "points", \.points, optional: .dirtyPoints,
      "the same as measured pairs of seconds and MiB newly written, two or more")
    Key("load_end_s", \.loadEnd, optional: time, "when the guest stops writing; absent: never")
    Key(
      "auto_converge", \.autoConverge, .flag, default: false,
      "whether the guest may be throttled; without effect where postcopy_at_s stands, as in Nova")
  }

  @KeyBuilder<EstimateRecord> private static var endings: [Key<EstimateRecord>] {
    Key(
      "postcopy_at_s", \.postCopyAt, optional: time,
      "when the guest is switched to its destination; absent: never")
    Key(
      "postcopy_rate_mib_s", \.postCopyRate, optional: positiveRate,
      "rate of the rest after the switch; absent: 2748, measured on one machine")
    Key(
      "postcopy_delay_s", \.postCopyDelay, optional: .number(0...3600),
      "time from the switch to the first page; absent: 0.4")
    Key(
      "horizon_s", \.horizon, optional: .number(0.001...31_622_400),
      "when the time is over; absent: Nova's completion timeout, 800 s per GiB of memory and disk")
    Key("at_horizon", \.action, .choice(), default: .abort, "what is done then")
    Key(
      "progress_timeout_s", \.progressTimeout, optional: .number(0.001...31_622_400),
      "time after which a rest without a new low is given up; absent: none")
  }

  @KeyBuilder<EstimateRecord> private static var operation: [Key<EstimateRecord>] {
    Key(
      "disk_mib", \.disk, optional: .number(0...1_073_741_824),
      "allocated part of disks that are copied; absent: none")
    Key(
      "disk_rate_mib_s", \.diskRate, optional: positiveRate,
      "rate of the disks; absent: the link decides")
    Key(
      "disk_write_mib_s", \.diskWrites, .number(0...10_000_000), default: 0,
      "what the guest writes to the disks while they are copied")
    Key("device", \.device, optional: .section(device), "passed-through device that moves along")
    Key(
      "overhead_s", \.overhead, .number(0...86_400), default: 0,
      "checks, claims, ports and clean-up; measured: 7 on shared storage, 10 with copied disks")
    Key("shutdown_s", \.shutdown, .number(0...86_400), default: 1.5, "cold: time to shut down")
    Key("define_s", \.define, .number(0...86_400), default: 1.2, "cold: time before the boot")
    Key("boot_s", \.boot, .number(0...86_400), default: 12, "cold: from power on to service")
    Key(
      "confirm_s", \.confirm, optional: time,
      "cold: from service to the confirmation that frees the source; absent: not known")
  }

  static let dirty = Section<DirtyRecord>(
    "dirty_curve", "MiB of distinct memory written in g seconds: c g + h (1 - exp(-g/s)).",
    make: DirtyRecord.init
  ) {
    Key("c", \.c, .number(0...10_000_000), default: 0, "slowly spreading writes, MiB/s")
    Key("h", \.h, .number(0...67_108_864), default: 0, "hot set, MiB")
    Key("s", \.s, .number(0.000001...1_000_000), default: 1, "seconds in which it is rewritten")
  }

  static let downtimeSteps = Section<DowntimeStepsRecord>(
    "downtime_steps", "The ramp of Nova on which the allowed pause is raised.",
    make: DowntimeStepsRecord.init
  ) {
    Key("ms", \.ms, .number(1...3_600_000), default: 500, "what the last step allows, ms")
    Key("steps", \.steps, .wholeNumber(1...10_000), default: 10, "steps after the first")
    Key(
      "delay_s_per_gib", \.delay, .number(0...86_400), default: 75, "time between steps, s/GiB")
    Key("gib", \.gib, optional: .number(0.001...1_048_576), "size of the data; absent: the VM's")
  }

  static let device = Section<DeviceRecord>(
    "migrating_device", "A passed-through device that moves along.", make: DeviceRecord.init
  ) {
    Key(
      "state_mib", \.state, optional: .number(0...1_048_576),
      "its state; absent: not known, and then the downtime is not known either")
    Key(
      "dirty", \.dirty, optional: .section(dirty),
      "what it writes while it is copied in rounds; absent: it moves during the pause")
  }

  /// The JSON Schema of the file.
  package static var schema: Document {
    guard case .object(let members) = Schema.schema(of: migration) else { return .null }
    let atTop = ["$schema", "title", "$defs"]
    let item = members.filter { !atTop.contains($0.key) }
    var top = members.filter { atTop.contains($0.key) && $0.key != "$defs" }
    top.append(Member(key: "type", node: Node("array")))
    top.append(Member(key: "items", node: Node(.object(item))))
    top.append(Member(key: "minItems", node: Node(1)))
    return .object(top + members.filter { $0.key == "$defs" })
  }
}
