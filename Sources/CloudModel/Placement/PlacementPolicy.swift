/// What a policy knows before the first request.
package struct PlacementContext: Sendable {
  /// The hosts as they are at the start.
  package var fleet: Fleet
  /// The types of requests that can come; a request is one of them.
  package var requests: [PlacementRequest]
  /// How often each type is expected, in any unit; empty if nothing is known.
  package var frequencies: [Double]
  /// Seed of the draws of randomised policies.
  package var seed: UInt64
  /// Number of the replication.
  package var replication: UInt64

  /// A context.
  package init(
    fleet: Fleet, requests: [PlacementRequest], frequencies: [Double] = [], seed: UInt64 = 1,
    replication: UInt64 = 0
  ) {
    self.fleet = fleet
    self.requests = requests
    self.frequencies = frequencies
    self.seed = seed
    self.replication = replication
  }
}

/// One option of a policy.
package struct PolicyParameter: Sendable, Equatable {
  /// The key in a scenario's `placement.options`.
  package var name: String
  /// What it does, with its unit and default.
  package var meaning: String

  /// A parameter.
  package init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }
}

/// Scores whole blocks of hosts: the batch tier of placement.
package protocol HostScorer: Sendable {
  /// Writes a score for each host of a block; of the hosts that fit the greatest wins, and of equal
  /// ones the lowest index. `-Double.infinity` refuses a host.
  ///
  /// **Shape**: `scores[i]` belongs to host `block.lowerBound + i` and has room for the whole
  /// block. The engine asks afterwards which hosts fit; a score of one that does not is ignored.
  func score(
    _ block: Range<Int>, of fleet: Fleet, for request: PlacementRequest, at moment: PlacementMoment,
    into scores: inout [Double])
}

/// Chooses a host from a list of those that fit: the tier for policies whose choice depends on the
/// other candidates, and for prototypes.
package protocol HostChooser: Sendable {
  /// The chosen host; nil refuses the request.
  ///
  /// **Shape**: `candidates` are the hosts that fit, ascending, at least one.
  mutating func choose(
    among candidates: [Int32], of fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment
  ) -> Int32?
}

/// Places a queue of requests together.
package protocol QueuePlacer: Sendable {
  /// A host for each request of the queue, or -1 for those that are refused; together they fit.
  mutating func place(
    _ queue: [PlacementRequest], in fleet: Fleet, at moment: PlacementMoment
  ) -> [Int32]
}

/// How a policy decides; built-in and user-written ones are run through the same engine.
package enum PlacementMethod: Sendable {
  /// Declares an order and predicates; the engine walks an index. The fastest.
  case ordered(HostOrder, accepting: [HostPredicate] = [])
  /// Scores blocks of all hosts.
  case scored(any HostScorer)
  /// Chooses from the list of hosts that fit.
  case chosen(any HostChooser)
  /// Collects requests for a time in microseconds, or until there are so many, and places them
  /// together.
  case queued(any QueuePlacer, every: Int64, atMost: Int)
}

/// Why a policy cannot be used.
package enum PlacementPolicyError: Error, Sendable, Equatable {
  /// An option has a value that it cannot have, or the policy has no such option.
  case option(name: String, value: String, allowed: String)
}

/// A rule that chooses a host for each VM that asks for one. One small file in
/// `Sources/Policies/Placement/` and one line in the catalogue add one.
package protocol PlacementPolicy: Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// One sentence for `berth policies list`.
  static var summary: String { get }
  /// Paper, release or section from which it is taken.
  static var source: String { get }
  /// Its options.
  static var parameters: [PolicyParameter] { get }

  /// A policy with options; absent ones have their defaults.
  ///
  /// **Errors**: `PlacementPolicyError.option`.
  init(options: Properties) throws(PlacementPolicyError)

  /// How it decides on the hosts and requests of a workload.
  func method(in context: PlacementContext) -> PlacementMethod
}

extension PlacementPolicy {
  /// No options.
  package static var parameters: [PolicyParameter] { [] }
}
