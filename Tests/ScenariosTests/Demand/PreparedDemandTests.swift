import CloudModel
import Documents
import Scenarios
import Simulator
import Testing

/// A scenario's demand, from its section to its events.
struct PreparedDemandTests {
  private static func record(_ yaml: String) throws -> DemandRecord {
    var reading = Reading()
    let record = DemandKeys.demand.decode(try Node.read(yaml, as: .yaml), &reading)
    return try #require(record, "\(reading.text())")
  }

  private static func problems(_ yaml: String) throws -> String {
    var reading = Reading()
    _ = DemandKeys.demand.decode(try Node.read(yaml, as: .yaml), &reading)
    return reading.text()
  }

  private static let cloud = DemandFixture.flavors

  @Test func `a trace is replayed in any replication`() throws {
    let fixture = try DemandFixture(
      "time_s,within_s,vm,flavor\n100,100,a,small\n200,100,b,large\n300,100,c,small\n")
    let prepared = try PreparedDemand(
      Self.record("trace: demand.csv"), names: DemandNames(), cloudFlavors: Self.cloud,
      folder: fixture.folderPath)
    #expect(prepared.frequencies == [2, 1])
    #expect(prepared.summary?.arrivals == 3)
    #expect(prepared.summary?.batches == 3)
    #expect(prepared.summary?.firstTime == 100_000_000)
    #expect(prepared.summary?.lastTime == 300_000_000)
    #expect(prepared.path == fixture.path)
    let events = try (0..<2 as Range<UInt64>).map {
      try DemandEvent.all(of: prepared.source(seed: 1, replication: $0))
    }
    #expect(events[0].map(\.request) == [0, 1, 0])
    #expect(events[0] != events[1])
  }

  @Test func `a model is drawn with the flavors and zones of the cloud`() throws {
    let record = try Self.record(
      """
      until: 10 h
      generate:
        per_hour: 50
        mix: [{flavor: large, zone: south}, {flavor: small, weight: 3}]
        lifetime: {kind: table, values: [1 h, 2 h], weights: [1, 1]}
      """)
    let prepared = try PreparedDemand(
      record, names: DemandNames(zones: ["north", "south"]), cloudFlavors: Self.cloud, folder: ".")
    #expect(prepared.frequencies == [1, 3])
    #expect(prepared.requests.map(\.zone) == [1, -1])
    #expect(prepared.requests.map(\.milliCPU) == [8000, 1000])
    #expect(prepared.summary == nil)
    let events = try DemandEvent.all(of: prepared.source(seed: 1, replication: 0))
    // A Poisson number of mean 500: four deviations.
    #expect(abs(events.count - 500) < 90)
    #expect(Set(events.map(\.life)) == [3_600_000_000, 7_200_000_000])
    let again = try DemandEvent.all(of: prepared.source(seed: 1, replication: 0))
    #expect(again == events)
  }

