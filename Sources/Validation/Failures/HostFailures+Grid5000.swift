/// The tables of Grid'5000: nodes, and the times in which they could not be used.
///
/// **Source**: Failure Trace Archive, trace G5K06 (Kondo et al., CCGrid 2010).
extension HostFailures {
  /// Shorter times are mostly nodes that users reboot; seconds.
  static let leastOutage: Int64 = 1800

  struct Node {
    var site: String
    var from: Int64
    var to: Int64
    var outages: [Outage] = []
  }

  /// A time in which something was out, in seconds since 1970.
  struct Outage: Equatable {
    var start: Int64
    var stop: Int64

    var seconds: Int64 { stop - start }
  }

  static func grid5000(
    nodes nodePaths: [String], intervals paths: [String]
  ) throws(RecordError) -> HostFailures {
    var order: [String] = []
    var nodes: [String: Node] = [:]
    for path in nodePaths { try readNodes(path, &order, &nodes) }
    for path in paths { try readIntervals(path, &nodes) }
    let all = order.compactMap { nodes[$0] }
    let bySite = Dictionary(grouping: all, by: \.site).sorted { $0.key < $1.key }
    var failures = HostFailures(
      kind: .grid5000, groups: bySite.map { group(of: $0.value, name: $0.key) })
    failures.figures = figures(of: all)
    failures.sites = bySite.map { SiteOutages(name: $0.key, nodes: $0.value) }
    failures.notes = [
      "an outage of a node is an interval of 30 minutes or more; shorter ones are counted in the "
        + "rows of all intervals alone",
      "a site counts as out while at least half of its nodes in the table are; shares that "
        + "count other nodes differ",
    ]
    return failures
  }

  private static func readNodes(
    _ path: String, _ order: inout [String], _ nodes: inout [String: Node]
  ) throws(RecordError) {
    let table = try RecordTable(path: path)
    let (node, site) = (try table.column("node"), try table.column("site"))
    let (from, to) = (try table.column("observed_from"), try table.column("observed_to"))
    for row in 0..<table.count {
      let name = try table.name(row, node)
      guard let first = try table.whole(row, from), let last = try table.whole(row, to),
        last >= first
      else { throw table.badField(row, to, "an instant that is not before observed_from") }
      guard nodes[name] == nil else { throw table.badField(row, node, "a node named once") }
      order.append(name)
      nodes[name] = Node(
        site: try table.name(row, site), from: Int64(first), to: Int64(last))
    }
  }

  private static func readIntervals(
    _ path: String, _ nodes: inout [String: Node]
  ) throws(RecordError) {
    let table = try RecordTable(path: path)
    let node = try table.column("node")
    let (start, stop) = (try table.column("start"), try table.column("stop"))
    for row in 0..<table.count {
      guard let first = try table.whole(row, start), let last = try table.whole(row, stop),
        last >= first
      else { throw table.badField(row, stop, "an instant that is not before the start") }
      let outage = Outage(start: Int64(first), stop: Int64(last))
      guard nodes[table.text(row, node)]?.outages.append(outage) != nil else {
        throw table.badField(row, node, "a node of the table of nodes")
      }
    }
  }

  private static func group(of nodes: [Node], name: String) -> HostGroup {
    let histories = nodes.map { node in
      let outages = node.outages.filter { $0.seconds >= leastOutage }
      return NodeHistory(
        hours: Double(node.to - node.from) / 3600, starts: outages.map(\.start).sorted(),
        downHours: Double(outages.reduce(0) { $0 + $1.seconds }) / 3600)
    }
    return HostGroup(
      name: name, likeness: nil, nodes: histories, isSingle: histories.count == 1,
      isTimeKnown: histories.contains { $0.hours > 0 },
      repairs: nodes.flatMap(\.outages).filter { $0.seconds >= leastOutage }
        .map { Double($0.seconds) / 3600 })
  }

  private static func figures(of nodes: [Node]) -> [RecordedFigure] {
    let hours = Double(nodes.reduce(0) { $0 + $1.to - $1.from }) / 3600
    let seconds = nodes.flatMap(\.outages).map { Double($0.seconds) }.sorted()
    let long = seconds.filter { $0 >= Double(leastOutage) }
    let (lost, lostLong) = (seconds.reduce(0, +), long.reduce(0, +))
    var figures: [RecordedFigure] = [
      .recorded("all/nodes", Double(nodes.count), count: nodes.count),
      .recorded("all/intervals", Double(seconds.count), count: seconds.count),
      .recorded("all/intervals_30min", Double(long.count), count: seconds.count),
    ]
    if hours > 0 {
      figures += [
        .recorded("all/node_availability", 1 - lost / 3600 / hours, count: nodes.count),
        .recorded(
          "all/intervals_30min_per_node_year", Double(long.count) / hours * hoursOfYear,
          count: nodes.count),
      ]
    }
    if let median = RecordedQuantile.median(seconds) {
      figures.append(.recorded("all/interval_s.p50", median, count: seconds.count))
    }
    if let median = RecordedQuantile.median(long), lost > 0 {
      figures += [
        .recorded("all/interval_30min_h.p50", median / 3600, count: long.count),
        .recorded("all/lost_time_in_30min.share", lostLong / lost, count: seconds.count),
      ]
    }
    return figures
  }
}
