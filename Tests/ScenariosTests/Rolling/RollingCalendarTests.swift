import CloudModel
import Policies
import Scenarios
import TestSupport
import Testing

/// Windows, times without work and notices, with dates that can be counted on fingers.
@Suite struct RollingCalendarTests {
  private static let hour: Int64 = 3_600_000_000

  private func window(
    _ start: Int64, _ end: Int64, zones: [String] = [], hosts: [String] = []
  ) -> WindowRecord {
    var window = WindowRecord()
    window.start = start * Self.hour
    window.end = end * Self.hour
    window.zones = zones
    window.hosts = hosts
    return window
  }

  /// Four hosts in two zones, a small VM on each, half an hour of work.
  private func answer(
    tags: [String] = [], zones: Int = 2, _ calendar: (inout CalendarRecord) -> Void
  ) async throws -> PlanRecord {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    for host in 0..<4 {
      tiny.host("h\(host)", zone: host / 2, memory: 100)
      tiny.vm("v\(host)", on: host, memory: 1, tags: host == 0 ? tags : [])
    }
    var record = CalendarRecord()
    calendar(&record)
    var question = RollingQuestion(name: "tiny", cloud: tiny.cloud, due: [0, 1, 2, 3])
    question.calendar = MaintenanceCalendar(record, cloud: tiny.cloud)
    question.work = SimulatedDuration(seconds: 1800)
    question.replications = 10
    question.limits.zones = zones
    return try await RollingAnalysis.answer(question, workers: 1)
  }

  private func starts(_ plan: PlanRecord) -> [String: Int64] {
    var starts: [String: Int64] = [:]
    for wave in plan.rolling?.waves ?? [] {
      for host in wave.hosts { starts[host] = wave.at ?? -1 }
    }
    return starts
  }

  @Test func `each zone has its own window`() async throws {
    let plan = try await answer(zones: 1) {
      $0.windows = [window(50, 54, zones: ["az2"]), window(10, 14, zones: ["az1"])]
    }
    let starts = starts(plan)
    #expect(starts.count == 4 && plan.verdict == .fits)
    for (host, start) in starts {
      let hours = host < "h2" ? 10..<14 : 50..<54
      #expect(hours.contains(Int(start / Self.hour)), "\(host)")
    }
    for wave in plan.rolling?.waves ?? [] {
      #expect(wave.latestStart ?? 0 >= wave.start && wave.turnBack == wave.drained)
    }
  }

  @Test func `no wave begins that would not end in its window`() async throws {
    // Each wave takes a little more than half an hour: one fits the first hour, and one the next.
    let plan = try await answer { $0.windows = [window(1, 2), window(30, 31), window(60, 61)] }
    let waves = try #require(plan.rolling?.waves)
    #expect(waves.map { ($0.at ?? 0) / Self.hour } == [1, 30])
    #expect(plan.rolling?.postponed == [] && plan.verdict == .fits)
  }

  @Test func `a window that is too short postpones`() async throws {
    var short = window(1, 1)
    short.end += Self.hour / 2
    let plan = try await answer { $0.windows = [short] }
    #expect(plan.rolling?.waves == [])
    let postponed = try #require(plan.rolling?.postponed)
    #expect(Set(postponed.map(\.reason)) == ["time"] && postponed.count == 4)
    #expect(plan.verdict == .doesNotFit)
  }

  @Test func `a day without work cuts a window`() async throws {
    let plan = try await answer {
      $0.windows = [window(0, 72)]
      var day = ExcludedTimeRecord()
      day.start = 0
      day.end = 48 * Self.hour
      $0.excluded = [day]
    }
    #expect(plan.rolling?.waves.map { ($0.at ?? 0) / Self.hour } == [48, 48])
  }

  /// Class cold, 72 hours of notice, a window in 24: refused, with the earliest date.
  @Test func `a notice that is too short is refused with the earliest date`() async throws {
    let plan = try await answer(tags: ["scs:migration=cold"]) {
      $0.told = 0
      $0.windows = [window(24, 28)]
    }
    let postponed = try #require(plan.rolling?.postponed.first { $0.host == "h0" })
    #expect(postponed.reason == "notice" && postponed.earliest == 72 * Self.hour)
    #expect(plan.verdict == .infeasible)
    #expect(plan.notes.contains { $0.contains("partial work") })
    // The hosts in the other wave need no notice.
    #expect(starts(plan).values.allSatisfy { $0 >= 24 * Self.hour })
  }

  @Test func `a later window takes what needs notice`() async throws {
    let plan = try await answer(tags: ["scs:migration=cold"]) {
      $0.told = 0
      $0.windows = [window(24, 28), window(96, 100)]
    }
    let starts = starts(plan)
    #expect((starts["h0"] ?? 0) / Self.hour == 96)
    #expect(starts.values.min() == 24 * Self.hour)
    #expect(plan.verdict == .fits)
    let notices = try #require(plan.rolling?.notices)
    #expect(notices.map(\.policyClass) == [.cold] && notices[0].vms == 1)
    #expect(notices[0].by == 24 * Self.hour)
  }

  @Test func `without dates notices refuse nothing`() async throws {
    let plan = try await answer(tags: ["scs:migration=cold"]) { _ in }
    #expect(plan.verdict == .fits && plan.rolling?.waves.first?.at == nil)
    #expect(plan.rolling?.notices.map(\.notice) == [3 * 86_400])
    #expect(plan.notes.contains { $0.contains("the earliest start is 3 d after") })
  }

  @Test func `hosts of one wave with windows apart are taken apart`() async throws {
    let plan = try await answer {
      $0.windows = [window(1, 5, hosts: ["h0", "h2"]), window(20, 24, hosts: ["h1", "h3"])]
    }
    let starts = starts(plan).mapValues { $0 / Self.hour }
    #expect(starts == ["h0": 1, "h2": 1, "h1": 20, "h3": 20])
  }
}