  @Test func `what is wrong with the trace or its table names that file`() throws {
    let fixture = try DemandFixture("time_s,vm,flavor\n1,a,smal\n")
    let error = #expect(throws: ScenarioError.self) {
      try PreparedDemand(
        Self.record("trace: demand.csv"), names: DemandNames(), cloudFlavors: Self.cloud,
        folder: fixture.folderPath)
    }
    guard case .invalid(let reading)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reading.text().contains("\(fixture.path):2"))
    #expect(reading.text().contains("did you mean `small`?"))
    let missing = #expect(throws: ScenarioError.self) {
      try PreparedDemand(
        Self.record("{trace: demand.csv, flavors_file: none.csv}"), names: DemandNames(),
        cloudFlavors: Self.cloud, folder: fixture.folderPath)
    }
    guard case .document(.missing(let path))? = missing else {
      Issue.record("\(String(describing: missing))")
      return
    }
    #expect(path == fixture.folderPath + "/none.csv")
  }

  @Test(arguments: [
    ("generate: {per_hour: 1, mix: [{flavor: smal}]}", "did you mean `small`?"),
    ("generate: {per_hour: 1, mix: [{flavor: small, zone: nort}]}", "did you mean `north`?"),
    ("keep: 0.5", "`trace` or `generate`"),
  ])
  func `what the cloud shows to be wrong`(yaml: String, words: String) throws {
    let error = #expect(throws: ScenarioError.self) {
      try PreparedDemand(
        Self.record(yaml), names: DemandNames(zones: ["north"]), cloudFlavors: Self.cloud,
        folder: ".", file: "s.yaml", place: { _ in Place(line: 3, column: 5) })
    }
    guard case .invalid(let reading)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reading.text().contains("s.yaml:3:5"))
    #expect(reading.text().contains(words))
  }

  @Test(arguments: [
    ("{trace: a, generate: {per_hour: 1, mix: [{flavor: a}]}}", "both `trace` and `generate`"),
    ("{trace: a, from: 2 h, until: 1 h}", "ends before it starts"),
    ("{trace: a, keep: 2}", "keep must be"), ("{trace: a, stretch: 0}", "stretch must be"),
    ("generate: {per_hour: 0, mix: [{flavor: a}]}", "per_hour must be"),
    ("generate: {per_hour: 1, mix: []}", "at least 1 value"),
    ("generate: {per_hour: 1, mix: [{flavor: a, weight: 0}]}", "a weight above zero"),
    ("generate: {per_hour: 1, mix: [{flavor: a}], daily: [1]}", "24 factors"),
    (
      "generate: {per_hour: 1, mix: [{flavor: a}], lifetime: {kind: uniform, low: 1 h}}",
      "needs `low` and `high`"
    ),
    (
      "generate: {per_hour: 1, mix: [{flavor: a}], lifetime: {kind: uniform, low: 2 h, high: 1 h}}",
      "no distribution of kind `uniform`"
    ),
    (
      "generate: {per_hour: 1, mix: [{flavor: a}], lifetime: {kind: exponential, mean: 0 h}}",
      "no distribution"
    ),
    (
      "generate: {per_hour: 1, mix: [{flavor: a}], batch: {kind: table, values: [1], weights: [1, 2]}}",
      "as many as"
    ),
    ("generate: {per_hour: 1, mix: [{flavor: a}], lifetime: {kind: constant, value: 5}}", "unit"),
  ])
  func `a section that contradicts itself`(yaml: String, words: String) throws {
    let problems = try Self.problems(yaml)
    #expect(problems.contains(words), "\(problems)")
  }

  @Test(arguments: [
    ("", 1, ""), ("flavor,vcpus\na,1\n", 1, "memory_gib"),
    ("flavor,vcpus,memory_gib\na,x,1\n", 2, "vcpus"),
    ("flavor,vcpus,memory_gib\na,1,-1\n", 2, "memory_gib"),
    ("flavor,vcpus,memory_gib\na,1,1\na,2,2\n", 3, "flavor"),
    ("flavor,vcpus,memory_gib\n,1,1\n", 2, "flavor"),
    ("flavor,vcpus,memory_gib,device_count\na,1,1,2\n", 2, "device_types"),
    ("flavor,vcpus,memory_gib,device_types,device_share\na,1,1,A,0\n", 2, "device_share"),
    ("flavor,vcpu,memory_gib\n", 1, "vcpu"),
  ])
  func `a bad table of flavors has its line`(text: String, line: Int, column: String) throws {
    let fixture = try DemandFixture(text)
    let error = #expect(throws: DemandError.self) { try DemandFlavorTable.read(fixture.path) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func `a table of flavors that is written reads back`() throws {
    let flavors = [
      DemandFlavor(
        name: "a,b", milliCPU: 1500, memoryMiB: 768, diskGiB: 3,
        devices: [DemandFlavor.Devices(types: ["A", "B"], count: 8, share: 125)],
        traits: ["T", "!U"]),
      DemandFlavor(name: "plain", milliCPU: 1, memoryMiB: 1),
    ]
    let fixture = try DemandFixture(DemandFlavorWriter.csv(flavors))
    #expect(try DemandFlavorTable.read(fixture.path) == flavors)
    let gib = try DemandFixture("flavor,vcpus,memory_gib\na,2,0.75\n")
    #expect(try DemandFlavorTable.read(gib.path).map(\.memoryMiB) == [768])
  }
}
