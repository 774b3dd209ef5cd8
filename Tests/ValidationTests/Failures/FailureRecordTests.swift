import TestSupport
import Testing
import Validation

/// Recorded failures made here, with answers that are known, and what is wrong with others.
@Suite struct FailureRecordTests {
  private static let lanl =
    "system,nodes,procs_per_node,node,memory_gb,purpose,start,end,repair_min,cause,detail\n"

  /// Failures of one system: each node fails every hundred days, for some minutes.
  private static func failures(
    system: Int, nodes: Int, processors: Int, minutes: (Int) -> Int
  ) -> String {
    (0..<nodes).flatMap { node in
      (1...9).map { month in
        "\(system),\(nodes),\(processors),\(node),4,compute,2001-0\(month)-01T00:00,,"
          + "\(minutes(node * 9 + month)),hardware,\n"
      }
    }.joined()
  }

  private static func table(_ systems: [(Int, Int)]) -> String {
    lanl
      + systems.map { system, processors in
        failures(system: system, nodes: 4, processors: processors) { 10 + 7 * $0 * system }
      }.joined()
  }

  private func fails(_ tables: [String: String], _ expected: String) throws {
    let folder = try RecordFiles(tables)
    do throws(RecordError) {
      _ = try FailureValidation(folder: folder.path)
      Issue.record("nothing was refused")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }

  @Test func `a group is predicted from groups of its kind of node`() throws {
    let folder = try RecordFiles(["failures.csv": Self.table([(1, 2), (2, 2), (3, 128)])])
    let figures = RecordedFigures(rows: try FailureValidation(folder: folder.path).rows)
    let row = try figures.row("system1/repair_h.mean")
    #expect(row.basis.contains("with 2 processors a node: system2"))
    let peer = try #require(try figures.row("system2/repair_h.mean").measured)
    #expect(!row.fitted && row.predicted.map { abs($0 - peer) < 1e-12 } == true)
    let other = try figures.row("system3/repair_h.mean")
    #expect(other.basis.contains("of several nodes: system1, system2"))
    #expect(other.predictedInterval != nil)
    // 243 days from the first failure to the last, with 36 failures of 4 nodes.
    try figures.expect(
      "system1/failures_per_node_year", 9 / 243.0 * 365.25, within: 1e-9)
  }

  @Test func `another recording predicts by name`() throws {
    let folder = try RecordFiles(["failures_b.csv": Self.table([(1, 2), (9, 2)])])
    let source = try RecordFiles(["failures_a.csv": Self.table([(1, 2), (2, 2)])])
    let validation = try FailureValidation(folder: folder.path, fittedTo: source.path)
    let figures = RecordedFigures(rows: validation.rows)
    let same = try figures.row("system1/repair_h.mean")
    #expect(same.basis == "system1 of the fitted recording")
    #expect(same.error.map { abs($0) < 1e-12 } == true)
    #expect(try figures.row("system9/repair_h.mean").basis.contains("system1, system2"))
    let cause = try figures.row("all/cause/hardware.count")
    #expect(cause.predicted == cause.measured)
    let repair = validation.distributions.first { $0.subject == "repair" }
    #expect(repair?.fitted == false && repair?.basis == "system1 of the fitted recording")
  }

  @Test func `several tables of one recording count together`() throws {
    let folder = try RecordFiles([
      "failures_1.csv": Self.table([(1, 2)]), "failures_2.csv": Self.table([(2, 2)]),
    ])
    let figures = RecordedFigures(rows: try FailureValidation(folder: folder.path).rows)
    try figures.expect("all/failures", 72, within: 0)
  }

  @Test func `a group too small to fit is stated`() throws {
    let row = "7,1,8,0,,compute,2001-01-01T00:00,,60,,\n"
    let folder = try RecordFiles(["failures.csv": Self.lanl + row])
    let validation = try FailureValidation(folder: folder.path)
    #expect(validation.notes.contains { $0.hasPrefix("system7, repair: fewer than 10") })
    let rate = try RecordedFigures(rows: validation.rows).row("system7/failures_per_node_year")
    #expect(rate.measured == nil && rate.predicted == nil)
  }

  @Test func `what cannot be read is named`() throws {
    try fails([:], "noTable")
    try fails(["failures.csv": "system,nodes\n1,2\n"], "missingColumn")
    try fails(["failures.csv": Self.lanl], "empty")
    let bad = "1,4,2,0,,compute,soon,,60,hardware,\n"
    try fails(["failures.csv": Self.lanl + bad], "soon")
    let cause = "1,4,2,0,,compute,2001-01-01T00:00,,60,gremlins,\n"
    try fails(["failures.csv": Self.lanl + cause], "gremlins")
    let nodes = "node,site,cluster,name,observed_from,observed_to\n0,a,c,n,0,100\n"
    try fails(["nodes.csv": nodes], "companionMissing")
    let gaps = "node,start,stop\n0,5,9\n"
    try fails(["unavailable_x.csv": gaps], "companionMissing")
    try fails(["nodes.csv": nodes, "unavailable_x.csv": gaps + "1,5,9\n"], "a node of the table")
    try fails(["nodes.csv": nodes, "unavailable_x.csv": "node,start,stop\n0,9,5\n"], "not before")
  }

  @Test func `sites that are out together are no independent sites`() throws {
    let week = 604_800
    var nodes = "node,site,cluster,name,observed_from,observed_to\n"
    var gaps = "node,start,stop\n"
    for (node, site) in ["a", "a", "b", "b"].enumerated() {
      nodes += "\(node),\(site),c,n\(node),0,\(10 * week)\n"
      // One day of each week one of two nodes is out, at both sites on the same day.
      if node % 2 == 0 {
        for number in 0..<10 { gaps += "\(node),\(number * week),\(number * week + 86_400)\n" }
      }
    }
    let folder = try RecordFiles(["nodes.csv": nodes, "unavailable.csv": gaps])
    let figures = RecordedFigures(rows: try FailureValidation(folder: folder.path).rows)
    try figures.expect("a/half_out.share", 1.0 / 7, within: 1e-12)
    try figures.expect("pairs/both_half_out.share", 1.0 / 7, within: 1e-12)
    try figures.expect("pairs/joint_over_product", 7, within: 1e-9)
    try figures.expect("all/node_availability", 1 - 1.0 / 14, within: 1e-12)
  }
}
