package import CloudModel
package import Policies

/// What only the plan of a rolling maintenance has.
package struct RollingPlanRecord: Sendable, Equatable {
  /// What happens to the VMs after a wave.
  package var policy = RollingPolicy.back
  /// What else may fail while hosts are out; checked by packing for every wave.
  package var reserve = RollingProblem.Reserve.none
  /// VMs on the hosts that are due.
  package var vms: Int64 = 0
  /// No plan for the hosts that are not postponed has fewer waves.
  package var wavesBound: Int64 = 0
  /// No plan for them with at most as many waves has fewer moves.
  package var movesBound: Int64 = 0
  /// Seconds that no plan for them undercuts, work included.
  package var timeBound = 0.0
  /// The flavor of most VMs, in which the room for new VMs is counted; nil: there are none.
  package var arrivalFlavor: String?
  /// The waves in their order.
  package var waves: [RollingWaveRecord] = []
  /// Due hosts in no wave.
  package var postponed: [PostponedRecord] = []
  /// Who has to be told, and by when.
  package var notices: [NoticeRecord] = []

  /// Nothing is due yet.
  package init() {}

  /// The word of what may fail, as files have it.
  package var reserveWord: String { reserve.rawValue }
}

/// One wave of a rolling maintenance. Times are seconds after the start of the whole, without
/// spread where nothing else is said.
package struct RollingWaveRecord: Sendable, Equatable {
  /// Its number, from 1.
  package var wave: Int64 = 1
  /// The hosts that are out.
  package var hosts: [String] = []
  /// Their zones.
  package var zones: [String] = []
  /// When it begins, in microseconds since 1970; nil: no dates.
  package var at: Int64?
  /// When its first move may start.
  package var start = 0.0
  /// When its hosts are empty and the work begins.
  package var drained = 0.0
  /// When the work is done and what was stopped for it runs again.
  package var worked = 0.0
  /// When its VMs are back, where they go back, and its hosts are open.
  package var end = 0.0
  /// Seconds that it lasts: the median.
  package var durationP50 = 0.0
  /// The 95 % quantile.
  package var durationP95 = 0.0
  /// What no order of its moves can undercut.
  package var durationBound = 0.0
  /// The latest start with which it ends in its window at the 95 % quantile; nil: no window.
  package var latestStart: Double?
  /// The last moment to turn back: later the work has begun, or the way back is too long for the
  /// window.
  package var turnBack = 0.0
  /// Share of replications in which it ends in its window; 1 where it has none.
  package var inTime = 1.0
  /// VMs that leave its hosts.
  package var moves: Int64 = 0
  /// VMs that are stopped in place, or ended and made anew.
  package var stopped: Int64 = 0
  /// The share of memory that is free in the fullest of its zones while it is out.
  package var freeMemory = 0.0
  /// New VMs of the most frequent flavor for which there is room meanwhile.
  package var arrivals: Int64 = 0

  /// An empty wave.
  package init() {}
}

/// A due host that is in no wave.
package struct PostponedRecord: Sendable, Equatable {
  /// The host.
  package var host = ""
  /// The VM that keeps it, if one shows it.
  package var vm: String?
  /// Why: a rejection rule, `class`, `stopped_together`, or `limit` of the search.
  package var reason = ""
  /// Whether it is certain that it cannot be out as things stand.
  package var isProven = false
  /// The earliest date that its notices allow, in microseconds since 1970, if those keep it.
  package var earliest: Int64?
  /// What would help.
  package var advice = ""

  /// No host yet.
  package init() {}
}

/// A notice to be sent to one project before one wave.
package struct NoticeRecord: Sendable, Equatable {
  /// The project; nil: VMs without one.
  package var project: String?
  /// The wave.
  package var wave: Int64 = 1
  /// The class of the VMs.
  package var policyClass = PolicyClass.live
  /// How many VMs.
  package var vms: Int64 = 0
  /// Seconds by which the notice comes before the wave.
  package var notice = 0.0
  /// When it has to be sent at the latest, in microseconds since 1970; nil: no dates.
  package var by: Int64?

  /// No notice yet.
  package init() {}
}

