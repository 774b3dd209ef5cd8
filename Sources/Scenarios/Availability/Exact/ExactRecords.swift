package import Documents

/// A name where a file refers to something, with its place for messages.
package struct PlacedName: Sendable, Equatable {
  /// The name.
  package var name: String
  /// Where it stands.
  package var place: Place

  /// Names are equal wherever they stand.
  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
}

/// A problem as a file holds it, before its input is understood.
struct ExactRecord: Sendable {
  var place = Place.none
  var id = ""
  var kind = ExactKind.faultTree
  var input = Node(.null)
  /// Keys that describe the problem to people, and what others computed: not used.
  var ignored: Document?
}

/// The kinds of problems that are solved exactly.
package enum ExactKind: String, CaseIterable, Sendable {
  /// A fault tree.
  case faultTree = "fault-tree"
  /// A continuous-time Markov chain.
  case chain = "ctmc"
  /// Members of a majority quorum over zones.
  case quorum
  /// The loss of a zone whose VMs are recreated.
  case recovery
  /// Times up and down in turn.
  case renewal
  /// The share of common causes from counts.
  case statistics
  /// A facility by its class.
  case tier
}

/// A fault tree as a file holds it.
struct TreeRecord: Sendable {
  var place = Place.none
  var top = PlacedName(name: "", place: .none)
  var events: [Entry<BasicEventRecord>] = []
  var gates: [Entry<GateRecord>] = []
  var groups: [CommonCauseRecord] = []
}

/// A basic event: a probability, or times up and down.
struct BasicEventRecord: Sendable {
  var place = Place.none
  var probability: Double?
  var meanUp: Double?
  var meanDown: Double?
  var frequency: Double?
}

/// A gate.
struct GateRecord: Sendable {
  var place = Place.none
  var operation = GateWord.and
  var count: Int?
  var arguments: [PlacedName] = []
}

/// How a gate joins its arguments, as files say it.
enum GateWord: String, CaseIterable, Sendable {
  case and, or, atleast, not, xor
}

/// Parts that fail from one cause.
struct CommonCauseRecord: Sendable, Equatable {
  var place = Place.none
  var name: String?
  var model = GroupModel.beta
  var members: [String] = []
  var probability: Double?
  var beta: Double?
  var alphas: [Double]?
  var rate: Double?
  var duration: Double?
  var chance = 1.0
}

/// How parts of a group fail together.
enum GroupModel: String, CaseIterable, Sendable {
  case beta = "beta-factor"
  case alpha = "alpha-factor"
  case shock
}

/// A Markov chain as a file holds it.
struct ChainRecord: Sendable {
  var place = Place.none
  var states: [String] = []
  var initial = 0
  var transitions: [TransitionRecord] = []
  var down: [Int] = []
  var unit = RateUnit.perHour
}

/// A transition: from, to, rate.
struct TransitionRecord: Sendable {
  var place = Place.none
  var from = 0
  var to = 0
  var rate = 0.0
}

/// The unit of rates; there is one.
enum RateUnit: String, CaseIterable, Sendable {
  case perHour = "per hour"
}

/// Members of a quorum over zones.
struct QuorumRecord: Sendable {
  var place = Place.none
  var zoneAvailability = 1.0
  var memberUnavailability = 0.0
  var layouts: [[Int]] = []
  var rule = QuorumRule.majority
}

/// When a quorum lives; there is one rule.
enum QuorumRule: String, CaseIterable, Sendable {
  case majority = "strict majority of all members"
}

/// The loss of a zone.
struct LossRecord: Sendable {
  var vms = 0
  var detection = 0.0
  var service = 0.0
  var parallel = 1
  var headroom = 0
  var outage = 0.0
}

/// Times up and down in turn, and how long they are watched.
struct RenewalRecord: Sendable {
  var meanUp = 1.0
  var meanDown = 1.0
  var deviation = 0.0
  var interval = 1.0
}

/// Counts of incidents by reach.
struct SharesRecord: Sendable {
  var cases: [ShareRecord] = []
}

/// One pair of counts.
struct ShareRecord: Sendable, Equatable {
  var place = Place.none
  var name = ""
  var beyond = 0
  var total = 1
}

/// A facility by its class.
struct TierRecord: Sendable {
  var tier = TierWord.one
}

/// The classes of facilities.
enum TierWord: String, CaseIterable, Sendable {
  case one = "I"
  case two = "II"
  case three = "III"
  case four = "IV"
}
