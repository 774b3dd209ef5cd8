package import CloudModel

/// One wave of a plan: hosts that are out together and where their VMs go before.
package struct RollingWave: Sendable, Equatable {
  /// A VM with its target.
  package struct Move: Sendable, Equatable {
    /// The VM.
    package var vm: Int
    /// The host it goes to.
    package var target: Int

    /// A VM with its target.
    package init(vm: Int, target: Int) {
      self.vm = vm
      self.target = target
    }
  }

  /// The hosts, ascending.
  package var hosts: [Int] = []
  /// The moves, by VM.
  package var moves: [Move] = []

  /// A wave.
  package init(hosts: [Int] = [], moves: [Move] = []) {
    self.hosts = hosts
    self.moves = moves
  }
}

/// A due host that is in no wave.
package struct PostponedHost: Sendable, Equatable {
  /// Why it cannot be emptied.
  package enum Reason: Sendable, Equatable {
    /// A VM on it cannot leave and must not be stopped.
    case cannotLeave
    /// More members of a group would be stopped together than it allows.
    case stoppedTogether(group: Int)
    /// The rule that keeps its VMs off most of the hosts that pass all others.
    case rule(RejectionRule)
    /// The search was ended before its turn came.
    case limit
  }

  /// The host.
  package var host: Int
  /// The first VM without a place, if one shows it.
  package var vm: Int?
  /// Why it cannot be emptied.
  package var reason: Reason
  /// Whether it is certain that the host cannot be out alone as things stand; if not, no way was
  /// found.
  package var isProven: Bool
}

/// A plan of one course with its bounds.
package struct RollingPlan: Sendable, Equatable {
  /// The waves in their order.
  package var waves: [RollingWave] = []
  /// No plan for the hosts of these waves has fewer waves.
  package var wavesBound = 0
  /// Moves in all; where VMs return, the way back counts as well.
  package var moves = 0
  /// No plan for these hosts with at most as many waves has fewer moves.
  package var movesBound = 0
  /// Due hosts in no wave, ascending.
  package var postponed: [PostponedHost] = []
  /// Hosts looked at: a measure of work.
  package var work = 0
  /// False if a time limit cut the search, so that another run may end elsewhere.
  package var isRepeatable = true

  /// Whether no plan has fewer waves.
  package var isWavesProven: Bool { waves.count == wavesBound }
}

/// How long a plan is searched for.
package struct RollingOptions: Sendable, Equatable {
  /// Most work, in hosts looked at; a first plan is made whatever it takes.
  package var workLimit = 600_000_000
  /// Most wall time; nil (the default) for none.
  package var timeLimit: Duration?
  /// Start of all draws.
  package var seed: UInt64 = 1
  /// Subproblems that a proof of a bound may take.
  package var proofNodes = 400

  /// Options with the defaults above.
  package init() {}
}