extension PlanKeys {
  static let rolling = Section<RollingPlanRecord>(
    "rolling_plan", "What only the plan of a rolling maintenance has.",
    make: RollingPlanRecord.init
  ) {
    Key("policy", \.policy, .choice(), "what happens to the VMs after a wave")
    Key("reserve", \.reserve, .choice(), "what else may fail while hosts are out")
    Key("vms", \.vms, .count, "VMs on the hosts that are due")
    Key("waves_bound", \.wavesBound, .count, "no plan for the hosts in waves has fewer")
    Key("moves_bound", \.movesBound, .count, "no plan with at most as many waves has fewer moves")
    Key("time_bound_s", \.timeBound, .seconds, "no plan for these hosts is shorter")
    Key(
      "arrival_flavor", \.arrivalFlavor, Codec<String>.text().optional,
      "flavor in which room for new VMs is counted: that of most VMs")
    Key("waves", \.waves, .list(of: .section(rollingWave)), "the waves in their order")
    Key("postponed", \.postponed, .list(of: .section(postponed)), "due hosts in no wave")
    Key("notices", \.notices, .list(of: .section(notice)), "who has to be told, and by when")
  }

  static let rollingWave = Section<RollingWaveRecord>(
    "rolling_wave",
    "Hosts that are out together, and when; without spread if nothing else is said.",
    make: RollingWaveRecord.init
  ) {
    Key("wave", \.wave, .count, "number, from 1")
    Key("hosts", \.hosts, .texts, "hosts that are out")
    Key("zones", \.zones, .texts, "their zones")
    Key("at", \.at, Codec.instant.optional, "when it begins; null: no dates")
    Key("start_s", \.start, .seconds, "when its first move may start")
    Key("drained_s", \.drained, .seconds, "when its hosts are empty and the work begins")
    Key("worked_s", \.worked, .seconds, "when the work is done and what was stopped runs again")
    Key("end_s", \.end, .seconds, "when its VMs are back, where they go back")
    Key("duration_p50_s", \.durationP50, .seconds, "median of how long it lasts")
    Key("duration_p95_s", \.durationP95, .seconds, "95 % quantile of how long it lasts")
    Key("duration_bound_s", \.durationBound, .seconds, "no order of its moves is shorter")
    Key(
      "latest_start_s", \.latestStart, Codec.seconds.optional,
      "latest start with which it ends in its window at the 95 % quantile; null: no window")
    Key("turn_back_s", \.turnBack, .seconds, "last moment to turn back")
    Key("in_time", \.inTime, .fraction, "share of replications in which it ends in its window")
    Key("moves", \.moves, .count, "VMs that leave its hosts")
    Key("stopped", \.stopped, .count, "VMs that are stopped in place, or ended and made anew")
    Key(
      "free_memory", \.freeMemory, .fraction,
      "share of memory free in the fullest of its zones while it is out")
    Key(
      "arrivals", \.arrivals, .count,
      "new VMs of the most frequent flavor for which there is room meanwhile")
  }

  static let postponed = Section<PostponedRecord>(
    "postponed", "A due host that is in no wave.", make: PostponedRecord.init
  ) {
    Key("host", \.host, .text(), "the host")
    Key("vm", \.vm, Codec<String>.text().optional, "VM that keeps it, if one shows it")
    Key("reason", \.reason, .text(), "why")
    Key("proven", \.isProven, .flag, "whether it is certain as things stand")
    Key(
      "earliest", \.earliest, Codec.instant.optional,
      "earliest date that notices allow, where those keep it")
    Key("advice", \.advice, .text(isEmptyAllowed: true), "what would help")
  }

  static let notice = Section<NoticeRecord>(
    "notice", "A notice to be sent to one project before one wave.", make: NoticeRecord.init
  ) {
    Key("project", \.project, Codec<String>.text().optional, "the project; null: none is known")
    Key("wave", \.wave, .count, "the wave")
    Key("class", \.policyClass, .choice(), "class of the VMs")
    Key("vms", \.vms, .count, "how many VMs")
    Key("notice_s", \.notice, .seconds, "time by which the notice comes before the wave")
    Key("by", \.by, Codec.instant.optional, "when it has to be sent at the latest; null: no dates")
  }
}
