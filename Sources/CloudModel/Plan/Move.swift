/// What is done with a VM.
package enum MoveAction: String, Sendable, CaseIterable {
  /// Live migration.
  case live
  /// Cold migration and its confirmation.
  case cold
  /// Shut down in place.
  case stop
  /// Ended here; its orchestrator makes it anew elsewhere.
  case recreate
  /// Made anew on another host after its own has failed: Nova's evacuate.
  case rebuild
}

/// Why a move is not live.
package enum MoveReason: Sendable, Hashable {
  /// Somebody wished for less.
  case wish
  /// What should have been done was not possible, and the fallback says so.
  case fallback
  /// The ceiling is lower, for this reason.
  case ceiling(CeilingReason)
  /// Its host has failed.
  case failure

  /// The word in files.
  package var word: String {
    switch self {
    case .wish: "wish"
    case .fallback: "fallback"
    case .ceiling(let reason): reason.rawValue
    case .failure: "failure"
    }
  }
}

/// One move as a strategy decides it.
package struct Move: Sendable {
  /// Index of the VM.
  package var vm: Int
  /// Its effective policy class.
  package var policyClass: PolicyClass
  /// What is done.
  package var action: MoveAction
  /// Index of the host it is on.
  package var source: Int
  /// Index of the host it goes to; nil for `stop` and `recreate`.
  package var target: Int?
  /// Moves of one wave may run at the same time in any order; a wave begins when the one before
  /// is over. From 1.
  package var wave: Int
  /// Why it is not live; nil if it is.
  package var reason: MoveReason?
  /// Whether the VM is on a host that stays, moved only to make room.
  package var isHelper: Bool

  /// A move.
  package init(
    vm: Int, policyClass: PolicyClass, action: MoveAction, source: Int, target: Int?,
    wave: Int, reason: MoveReason?, isHelper: Bool = false
  ) {
    self.vm = vm
    self.policyClass = policyClass
    self.action = action
    self.source = source
    self.target = target
    self.wave = wave
    self.reason = reason
    self.isHelper = isHelper
  }
}

/// Why a VM stays on a host that was to be emptied: a rule that refuses hosts, or something about
/// the VM itself.
package enum LeftReason: Sendable, Hashable {
  /// Hosts refuse it.
  case rule(RejectionRule)
  /// Its class permits no step: `hold`.
  case policyClass
  /// Its state permits no step.
  case state
  /// Its memory changes faster than it can be copied.
  case notConvergent
  /// The strategy gave up before its turn.
  case strategy
  /// The window ends before its turn.
  case window
  /// Nova refuses the step for what the VM is.
  case refused
  /// It is meant to wait for its failed host.
  case waits

  /// The word in files.
  package var word: String {
    switch self {
    case .rule(let rule): rule.rawValue
    case .policyClass: "class"
    case .state: "state"
    case .notConvergent: "not_convergent"
    case .strategy: "strategy"
    case .window: "window"
    case .refused: "refused"
    case .waits: "waits"
    }
  }
}

/// A VM for which no step was possible.
package struct LeftBehind: Sendable {
  /// Index of the VM.
  package var vm: Int
  /// The reason that decides.
  package var reason: LeftReason
  /// How many hosts each rule refused.
  package var rejections: Rejections
  /// Whether it is proven that no plan of any length could move it, or this many VMs.
  package var isProven: Bool
  /// What would help, in a sentence for people.
  package var advice: String

  /// A VM left behind.
  package init(
    vm: Int, reason: LeftReason, rejections: Rejections = Rejections(), isProven: Bool,
    advice: String
  ) {
    self.vm = vm
    self.reason = reason
    self.rejections = rejections
    self.isProven = isProven
    self.advice = advice
  }
}

/// What the solver says of the choice of targets.
package struct SolverReport: Sendable {
  /// `optimal`, `feasible`, `limit`, or `none` where nothing had to be solved.
  package var status: String
  /// VMs without a target in the answer.
  package var objective: Double
  /// A proven lower bound of that number.
  package var bound: Double
  /// |objective - bound| / max(1, |bound|).
  package var gap: Double
  /// A report.
  package init(status: String, objective: Double, bound: Double, gap: Double) {
    self.status = status
    self.objective = objective
    self.bound = bound
    self.gap = gap
  }

  /// Nothing had to be solved.
  package static let notNeeded = SolverReport(
    status: "none", objective: 0, bound: 0, gap: 0)
}
