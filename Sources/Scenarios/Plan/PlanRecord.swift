package import CloudModel
package import Migration

/// What a plan answers.
package enum Verdict: String, Sendable, CaseIterable {
  /// Every VM has a step and the window holds with probability 0.95 or more.
  case fits
  /// Every VM has a step, but the time does not hold.
  case doesNotFit = "does_not_fit"
  /// It is proven that some VM has no permitted step, whatever the time.
  case infeasible
  /// Some VM was left without a step, and a limit of the search stopped before a proof.
  case unknown
}

/// A plan as its file holds it: JSON in base units, names instead of indices.
package struct PlanRecord: Sendable, Equatable {
  /// The version of the format.
  package var formatVersion = "1.0"
  /// The name of the scenario.
  package var name = ""
  /// The program that made it.
  package var program = ""
  /// The name of the cloud.
  package var cloud = ""
  /// The path of the cloud file as it was named.
  package var cloudFile = ""
  /// SHA-256 of the cloud file.
  package var cloudSHA256 = ""
  /// SHA-256 of the scenario with all overrides applied.
  package var scenarioSHA256 = ""
  /// The scenario with all overrides applied, so that the plan can be asked again.
  package var scenario = ""
  /// The strategy that decided.
  package var strategy = ""
  /// The release of Nova whose abilities counted.
  package var release = ""
  /// The seed of all draws.
  package var seed: Int64 = 1
  /// How many times it was carried out.
  package var replications: Int64 = 0
  /// The hosts to empty, or those that failed.
  package var hosts: [String] = []
  /// Seconds.
  package var window = 0.0
  /// Seconds.
  package var work = 0.0
  /// The answer.
  package var verdict = Verdict.unknown
  /// The share of replications that end within the window.
  package var probability = 0.0
  /// The lower end of its 95 % interval.
  package var probabilityLow = 0.0
  /// The upper end of its 95 % interval.
  package var probabilityHigh = 0.0
  /// How long it takes.
  package var duration = DurationRecord()
  /// What limits it, the nearest to its limit first.
  package var bounds: [BoundRecord] = []
  /// The waves in order.
  package var waves: [WaveRecord] = []
  /// The moves in the order in which they start.
  package var moves: [MoveRecord] = []
  /// VMs without a step, or whose migration does not end.
  package var leftBehind: [LeftBehindRecord] = []
  /// What would make live migrations end, or end sooner.
  package var advice: [AdviceRecord] = []
  /// What was taken for the load of the guests that are moved live.
  package var loads: [PlanLoadRecord] = []
  /// All steps, with what must come before each.
  package var steps: [StepRecord] = []
  /// The classes of all VMs on the hosts to empty.
  package var classes: [ClassRecord] = []
  /// The numbers of the model with their origin.
  package var parameters: [ParameterRecord] = []
  /// What a reader should know.
  package var notes: [String] = []
  /// What the solver says.
  package var solver = SolverRecord()
  /// Whether another run gives the same answer.
  package var isRepeatable = true
  /// What only a recovery after a failure has; nil: the plan is no recovery.
  package var recovery: RecoveryRecord?
  /// The dates of an evacuation; nil: none are given.
  package var dates: PlanDatesRecord?
  /// What only a rolling maintenance has; nil: the plan is none.
  package var rolling: RollingPlanRecord?

  /// An empty plan.
  package init() {}
}

/// How long a plan takes, in seconds.
package struct DurationRecord: Sendable, Equatable {
  /// The mean over the replications.
  package var mean = 0.0
  /// The median.
  package var p50 = 0.0
  /// The 95 % quantile.
  package var p95 = 0.0
  /// The lower end of the 95 % interval of the 95 % quantile; nil: too few replications.
  package var p95Low: Double?
  /// The upper end of that interval.
  package var p95High: Double?
  /// What no order of these moves can undercut.
  package var bound = 0.0

  /// No time.
  package init() {}
}

/// One limit and how near the plan comes to it.
package struct BoundRecord: Sendable, Equatable {
  /// What is limited: `slots`, `longest`, `network`, `memory`, `vcpu`, `disk`, `device`, `group`.
  package var name = ""
  /// Where: a host, a zone, a device type, a group.
  package var subject = ""
  /// What the plan needs.
  package var value = 0.0
  /// What there is.
  package var limit = 0.0
  /// The unit of both.
  package var unit = ""
  /// Value over limit.
  package var share = 0.0

  /// An empty bound.
  package init() {}
}

/// A wave of a plan.
package struct WaveRecord: Sendable, Equatable {
  /// Its number, from 1.
  package var wave: Int64 = 1
  /// Seconds after the start at which it begins, without spread.
  package var start = 0.0
  /// Seconds waited before it, for members of groups to become ready.
  package var wait = 0.0
  /// What must be so before it begins.
  package var condition = ""

  /// An empty wave.
  package init() {}
}

