package import CloudModel
package import Simulator
import Stochastics

/// How a demand is replayed.
package struct DemandReplay: Sendable, Equatable {
  /// Seed of the draws.
  package var seed: UInt64 = 1
  /// Number of the replication.
  package var replication: UInt64 = 0
  /// Share of the demand that is kept, from 0 to 1: whole bursts are drawn, and VMs in none.
  package var keep = 1.0
  /// Arrivals before this instant of the file, in microseconds, are left out; it becomes the start.
  package var from: Int64 = 0
  /// Events at this instant of the file and later are left out.
  package var until: Int64?
  /// Times between events are multiplied by this, lives are not.
  package var stretch = 1.0

  /// The whole demand as it is.
  package init() {}
}

/// A demand in a file, read as a stream: rows in, events in order out.
///
/// Instants within bins and lives within ranges are drawn from the seed, the replication and the
/// number of the row, so that any replication can be repeated by itself.
///
/// **Complexity**: memory for the events of one bin, the VMs that later rows may name, and the ids
/// seen (nothing for ids that are counted up).
package struct DemandFile: DemandSource {
  /// The types of requests: flavors, in each zone if rows may name one.
  package let requests: [PlacementRequest]

  var rows: DemandRowReader
  let replay: DemandReplay
  let typesPerFlavor: Int32
  /// Whether later rows may name a VM.
  let keepsVMs: Bool
  var seen = SeenIDs()
  var live = LiveVMs()
  var waiting = ReorderHeap()
  var lastTime: Int64 = 0
  /// The longest bin so far, or of the whole file where that is known.
  var reach: Int64
  /// Events before this instant can no longer be preceded by another.
  var settled: Int64 = 0
  private var isAtEnd = false

  /// Opens a demand.
  ///
  /// `outline` is what an earlier pass over the file found; without one, every VM is remembered
  /// until it is gone, and a bin must not reach back behind what was handed out.
  /// **Errors**: `DemandError`.
  package init(
    path: String, flavors: [DemandFlavor], names: DemandNames, replay: DemandReplay = .init(),
    outline: DemandSummary? = nil
  ) throws(DemandError) {
    precondition(
      replay.keep >= 0 && replay.keep <= 1 && replay.stretch > 0 && replay.stretch <= 1e6,
      "A demand is kept to a share from 0 to 1 and stretched by a factor above zero.")
    rows = try DemandRowReader(path: path, flavors: flavors, zones: names.zones)
    self.replay = replay
    requests = names.requests(for: flavors, inZones: rows.hasZones)
    typesPerFlavor = rows.hasZones ? Int32(names.zones.count) + 1 : 1
    keepsVMs = outline?.namesAgain ?? rows.canNameAgain
    reach = outline?.longestBin ?? 0
  }

  /// Entries that are held in memory for events and VMs, for tests of its bounds.
  package var heldCount: Int { seen.heldCount + live.heldCount + waiting.count }

  /// Puts the next events into an emptied block.
  ///
  /// **Errors**: `DemandError` at the first row that is wrong; events of rows before it may have
  /// been handed out.
  package mutating func fill(_ block: inout DemandBlock) throws(DemandError) {
    while block.count < block.limit {
      if let first = waiting.first, first.time < settled {
        waiting.removeFirst()
        block.append(
          time: first.time, kind: first.kind, request: first.request, life: first.life,
          key: first.key)
      } else if isAtEnd {
        return
      } else if let row = try rows.next() {
        try take(row)
      } else {
        end()
      }
    }
  }

  /// Ends the demand: nothing can precede what waits.
  mutating func end() {
    isAtEnd = true
    settled = .max
  }

  /// An instant of the file as one of the demand.
  func instant(_ time: Int64) -> Int64 {
    let since = max(0, time - replay.from)
    if replay.stretch == 1 { return since }
    return Int64(min(Double(since) * replay.stretch, 4e18))
  }

  /// The draws of the present row for a purpose.
  func stream(_ purpose: Purpose, subject: UInt64) -> RandomStream {
    RandomStream(
      seed: replay.seed, replication: replay.replication, purpose: purpose, subject: subject)
  }
}
