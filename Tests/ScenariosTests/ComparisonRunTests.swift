import Documents
import Foundation
import Scenarios
import Testing

/// Which runs are held against which, and what is said about it.
@Suite struct ComparisonRunTests {
  private let early = [12.0, 14, 16, 18]
  private let late = [10.0, 11, 12, 13]

  @Test func runsOfOneScenarioArePaired() throws {
    let fixture = try ComparisonFixture()
    // Rows out of order: the number of the replication pairs them.
    let shuffled = "replication,duration_s,verdict\n2,12,fits\n0,10,fits\n3,13,fits\n1,11,fits\n"
    let runs = [
      try fixture.run("a", ComparisonFixture.table("duration_s", early)),
      try fixture.run("b", shuffled, settings: "migration: {timeout_action: force_complete}"),
    ]
    let found = try RunComparison.read(runs)
    #expect(found.measures == ["duration_s"], "a column of words is no measure")
    let difference = try #require(found.difference("duration_s", of: 1))
    #expect(difference.pairs == 4 && difference.comparison == .paired(late, early))
    #expect(found.notes.isEmpty)
    #expect(found.settings[0].isEmpty)
    #expect(found.settings[1].map(\.path) == ["migration.timeout_action"])
    #expect(found.settings[1].map(\.value) == ["force_complete"])
    #expect(found.summary("duration_s", of: 0)?.p50 == 15)
  }

  @Test func anotherSeedCloudOrHostIsNotPaired() throws {
    let fixture = try ComparisonFixture()
    let table = ComparisonFixture.table("duration_s", early)
    let runs = [
      try fixture.run("a", table), try fixture.run("seed", table, seed: 2),
      try fixture.run("cloud", table, cloud: "c1"),
      try fixture.run("hosts", table, hosts: "n1, n2"),
      try fixture.run("demand", table, settings: "demand: {trace: d.csv}"),
    ]
    let found = try RunComparison.read(runs)
    #expect(found.differences.map(\.pairs) == [nil, nil, nil, nil])
    #expect(found.differences.allSatisfy { $0.comparison == .unpaired(early, early) })
    #expect(found.notes.count == 4)
    for (note, word) in zip(found.notes, ["seed (2, not 1)", "cloud", "hosts to empty", "demand"]) {
      #expect(note.contains(word) && note.contains("unpaired"), "\(note)")
    }
  }

  @Test func commonReplicationsArePaired() throws {
    let fixture = try ComparisonFixture()
    let runs = [
      try fixture.run("a", ComparisonFixture.table("duration_s", early)),
      try fixture.run("b", ComparisonFixture.table("duration_s", [1, 2, 3, 4], from: 2)),
      try fixture.run("c", ComparisonFixture.table("duration_s", [1, 2], from: 9)),
    ]
    let found = try RunComparison.read(runs)
    #expect(found.differences.map(\.pairs) == [2, nil])
    #expect(found.differences[0].comparison == .paired([1, 2], [16, 18]))
    #expect(found.notes.count == 2)
    #expect(found.notes[0].contains("2 replications that both have"))
    #expect(found.notes[1].contains("no replication in common"))
  }

  @Test func policiesAreHeldAgainstTheSamePolicy() throws {
    let fixture = try ComparisonFixture()
    let table = "policy,replication,rejected\nnova,0,5\nnova,1,7\nbest,0,3\nbest,1,4\n"
    let (a, b) = (try fixture.run("a", table), try fixture.run("b", table))
    let alone = try RunComparison.read([a])
    #expect(alone.entries.map(\.label) == ["nova", "best"])
    #expect(alone.differences.map { [$0.entry, $0.base] } == [[1, 0]])
    #expect(alone.differences[0].comparison == .paired([3, 4], [5, 7]))
    let both = try RunComparison.read([a, b])
    #expect(both.entries.map(\.label) == ["a/nova", "a/best", "b/nova", "b/best"])
    #expect(both.differences.map { [$0.entry, $0.base] } == [[2, 0], [3, 1]])
    #expect(both.differences.allSatisfy(\.isSame) && !both.isAnyShown)
  }

  @Test func measuresThatOnlySomeRunsHave() throws {
    let fixture = try ComparisonFixture()
    let runs = [
      try fixture.run("a", "replication,duration_s,failed\n0,5,0\n1,6,0\n"),
      try fixture.run("b", "replication,duration_s,off_s,gap_s\n0,5,1,\n1,7,2,3\n"),
    ]
    let found = try RunComparison.read(runs)
    #expect(found.measures == ["duration_s", "failed", "off_s", "gap_s"])
    #expect(found.differences.map(\.measure) == ["duration_s"])
    #expect(found.summary("failed", of: 1) == nil)
    #expect(found.summary("gap_s", of: 1)?.count == 1, "an empty field is no zero")
    #expect(try RunComparison.read(runs, measures: ["duration_s"]).measures == ["duration_s"])
    #expect(throws: ComparisonError.self) {
      try RunComparison.read(runs, measures: ["duration"])
    }
    #expect(throws: ComparisonError.self) { try RunComparison.read(runs, measures: ["off_s"]) }
  }

  @Test func settingsAreDifferencedKeyByKey() throws {
    let fixture = try ComparisonFixture()
    let table = ComparisonFixture.table("duration_s", early)
    let wishes = "policies: {wishes: [{tag: t, class: cold}, {name: v, class: KIND}]}"
    let runs = try ["cold", "stop"].map { kind in
      try fixture.run(
        kind, table,
        settings: wishes.replacing("KIND", with: kind) + "\nmigration: {slots_per_source: 2}")
    }
    let found = try RunComparison.read(runs)
    #expect(
      found.settings.map { $0.map(\.path) }
        == Array(repeating: ["policies.wishes[1].class"], count: 2))
    #expect(found.settings.map { $0.map(\.value) } == [["cold"], ["stop"]])
  }

  @Test func labelsAndLinks() throws {
    let fixture = try ComparisonFixture()
    let table = ComparisonFixture.table("duration_s", early)
    let (a, b) = (try fixture.run("a=b", table), try fixture.run("r/a=b", table))
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path("latest"), withDestinationPath: a)
    #expect(try RunComparison.read(["x=\(a)/", "y=\(b)"]).runs.map(\.label) == ["x", "y"])
    #expect(try RunComparison.read(["x=\(b)", fixture.path("latest")]).runs[1].label == "a=b")
    #expect(try RunComparison.read([a, b]).runs.map(\.label) == [a, b], "the same name twice")
    #expect(throws: ComparisonError.self) { try RunComparison.read([a, a]) }
    #expect(throws: ComparisonError.self) { try RunComparison.read(["=\(a)", b]) }
  }

  /// Tables that are wrong, and what must be named.
  static let spoilt: [(table: String, word: String)] = [
    ("", "empty"), ("duration_s\n5\n", "replication"), ("replication,d_s\n", "no row"),
    ("replication,d_s\n0,5\n0,6\n", "replication 0 twice"),
    ("replication,d_s\n0\n", "line 2"), ("replication,d_s\nx,5\n", "line 2"),
    ("replication,d_s,d_s\n0,5,5\n", "d_s"), ("replication,d_s\n0,\"5\n", "line 2"),
  ]

  @Test(arguments: 0..<spoilt.count)
  func aWrongTableIsNamed(index: Int) throws {
    let fixture = try ComparisonFixture()
    let folder = try fixture.run("a", Self.spoilt[index].table)
    let error = #expect(throws: ComparisonError.self) { try RunComparison.read([folder]) }
    guard case .unusable(_, let reason, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains(Self.spoilt[index].word), "\(reason)")
  }
}
