/// The table of failures of Los Alamos National Laboratory.
///
/// **Source**: LA-UR-05-7318: one row for each failure of a node, with its start and the minutes
/// until it was repaired.
extension HostFailures {
  /// A failure as its row tells it.
  struct Row {
    var system: Int
    var nodes: Int?
    var node: String
    var processors: String
    var start: Int64
    var minutes: Double
    var cause: String
  }

  /// Causes by the table's words.
  static let causes = [
    "hardware", "software", "undetermined", "network", "facilities", "human-error",
  ]

  static func lanl(_ paths: [String]) throws(RecordError) -> HostFailures {
    var rows: [Row] = []
    for path in paths { try read(path, into: &rows) }
    let systems = Dictionary(grouping: rows, by: \.system).sorted { $0.key < $1.key }
    var failures = HostFailures(
      kind: .lanl, groups: systems.map { group(of: $0.value, name: "system\($0.key)") })
    failures.figures = figures(of: rows)
    for group in failures.groups where !group.isTimeKnown {
      failures.notes.append(
        "\(group.name): how many nodes it has, or for how long it was watched, is not recorded, "
          + "so that there is no rate and no availability")
    }
    let short = rows.count { $0.minutes == 0 }
    if short > 0 {
      failures.notes.append(
        "\(short) repairs of 0 minutes count as half a minute where distributions are fitted")
    }
    return failures
  }

  private static func read(_ path: String, into rows: inout [Row]) throws(RecordError) {
    let table = try RecordTable(path: path)
    let system = try table.column("system")
    let (nodes, node) = (try table.column("nodes"), try table.column("node"))
    let processors = try table.column("procs_per_node")
    let (start, minutes) = (try table.column("start"), try table.column("repair_min"))
    let cause = try table.column("cause")
    for row in 0..<table.count {
      guard let number = try table.whole(row, system) else {
        throw table.badField(row, system, "the number of a system")
      }
      guard let repair = try table.number(row, minutes) else {
        throw table.badField(row, minutes, "minutes, a number of zero or more")
      }
      rows.append(
        Row(
          system: number, nodes: try table.whole(row, nodes), node: table.text(row, node),
          processors: table.text(row, processors), start: try table.instant(row, start),
          minutes: repair, cause: try table.word(row, cause, among: causes + [""])))
    }
  }

  /// A system; it is watched from its first failure to its last, as nothing else is recorded.
  private static func group(of rows: [Row], name: String) -> HostGroup {
    let starts = rows.map(\.start)
    let hours = Double((starts.max() ?? 0) - (starts.min() ?? 0)) / 3600
    let count = rows.compactMap(\.nodes).max()
    let isTimeKnown = count != nil && hours > 0
    let byNode = Dictionary(grouping: rows, by: \.node).sorted { $0.key < $1.key }
    var histories = byNode.map { _, rows in
      NodeHistory(
        hours: isTimeKnown ? hours : 0, starts: rows.map(\.start).sorted(),
        downHours: rows.reduce(0) { $0 + $1.minutes } / 60)
    }
    let silent = NodeHistory(hours: isTimeKnown ? hours : 0, starts: [], downHours: 0)
    histories += Array(repeating: silent, count: max(0, (count ?? 0) - histories.count))
    var processors: [String: Int] = [:]
    for row in rows { processors[row.processors, default: 0] += 1 }
    let most = processors.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? ""
    return HostGroup(
      name: name, likeness: most.isEmpty ? nil : "\(most) processors a node", nodes: histories,
      isSingle: histories.count == 1, isTimeKnown: isTimeKnown,
      repairs: rows.map { $0.minutes / 60 })
  }

  private static func figures(of rows: [Row]) -> [RecordedFigure] {
    let minutes = rows.map(\.minutes).sorted()
    var figures = [RecordedFigure.recorded("all/failures", Double(rows.count), count: rows.count)]
    figures += DurationFigures.recorded(minutes, name: "all/repair_min")
    let counts = Dictionary(grouping: rows, by: \.cause).mapValues(\.count)
    for cause in causes + [""] {
      let count = counts[cause] ?? 0
      figures.append(
        .recorded(
          "all/cause/\(cause.isEmpty ? "not_named" : cause).count", Double(count),
          count: rows.count))
    }
    return figures
  }
}
