/// One figure of a data set beside what comes out when its demand is replayed, or its hosts are
/// converted.
package struct DemandFigure: Sendable, Equatable {
  /// The quantity, with its unit and the value that it is about.
  package var name: String
  /// What the tables say.
  package var measured: Double
  /// What the replay, or the converted cloud, says.
  package var predicted: Double
  /// How many observations the measured figure comes from.
  package var count: Int

  /// The relative error: predicted / measured - 1; 0 where both are 0.
  package var error: Double { predicted == measured ? 0 : predicted / measured - 1 }

  /// Lays the figures of the tables beside those of the replay.
  ///
  /// **Shape**: both hold the same quantities in the same order.
  static func paired(_ measured: Quantities, _ predicted: Quantities) -> [DemandFigure] {
    precondition(
      measured.entries.map(\.name) == predicted.entries.map(\.name),
      "Tables and replay are asked for the same quantities.")
    return zip(measured.entries, predicted.entries).map { own, other in
      DemandFigure(
        name: own.name, measured: own.value, predicted: other.value, count: own.count)
    }
  }
}

/// Named quantities in the order in which they were added.
struct Quantities: Equatable {
  struct Entry: Equatable {
    var name: String
    var value: Double
    var count: Int
  }

  private(set) var entries: [Entry] = []

  mutating func add(_ name: String, _ value: some BinaryInteger, of count: Int) {
    entries.append(Entry(name: name, value: Double(value), count: count))
  }

  mutating func add(_ name: String, _ value: Double, of count: Int) {
    entries.append(Entry(name: name, value: value, count: count))
  }

  mutating func append(_ others: Quantities) { entries += others.entries }
}
