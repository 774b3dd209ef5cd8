package import Policies

/// Which hosts are due for work, how many may be out at once, and what happens after each wave.
package struct RollingRecord: Sendable, Equatable {
  /// Names of the hosts that are due; none: those of the zones.
  package var hosts: [String] = []
  /// Names of the zones whose hosts are due; none: of all.
  package var zones: [String] = []
  /// Microseconds that the whole may take; nil: no limit.
  package var window: Int64?
  /// Microseconds of work on the hosts of a wave.
  package var work: Int64 = 1_800_000_000
  /// Microseconds between two waves, to see that all is well.
  package var pause: Int64 = 0
  /// What happens to the VMs after a wave.
  package var policy = RollingPolicy.back
  /// What else may fail while hosts are out.
  package var reserve = RollingProblem.Reserve.host
  /// Most hosts of one rack that are out at once; 0: no limit.
  package var hostsPerRack: Int64 = 0
  /// Most hosts of one zone that are out at once; 0: no limit.
  package var hostsPerZone: Int64 = 0
  /// Most hosts that are out at once; 0: no limit.
  package var hostsAtOnce: Int64 = 0
  /// Most zones that have hosts out at once; 0: no limit.
  package var zonesAtOnce: Int64 = 0
  /// Microseconds of search; nil: a limit of work, which is repeatable.
  package var timeLimit: Int64?

  /// Every host of the cloud, with a reserve for one.
  package init() {}
}

/// How a rolling maintenance goes through its hosts.
package enum RollingPolicy: String, Sendable, CaseIterable {
  /// After each wave the VMs go back to their hosts, so that every wave begins alike.
  case back
  /// The VMs stay where they were moved; fewer moves, but waves build on each other.
  case stay
  /// One host at a time, and its VMs back after it.
  case oneByOne = "one-by-one"

  /// Whether VMs go back after each wave.
  package var returns: Bool { self != .stay }
}

extension ScenarioKeys {
  static let rolling = Section<RollingRecord>(
    "rolling", "Which hosts are taken out for work, in waves, and what stays free meanwhile.",
    make: RollingRecord.init
  ) {
    Key("hosts", \.hosts, .texts, default: [], "names of the hosts that are due")
    Key(
      "zones", \.zones, .texts, default: [],
      "zones whose hosts are due, if none is named; without either all hosts are")
    Key(
      "window", \.window, optional: .duration(1_000_000...(366 * 86_400_000_000)),
      "time there is for the whole where the calendar has no windows; absent: no limit")
    Key(
      "work", \.work, .duration(0...(366 * 86_400_000_000)), default: 1_800_000_000,
      "time of the work on the hosts of a wave")
    Key(
      "pause", \.pause, .duration(0...(366 * 86_400_000_000)), default: 0,
      "time between two waves, to see that all is well")
    Key(
      "policy", \.policy, .choice(), default: .back,
      "what happens to the VMs after a wave, or `one-by-one`: one host at a time, and back")
    Key(
      "reserve", \.reserve, .choice(), default: .host,
      "what else may fail while hosts are out; `rack_once`: a rack with hosts out is the one")
    Key(
      "hosts_per_rack", \.hostsPerRack, .count, default: 0,
      "most hosts of a rack that are out at once; 0: no limit")
    Key(
      "hosts_per_zone", \.hostsPerZone, .count, default: 0,
      "most hosts of a zone that are out at once; 0: no limit")
    Key(
      "hosts_at_once", \.hostsAtOnce, .count, default: 0,
      "most hosts that are out at once; 0: no limit")
    Key(
      "zones_at_once", \.zonesAtOnce, .count, default: 0,
      "most zones that have hosts out at once; 0: no limit")
    Key(
      "time_limit", \.timeLimit, optional: .duration(1000...86_400_000_000),
      "time for the search; absent: a limit of work, which is repeatable")
  }
}
