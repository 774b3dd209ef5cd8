import CloudModel
import Migration

/// The keys of a plan file: the one place where they are declared. All of them are always written,
/// apart from `recovery`, `dates`, `rolling` and `phase`, which only such plans have; JSON holds base units with the unit
/// in the key.
package enum PlanKeys {
  /// The whole file.
  package static let plan = Section<PlanRecord>(
    "plan", "A plan: the answer, its bounds, the moves and why.", make: PlanRecord.init
  ) {
    Key("format_version", \.formatVersion, .formatVersion, "version of the format")
    Key("name", \.name, .text(isEmptyAllowed: true), "name of the scenario")
    Key("program", \.program, .text(isEmptyAllowed: true), "program that made it")
    Key("cloud", \.cloud, .text(isEmptyAllowed: true), "name of the cloud")
    Key(
      "cloud_file", \.cloudFile, .text(isEmptyAllowed: true), default: "",
      "path of the cloud file as it was named")
    Key("cloud_sha256", \.cloudSHA256, .text(isEmptyAllowed: true), "SHA-256 of the cloud file")
    Key(
      "scenario_sha256", \.scenarioSHA256, .text(isEmptyAllowed: true),
      "SHA-256 of the scenario with all overrides applied")
    Key(
      "scenario", \.scenario, .text(isEmptyAllowed: true), default: "",
      "scenario with all overrides applied, in YAML")
    Key("strategy", \.strategy, .text(), "strategy that decided")
    Key("release", \.release, .text(), "release of Nova whose abilities counted")
    Key("seed", \.seed, .wholeNumber(0...Int64.max), "seed of all draws")
    Key("replications", \.replications, .count, "how many times it was carried out")
    Key("hosts", \.hosts, .texts, "hosts to empty, or that failed")
    Key("window_s", \.window, .seconds, "time there is for it")
    Key("work_s", \.work, .seconds, "time of the work on the empty hosts")
    Key("verdict", \.verdict, .choice(), "the answer")
    Key("probability", \.probability, .fraction, "share of replications that end in the window")
    Key("probability_low", \.probabilityLow, .fraction, "lower end of its 95 % interval")
    Key("probability_high", \.probabilityHigh, .fraction, "upper end of its 95 % interval")
    Key("duration_s", \.duration, .section(duration), "how long it takes")
    Key("bounds", \.bounds, .list(of: .section(bound)), "limits, the nearest first")
    Key("waves", \.waves, .list(of: .section(wave)), "waves in order")
    Key("moves", \.moves, .list(of: .section(move)), "moves in the order of their start")
    Key("left_behind", \.leftBehind, .list(of: .section(leftBehind)), "VMs without a step")
    Key(
      "advice", \.advice, .list(of: .section(advice)),
      "what would make live migrations end, or end sooner")
    Key(
      "loads", \.loads, .list(of: .section(planLoad)),
      "what guests that are moved live were taken to write")
    Key("steps", \.steps, .list(of: .section(step)), "all steps, with what comes before each")
    Key("classes", \.classes, .list(of: .section(policyClass)), "policy classes and their origin")
    Key("parameters", \.parameters, .list(of: .section(parameter)), "numbers of the model")
    Key("notes", \.notes, .texts, "what a reader should know")
    Key("solver", \.solver, .section(solver), "what the solver says of the choice of targets")
    Key("repeatable", \.isRepeatable, .flag, "whether another run gives the same answer")
    Key(
      "recovery", \.recovery, optional: .section(recovery),
      "what only a recovery after a failure has")
    Key("dates", \.dates, optional: .section(dates), "dates, where the calendar has windows")
    Key(
      "rolling", \.rolling, optional: .section(rolling), "what only a rolling maintenance has")
  }

  static let duration = Section<DurationRecord>(
    "duration", "How long a plan takes.", make: DurationRecord.init
  ) {
    Key("mean", \.mean, .seconds, "mean over the replications")
    Key("p50", \.p50, .seconds, "median")
    Key("p95", \.p95, .seconds, "95 % quantile")
    Key("p95_low", \.p95Low, Codec.seconds.optional, "lower end of its 95 % interval")
    Key("p95_high", \.p95High, Codec.seconds.optional, "upper end of its 95 % interval")
    Key("bound", \.bound, .seconds, "what no order of these moves can undercut")
  }

  static let bound = Section<BoundRecord>(
    "bound", "One limit and how near the plan comes to it.", make: BoundRecord.init
  ) {
    Key("name", \.name, .text(), "what is limited")
    Key("subject", \.subject, .text(isEmptyAllowed: true), "where")
    Key("value", \.value, .number(), "what the plan needs")
    Key("limit", \.limit, .number(), "what there is")
    Key("unit", \.unit, .text(), "unit of both")
    Key("share", \.share, .number(), "value over limit")
  }

  static let wave = Section<WaveRecord>(
    "wave", "Moves that may run at the same time in any order.", make: WaveRecord.init
  ) {
    Key("wave", \.wave, .count, "number, from 1")
    Key("start_s", \.start, .seconds, "when it begins, without spread")
    Key("wait_s", \.wait, .seconds, "time waited before it")
    Key("condition", \.condition, .text(isEmptyAllowed: true), "what must be so before it begins")
  }

  static let move = Section<MoveRecord>(
    "move", "A move of a VM.", make: MoveRecord.init
  ) {
    Key("vm", \.vm, .text(), "name of the VM; its id where the name occurs twice")
    Key("vm_id", \.vmID, .text(), "id of the VM")
    Key("project", \.project, Codec<String>.text().optional, "project of the VM")
    Key("flavor", \.flavor, optional: .text(), "flavor of the VM; absent: not said")
    Key("class", \.policyClass, .choice(), "policy class")
    Key("action", \.action, .choice(), "what is done")
    Key("source", \.source, .text(), "host it is on")
    Key("target", \.target, Codec<String>.text().optional, "host it goes to")
    Key("wave", \.wave, .count, "wave")
    Key("start_s", \.start, .seconds, "when it begins, without spread")
    Key("duration_s", \.duration, .seconds, "how long it lasts, without spread")
    Key(
      "duration_p50_s", \.durationP50, Codec.seconds.optional,
      "median of it over the replications; null: it mostly does not end")
    Key(
      "duration_p95_s", \.durationP95, Codec.seconds.optional,
      "95 % quantile; null: it often does not end")
    Key("off_s", \.off, .seconds, "time without service, without spread")
    Key(
      "blackout_s", \.blackout, Codec.seconds.optional,
      "pause of a live migration, without spread; null: not live, or not known")
    Key("sent_bytes", \.sent, .size, "bytes from host to host, without spread")
    Key("disk_copied", \.isDiskCopied, .flag, "whether a disk is copied from host to host")
    Key("rounds", \.rounds, .count, "rounds of memory, without spread")
    Key(
      "verdict", \.verdict, Codec<MigrationVerdict>.choice().optional,
      "what is said of a live migration alone on its link")
    Key("reason", \.reason, Codec<String>.text().optional, "why it is not live")
    Key("helper", \.isHelper, .flag, "whether it only makes room on a host that stays")
    Key("running", \.isRunning, .flag, "whether the VM is on now")
    Key("paused", \.isPaused, .flag, "whether it is paused")
    Key(
      "phase", \.phase, optional: .choice(),
      "which way it goes in a rolling maintenance; absent: the plan is none")
  }

  static let leftBehind = Section<LeftBehindRecord>(
    "left_behind", "A VM without a step.", make: LeftBehindRecord.init
  ) {
    Key("vm", \.vm, .text(), "name of the VM; its id where the name occurs twice")
    Key("vm_id", \.vmID, .text(), "id of the VM")
    Key("host", \.host, .text(), "host it is on")
    Key("reason", \.reason, .text(), "reason that decides")
    Key("rejected_hosts", \.rejectedHosts, .counts, "hosts refused, by the first rule that does")
    Key("proven", \.isProven, .flag, "whether it is proven that no plan could move it")
    Key("advice", \.advice, .text(isEmptyAllowed: true), "what would help")
  }

  static let advice = Section<AdviceRecord>(
    "advice", "A setting with which some live migrations would end, or end sooner.",
    make: AdviceRecord.init
  ) {
    Key("kind", \.kind, .choice(), "what it is about")
    Key("vms", \.vms, .texts, "the VMs")
    Key(
      "duration_s", \.duration, Codec.seconds.optional,
      "longest of them as they are, alone on their links; null: one does not end")
    Key("change", \.change, .text(), "what to change")
    Key("set", \.set, .texts, "the same as overrides of a scenario")
    Key(
      "duration_with_s", \.durationWith, Codec.seconds.optional,
      "longest with it, confirmed by rounds; null: not confirmed")
  }

  static let planLoad = Section<PlanLoadRecord>(
    "plan_load", "A load, and how many guests were taken to have it.", make: PlanLoadRecord.init
  ) {
    Key("load", \.load, .text(), "the load")
    Key("evidence", \.evidence, .choice(), "how it is known")
    Key("vms", \.vms, .count, "guests that are moved live with it")
  }

  static let step = Section<StepRecord>(
    "step", "A step of a plan.", make: StepRecord.init
  ) {
    Key("id", \.id, .count, "number, from 1")
    Key("kind", \.kind, .choice(), "what it does")
    Key("vm", \.vm, Codec<String>.text().optional, "VM")
    Key("host", \.host, Codec<String>.text().optional, "host")
    Key("target", \.target, Codec<String>.text().optional, "host a VM goes to")
    Key("after", \.after, .list(of: .count), "numbers of the steps that must be over before")
    Key("on_failure", \.onFailure, Codec<String>.text().optional, "what to do if it fails")
    Key("undo", \.undo, Codec<String>.text().optional, "what takes it back")
  }

  static let policyClass = Section<ClassRecord>(
    "class", "The policy class of a VM and where it comes from.", make: ClassRecord.init
  ) {
    Key("vm", \.vm, .text(), "name of the VM; its id where the name occurs twice")
    Key("class", \.effective, .choice(), "what counts")
    Key("ceiling", \.ceiling, .choice(), "what the facts permit")
    Key("reasons", \.reasons, .texts, "why the ceiling is lower than live")
    Key("wish", \.wish, .choice(), "what is wished")
    Key("carrier", \.carrier, .choice(), "who wished it")
    Key("evidence", \.evidence, .choice(), "how the class is known")
    Key(
      "wish_refused", \.isWishRefused, .flag, "whether the wish asks for more than the facts permit"
    )
  }

  static let parameter = Section<ParameterRecord>(
    "parameter", "A number of the model with its origin.", make: ParameterRecord.init
  ) {
    Key("name", \.name, .text(), "name")
    Key("value", \.value, .number(), "value in the unit")
    Key("unit", \.unit, .text(isEmptyAllowed: true), "unit")
    Key("evidence", \.evidence, .choice(), "how it is known")
    Key("source", \.source, .text(isEmptyAllowed: true), "where it comes from")
  }

  static let solver = Section<SolverRecord>(
    "solver", "What the solver says of the choice of targets.", make: SolverRecord.init
  ) {
    Key("status", \.status, .text(), "optimal, feasible, limit or none")
    Key("objective", \.objective, .number(), "VMs without a target in its answer")
    Key("bound", \.bound, .number(), "proven lower bound of that number")
    Key("gap", \.gap, .number(), "|objective - bound| / max(1, |bound|)")
  }
}

extension Codec where Value == Int64 {
  /// A number of things.
  static var count: Self { .wholeNumber(0...1_000_000_000) }
}

extension Codec where Value == Double {
  /// Seconds, as JSON holds them.
  static var seconds: Self { .number(0...1e15) }
}

extension Codec where Value == [CountRecord] {
  /// Counts by name, in order.
  static var counts: Self {
    Codec<[Entry<Int64>]>.entries(of: .count).mapped(
      { $0.map { CountRecord($0.key, $0.value) } },
      { $0.map { Entry(key: $0.name, value: $0.count) } })
  }
}
