package import CloudModel
package import Collector
import Scenarios
package import Simulator
import Stochastics

/// A converted demand as events: each arrival and each lifetime drawn within its bounds.
///
/// The draws depend on the seed, the replication and the number of the request alone, and are those
/// of a demand file with the same rows.
///
/// **Complexity**: O(n log n), all events in memory.
package struct DemandDraws: DemandSource {
  /// One type of request for each flavor, in their order; types of devices ascending by name.
  package let requests: [PlacementRequest]
  private var times: [Int64] = []
  private var lives: [Int64] = []
  private var flavors: [Int32] = []
  private var next = 0

  /// Draws all events of a demand.
  package init(_ demand: ConvertedDemand, seed: UInt64, replication: UInt64 = 0) {
    let types = Set(demand.flavors.flatMap { $0.devices.flatMap(\.types) }).sorted()
    let traits = Set(
      demand.flavors.flatMap(\.traits).map { $0.hasPrefix("!") ? String($0.dropFirst()) : $0 })
    let names = DemandNames(traits: traits.sorted(), deviceTypes: types)
    requests = names.requests(for: demand.flavors, inZones: false)
    let drawn = (0..<demand.count).map { row in
      (
        time: Self.arrival(row, of: demand, seed, replication),
        life: Self.life(row, of: demand, seed, replication), row: row
      )
    }.sorted { ($0.time, $0.row) < ($1.time, $1.row) }
    times = drawn.map(\.time)
    lives = drawn.map(\.life)
    flavors = drawn.map { demand.flavorIndices[$0.row] }
  }

  /// Puts the next arrivals into a block.
  package mutating func fill(_ block: inout DemandBlock) {
    while next < times.count, block.count < block.limit {
      block.append(
        time: times[next], kind: .arrival, request: flavors[next], life: lives[next])
      next += 1
    }
  }

  private static let second: Int64 = 1_000_000

  /// An instant within the interval of a request, in microseconds; its end belongs to it.
  private static func arrival(
    _ row: Int, of demand: ConvertedDemand, _ seed: UInt64, _ replication: UInt64
  ) -> Int64 {
    let within = demand.within[row] * second
    guard within > 0 else { return demand.times[row] * second }
    var stream = RandomStream(
      seed: seed, replication: replication, purpose: .arrivals, subject: UInt64(row + 1))
    let share = Int64((Double(within) * stream.uniform()).rounded(.up))
    return demand.times[row] * second - within + share
  }

  /// A lifetime within its bounds, in microseconds; -1 for a VM that stays.
  private static func life(
    _ row: Int, of demand: ConvertedDemand, _ seed: UInt64, _ replication: UInt64
  ) -> Int64 {
    let (least, greatest) = (demand.leastLives[row], demand.greatestLives[row])
    guard least >= 0 else { return -1 }
    guard greatest > least else { return least * second }
    var stream = RandomStream(
      seed: seed, replication: replication, purpose: .lifetimes, subject: UInt64(row + 1))
    let spread = Double((greatest - least) * second)
    return least * second + Int64((spread * stream.uniform()).rounded())
  }
}
