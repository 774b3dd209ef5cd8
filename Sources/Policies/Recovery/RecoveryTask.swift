package import CloudModel

/// What a recovery is asked: give service again to what these hosts held when they failed.
package struct RecoveryTask: Sendable {
  /// The cloud as recorded.
  package var cloud: Cloud
  /// Indices of the failed hosts.
  package var failed: [Int]
  /// What decides the policy class of each VM.
  package var rules: ClassRules
  /// Wall time for the search in seconds; nil: a limit of work, which is repeatable.
  package var timeLimitSeconds: Double?
  /// Whether VMs with a local disk are made anew without its data instead of waiting for their host.
  package var losesLocalDisks: Bool

  /// A task.
  package init(
    cloud: Cloud, failed: [Int], rules: ClassRules = ClassRules(),
    timeLimitSeconds: Double? = nil, losesLocalDisks: Bool = false
  ) {
    self.cloud = cloud
    self.failed = failed
    self.rules = rules
    self.timeLimitSeconds = timeLimitSeconds
    self.losesLocalDisks = losesLocalDisks
  }
}

/// What a recovery decided about the VMs of failed hosts.
package struct RecoveryDecision: Sendable {
  /// Rebuilds in the order in which they are asked for, then what orchestrators make anew.
  package var moves: [Move] = []
  /// VMs that are not rebuilt, ascending.
  package var leftBehind: [LeftBehind] = []
  /// The classes of all VMs on the failed hosts, by VM index, ascending.
  package var classes: [(vm: Int, resolved: ResolvedClass)] = []
  /// VMs that are rebuilt without the data of a local disk, ascending.
  package var dataLost: [Int] = []
  /// VMs without a place, and how many it are at least.
  package var solver = SolverReport.notNeeded
  /// Whether a limit of time cut the search, so that another run may answer otherwise.
  package var isRepeatable = true
  /// What a reader should know, in sentences.
  package var notes: [String] = []

  /// Nothing decided yet.
  package init() {}
}

/// Why a recovery could not even begin.
package enum RecoveryError: Error, Sendable, Equatable {
  /// A key about migration says something no one can act on.
  case policyClass(ClassError)
  /// A tag about evacuation with a value that is none of its words.
  case unknownWish(vm: String, value: String)
}
