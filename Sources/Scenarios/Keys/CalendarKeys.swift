import Documents

/// The keys about dates: windows, times without work, notices.
enum CalendarKeys {
  static let calendar = Section<CalendarRecord>(
    "calendar", "When work may happen, and how long before it tenants are told.",
    make: CalendarRecord.init
  ) {
    Key(
      "told", \.told, optional: .instant,
      "when the tenants are told; absent: notices only say how long before the start that must be")
    Key(
      "windows", \.windows, .list(of: .section(window)), default: [],
      "when hosts may be out; none: at any time")
    Key(
      "excluded", \.excluded, .list(of: .section(excludedTime)), default: [],
      "when no host may be out, such as single days")
    Key(
      "notices", \.notices, .section(notices), default: NoticesRecord(),
      "how long before it is touched the tenant of a VM is told")
    Key(
      "partial_work", \.isPartialWorkAllowed, .flag, default: false,
      "whether what can be done is done where a notice or a window keeps the rest from it")
  }

  static let window = Section<WindowRecord>(
    "window", "A time in which hosts may be out.", make: WindowRecord.init,
    check: { window, node, reading in order(window.start, window.end, node, &reading) }
  ) {
    Key("start", \.start, .instant, "its start")
    Key("end", \.end, .instant, "its end")
    Key("zones", \.zones, .texts, default: [], "zones whose hosts are meant; none: all zones")
    Key(
      "hosts", \.hosts, .textOrTexts, default: [],
      "hosts that are meant, `*` stands for any letters; none: all hosts")
  }

  static let excludedTime = Section<ExcludedTimeRecord>(
    "excluded_time", "A time in which no host may be out.", make: ExcludedTimeRecord.init,
    check: { time, node, reading in order(time.start, time.end, node, &reading) }
  ) {
    Key("start", \.start, .instant, "its start")
    Key("end", \.end, .instant, "its end")
    Key("reason", \.reason, .text(isEmptyAllowed: true), default: "", "why, in words")
  }

  static let notices = Section<NoticesRecord>(
    "notices", "Notice by policy class; the defaults are those of `docs/policy-classes.md`.",
    make: NoticesRecord.init
  ) {
    Key("live", \.live, .notice, default: 0, "of VMs that are moved while they run")
    Key(
      "cold", \.cold, .notice, default: 3 * 86_400_000_000, "of VMs that are shut down and moved")
    Key(
      "stop", \.stop, .notice, default: 3 * 86_400_000_000, "of VMs that are stopped for the work")
    Key("none", \.none, .notice, default: 0, "of VMs that are ended and made anew")
    Key(
      "hold", \.hold, .notice, default: 14 * 86_400_000_000,
      "of VMs whose owners have to agree first")
  }

  private static func order(_ start: Int64, _ end: Int64, _ node: Node, _ reading: inout Reading) {
    guard start >= end else { return }
    reading.report(
      .value,
      "end must be after the start, found \(InstantText.text(end)) after "
        + "\(InstantText.text(start))", at: node["end"]?.place ?? node.place,
      help: "write the later of the two as `end`")
  }
}

extension Codec where Value == Int64 {
  /// A time before work: up to a year.
  fileprivate static var notice: Self { .duration(0...(366 * 86_400_000_000)) }
}
