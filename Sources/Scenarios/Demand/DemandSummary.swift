package import Simulator

/// What one pass over a demand finds: how much of what is to be expected.
///
/// The pass checks each row and their order, but not whether ids stand twice.
package struct DemandSummary: Sendable, Equatable {
  /// VMs that arrive.
  package var arrivals = 0
  /// Rows that end a VM.
  package var departures = 0
  /// Rows that resize one.
  package var resizes = 0
  /// Arrivals of each type of request.
  package var frequencies: [Double]
  /// Different bursts; VMs without one count as one each.
  package var batches = 0
  /// The time of the first row, in microseconds; nil for a demand without rows.
  package var firstTime: Int64?
  /// The time of the last row.
  package var lastTime: Int64?
  /// The longest bin, in microseconds.
  package var longestBin: Int64 = 0

  /// Whether some row names a VM that arrived before.
  package var namesAgain: Bool { departures + resizes > 0 }

  /// Reads a demand to its end; events outside of the replayed part count as none.
  ///
  /// **Errors**: `DemandError`.
  package init(
    path: String, flavors: [DemandFlavor], names: DemandNames, replay: DemandReplay = .init()
  ) throws(DemandError) {
    var rows = try DemandRowReader(path: path, flavors: flavors, zones: names.zones)
    let types = rows.hasZones ? names.zones.count + 1 : 1
    frequencies = Array(repeating: 0, count: flavors.count * types)
    var seen = SeenIDs()
    while let row = try rows.next() {
      longestBin = max(longestBin, row.within)
      let isInside = row.time >= replay.from && row.time < replay.until ?? .max
      switch row.kind {
      case .departure: departures += 1
      case .resize: resizes += 1
      case .arrival where isInside:
        arrivals += 1
        frequencies[Int(row.flavor) * types + (types > 1 ? Int(row.zone) + 1 : 0)] += 1
        if row.batch.map({ seen.insert($0) }) ?? true { batches += 1 }
      case .arrival: break
      }
      if firstTime == nil { firstTime = row.time }
      lastTime = row.time
    }
  }
}