/// A move of a plan.
package struct MoveRecord: Sendable, Equatable {
  /// The VM's name; its id where the name occurs twice.
  package var vm = ""
  /// The VM's id.
  package var vmID = ""
  /// Its project.
  package var project: String?
  /// Its flavor; nil in plans that do not say it.
  package var flavor: String?
  /// Its policy class.
  package var policyClass = PolicyClass.live
  /// What is done.
  package var action = MoveAction.live
  /// The host it is on.
  package var source = ""
  /// The host it goes to.
  package var target: String?
  /// Its wave.
  package var wave: Int64 = 1
  /// Seconds after the start at which it begins, without spread.
  package var start = 0.0
  /// Seconds it lasts, without spread.
  package var duration = 0.0
  /// The median of its duration over the replications; nil: it mostly does not end.
  package var durationP50: Double?
  /// The 95 % quantile; nil: it often does not end.
  package var durationP95: Double?
  /// Seconds without service, without spread.
  package var off = 0.0
  /// Seconds for which a live migration pauses it, without spread; nil: not known, or not live.
  package var blackout: Double?
  /// Bytes from host to host, without spread.
  package var sent: Int64 = 0
  /// Whether a disk is copied from host to host.
  package var isDiskCopied = false
  /// The rounds of its memory, without spread.
  package var rounds: Int64 = 0
  /// What is said of a live migration alone on its link; nil: not live.
  package var verdict: MigrationVerdict?
  /// Why it is not live.
  package var reason: String?
  /// Whether it only makes room on a host that stays.
  package var isHelper = false
  /// Whether the VM is on now.
  package var isRunning = true
  /// Whether it is paused.
  package var isPaused = false
  /// Which way it goes in a rolling maintenance; nil: the plan is none.
  package var phase: MovePhase?

  /// An empty move.
  package init() {}
}

/// Which way a move of a rolling maintenance goes.
package enum MovePhase: String, Sendable, CaseIterable {
  /// Off a host before the work on it.
  case drain
  /// Back to it afterwards.
  case back
}

/// A VM without a step.
package struct LeftBehindRecord: Sendable, Equatable {
  /// The VM's name; its id where the name occurs twice.
  package var vm = ""
  /// The VM's id.
  package var vmID = ""
  /// The host it is on.
  package var host = ""
  /// The reason that decides.
  package var reason = ""
  /// How many hosts each rule refused.
  package var rejectedHosts: [CountRecord] = []
  /// Whether it is proven that no plan could move it.
  package var isProven = false
  /// What would help.
  package var advice = ""

  /// An empty record.
  package init() {}
}

/// A count by name, in order.
package struct CountRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// The count.
  package var count: Int64 = 0

  /// A count by name.
  package init(_ name: String = "", _ count: Int64 = 0) {
    self.name = name
    self.count = count
  }
}

/// What a step of a plan does.
package enum StepKind: String, Sendable, CaseIterable {
  /// Something is looked at before the plan goes on.
  case check
  /// The host is closed for new VMs.
  case cordon
  /// The tenant is told.
  case notify
  /// Live migration.
  case live
  /// Cold migration.
  case cold
  /// Confirmation of a cold migration.
  case confirm
  /// Shut down in place.
  case stop
  /// Ended; made anew by its orchestrator.
  case recreate
  /// The failed host is kept from running its VMs again.
  case fence
  /// Made anew on another host after its own has failed.
  case rebuild
  /// The work on the host.
  case task
  /// Started again after the work.
  case start
  /// The host is opened again.
  case uncordon
}

/// A step of a plan.
package struct StepRecord: Sendable, Equatable {
  /// Its number, from 1.
  package var id: Int64 = 0
  /// What it does.
  package var kind = StepKind.live
  /// The VM, for steps with one.
  package var vm: String?
  /// The host: the source of a move, the host of the work.
  package var host: String?
  /// The host a VM goes to.
  package var target: String?
  /// Numbers of the steps that must be over before.
  package var after: [Int64] = []
  /// What to do if it fails.
  package var onFailure: String?
  /// The command that takes it back.
  package var undo: String?

  /// An empty step.
  package init() {}
}

/// The policy class of a VM and where it comes from.
package struct ClassRecord: Sendable, Equatable {
  /// The VM's name; its id where the name occurs twice.
  package var vm = ""
  /// What counts.
  package var effective = PolicyClass.live
  /// What the facts permit.
  package var ceiling = PolicyClass.live
  /// Every reason that lowers the ceiling, with how it is known.
  package var reasons: [String] = []
  /// What is wished.
  package var wish = PolicyClass.live
  /// Who wished it.
  package var carrier = WishCarrier.standard
  /// How the class is known.
  package var evidence = Evidence.assumed
  /// Whether the wish asks for more than the facts permit.
  package var isWishRefused = false

  /// An empty record.
  package init() {}
}

/// A number of the model with its origin.
package struct ParameterRecord: Sendable, Equatable {
  /// Its name.
  package var name = ""
  /// Its value.
  package var value = 0.0
  /// Its unit.
  package var unit = ""
  /// How it is known.
  package var evidence = Evidence.assumed
  /// Where it comes from.
  package var source = ""

  /// An empty record.
  package init() {}
}

/// What the solver says of the choice of targets.
package struct SolverRecord: Sendable, Equatable {
  /// `optimal`, `feasible`, `limit` or `none`.
  package var status = "none"
  /// VMs without a target in its answer.
  package var objective = 0.0
  /// A proven lower bound of that number.
  package var bound = 0.0
  /// |objective - bound| / max(1, |bound|).
  package var gap = 0.0

  /// Nothing solved.
  package init() {}
}
