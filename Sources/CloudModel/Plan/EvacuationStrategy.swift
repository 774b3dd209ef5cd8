/// What a strategy is asked: empty these hosts of this cloud.
package struct EvacuationTask: Sendable {
  /// The cloud as recorded.
  package var cloud: Cloud
  /// Indices of the hosts to empty, in the order given.
  package var out: [Int]
  /// What decides the policy class of each VM.
  package var rules: ClassRules
  /// The limits of the search.
  package var search: SearchLimits
  /// Options of single strategies by name, such as `backup_host`.
  package var options: Properties
  /// Hosts that refused a VM when it was tried, by VM; it is not sent there again.
  package var refusedTargets: [Int: Set<Int>] = [:]

  /// A task.
  package init(
    cloud: Cloud, out: [Int], rules: ClassRules = ClassRules(),
    search: SearchLimits = SearchLimits(), options: Properties = Properties()
  ) {
    self.cloud = cloud
    self.out = out
    self.rules = rules
    self.search = search
    self.options = options
  }
}

/// How long a strategy may search.
package struct SearchLimits: Sendable {
  /// A limit of wall time in seconds; nil: a limit of work, which is repeatable.
  package var timeLimitSeconds: Double?
  /// Whether VMs on hosts that stay may be moved to make room.
  package var allowsHelperMoves: Bool

  /// Limits of a search.
  package init(
    timeLimitSeconds: Double? = nil, allowsHelperMoves: Bool = true
  ) {
    self.timeLimitSeconds = timeLimitSeconds
    self.allowsHelperMoves = allowsHelperMoves
  }
}

/// How many moves a strategy runs at once where it brings its own number; nil: as the scenario says.
package struct MoveConcurrency: Sendable, Hashable {
  /// Moves at once from one host.
  package var perSource: Int?
  /// Moves at once in the whole cloud.
  package var inAll: Int?

  /// Limits of one or more each.
  package init(perSource: Int? = nil, inAll: Int? = nil) {
    precondition(
      (perSource ?? 1) >= 1 && (inAll ?? 1) >= 1, "A limit of moves at once is one or more.")
    self.perSource = perSource
    self.inAll = inAll
  }
}

/// What a strategy decided.
package struct EvacuationDecision: Sendable {
  /// The moves in the order in which each source starts them.
  package var moves: [Move]
  /// VMs for which it found no step.
  package var leftBehind: [LeftBehind]
  /// The classes of all VMs on the hosts to empty, by VM index, ascending.
  package var classes: [(vm: Int, resolved: ResolvedClass)]
  /// How long to wait before a wave begins, after the one before is over; waves that are not named
  /// begin at once. Ascending by wave.
  package var waits: [(wave: Int, wait: SimulatedDuration)]
  /// How many moves run at once, where the strategy has its own number.
  package var concurrency: MoveConcurrency
  /// What the solver says.
  package var solver: SolverReport
  /// Whether a limit of time cut the search, so that another run may answer otherwise.
  package var isRepeatable: Bool
  /// What a reader should know, in sentences.
  package var notes: [String]

  /// A decision.
  package init(
    moves: [Move] = [], leftBehind: [LeftBehind] = [],
    classes: [(vm: Int, resolved: ResolvedClass)] = [],
    waits: [(wave: Int, wait: SimulatedDuration)] = [],
    concurrency: MoveConcurrency = MoveConcurrency(), solver: SolverReport = .notNeeded,
    isRepeatable: Bool = true, notes: [String] = []
  ) {
    self.moves = moves
    self.leftBehind = leftBehind
    self.classes = classes
    self.waits = waits
    self.concurrency = concurrency
    self.solver = solver
    self.isRepeatable = isRepeatable
    self.notes = notes
  }
}

/// Why a strategy could not even begin.
package enum StrategyError: Error, Sendable, Equatable {
  /// A key about migration says something no one can act on.
  case policyClass(ClassError)
  /// An option of the strategy names what the cloud does not have.
  case option(name: String, value: String, allowed: String)
}

/// A way to empty hosts. One small file in `Sources/Policies/Evacuation/` and one line in the
/// catalogue add one.
package protocol EvacuationStrategy: Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// One sentence for `berth policies list`.
  static var summary: String { get }
  /// Its options with their meaning.
  static var parameters: [(name: String, meaning: String)] { get }

  /// A strategy with its defaults; options come with the task.
  init()

  /// Decides what to do with every VM on the hosts of the task.
  ///
  /// Every such VM is in `moves` or in `leftBehind`, and the moves, carried out wave by wave in any
  /// order within a wave, break no rule at any moment.
  func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision
}
