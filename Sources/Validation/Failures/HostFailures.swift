import Stochastics

/// Recorded failures of hosts, in groups of hosts that belong together: systems or sites.
package struct HostFailures: Sendable {
  /// What kind of recording it is.
  package enum Kind: String, Sendable {
    /// Failures of the systems of Los Alamos National Laboratory.
    case lanl = "lanl-failures"
    /// Times in which nodes of Grid'5000 could not be used.
    case grid5000 = "grid5000-availability"
  }

  /// The kind.
  package var kind: Kind
  /// The groups, by number or name.
  package var groups: [HostGroup]
  /// Figures of the whole recording that are no property of a group.
  package var figures: [RecordedFigure]
  /// The sites with the times in which half of their nodes were out; empty where all groups stand
  /// in one place.
  package var sites: [SiteOutages]
  /// What a reader has to know, as sentences.
  package var notes: [String]

  /// Hours of a year of 365.25 days.
  static let hoursOfYear = 8766.0

  /// Reads the recording of a folder, which is known by its tables.
  ///
  /// **Errors**: `RecordError` with file and line.
  package init(folder: String) throws(RecordError) {
    let failures = try RecordFolder.tables("failures", in: folder)
    let intervals = try RecordFolder.tables("unavailable", in: folder)
    let nodes = try RecordFolder.tables("nodes", in: folder)
    if !failures.isEmpty {
      self = try Self.lanl(failures)
    } else if !intervals.isEmpty {
      guard !nodes.isEmpty else {
        throw .companionMissing(folder: folder, needed: "nodes.csv", found: intervals[0])
      }
      self = try Self.grid5000(nodes: nodes, intervals: intervals)
    } else if !nodes.isEmpty {
      throw .companionMissing(folder: folder, needed: "unavailable_*.csv.gz", found: nodes[0])
    } else {
      throw .noTable(
        folder: folder, needed: ["failures.csv.gz", "nodes.csv", "unavailable_*.csv.gz"])
    }
  }

  init(kind: Kind, groups: [HostGroup]) {
    self.kind = kind
    self.groups = groups
    (figures, sites, notes) = ([], [], [])
  }
}

/// Hosts that belong together, and their failures.
package struct HostGroup: Sendable {
  /// The name: `system18`, `site3`.
  package var name: String
  /// What makes groups alike, as processors per node; nil where it is not recorded.
  package var likeness: String?
  /// The nodes with a failure or known otherwise; a node that never failed has no outages.
  package var nodes: [NodeHistory]
  /// Whether it is a single machine, which is repaired and counted unlike one of many.
  package var isSingle: Bool
  /// Whether the time of observation is known, without which there are no rates.
  package var isTimeKnown: Bool
  /// Durations of all outages in hours, in the order of the table.
  package var repairs: [Double]

  /// Times between the starts of successive outages of a node, in hours.
  ///
  /// The time before the first and after the last outage of a node is cut off, so that long times
  /// are seen less often than they occur.
  package var gaps: [Double] {
    nodes.flatMap { node in
      zip(node.starts, node.starts.dropFirst()).map { Double($1 - $0) / 3600 }
    }
  }

  /// Hours for which nodes were watched.
  package var hours: Double { nodes.reduce(0) { $0 + $1.hours } }

  /// Outages of a node in a year of watching; nil where the time is not known.
  var rate: Double? {
    isTimeKnown && hours > 0 ? Double(repairs.count) / hours * HostFailures.hoursOfYear : nil
  }

  /// The interval of the rate: over nodes, whose failures come in bursts; of one node by counts.
  var rateInterval: ConfidenceInterval? {
    guard isTimeKnown, hours > 0 else { return nil }
    let year = HostFailures.hoursOfYear
    let overNodes = ConfidenceInterval.ratio(
      of: nodes.map { Double($0.starts.count) * year }, to: nodes.map(\.hours))
    if let overNodes { return overNodes.fromZero }
    let counts = ConfidenceInterval.poisson(count: repairs.count)
    return ConfidenceInterval(
      low: counts.low / hours * year, high: counts.high / hours * year, level: 0.95)
  }

  /// The share of watched time in which nodes were up; nil where the time is not known.
  var availability: Double? {
    isTimeKnown && hours > 0 ? 1 - nodes.reduce(0) { $0 + $1.downHours } / hours : nil
  }

  /// The interval of the availability over nodes.
  var availabilityInterval: ConfidenceInterval? {
    guard isTimeKnown else { return nil }
    return ConfidenceInterval.ratio(of: nodes.map(\.downHours), to: nodes.map(\.hours)).map {
      ConfidenceInterval(low: max(0, 1 - $0.high), high: min(1, 1 - $0.low), level: $0.level)
    }
  }
}

/// What was seen of one node.
package struct NodeHistory: Sendable, Equatable {
  /// Hours for which it was watched; 0 where that is not known.
  package var hours: Double
  /// Starts of its outages in seconds, ascending.
  package var starts: [Int64]
  /// Hours for which it was out.
  package var downHours: Double
}
