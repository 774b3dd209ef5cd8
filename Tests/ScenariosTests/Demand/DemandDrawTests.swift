import Documents
import Scenarios
import Simulator
import Testing

/// What is drawn when a demand is replayed.
struct DemandDrawTests {
  /// Bins of 300 s with 50 VMs each, lives in [600, 900], bursts of five.
  private static func binned(bins: Int = 40) -> String {
    var text = "time_s,within_s,vm,flavor,lifetime_s,lifetime_max_s,batch\n"
    for bin in 1...bins {
      for vm in 0..<50 {
        text += "\(bin * 300),300,b\(bin)-\(vm),small,600,900,\(bin)-\(vm / 5)\n"
      }
    }
    return text
  }

  private static func events(
    _ fixture: DemandFixture, _ change: (inout DemandReplay) -> Void = { _ in }
  ) throws -> [DemandEvent] {
    var replay = DemandReplay()
    change(&replay)
    return try DemandEvent.all(of: fixture.open(replay: replay))
  }

  @Test func `instants lie in their bins and lives in their range, uniformly`() throws {
    let events = try Self.events(DemandFixture(Self.binned()))
    #expect(events.count == 2000)
    #expect(DemandEvent.faults(events).isEmpty)
    let times = events.map { Double($0.time) / 1e6 }
    let offsets = times.enumerated().map { $1 - Double($0 / 50) * 300 }
    #expect(offsets.allSatisfy { $0 > 0 && $0 <= 300 })
    let lives = events.map { Double($0.life) / 1e6 }
    #expect(lives.allSatisfy { $0 >= 600 && $0 <= 900 })
    // Four standard errors of the mean of 2,000 uniform numbers of width 300.
    let bound = 4 * 300 / (12.0 * 2000).squareRoot()
    #expect(abs(offsets.reduce(0, +) / 2000 - 150) < bound)
    #expect(abs(lives.reduce(0, +) / 2000 - 750) < bound)
  }

  @Test func `equal seeds repeat, other seeds and replications differ`() throws {
    let fixture = try DemandFixture(Self.binned(bins: 5))
    let first = try Self.events(fixture)
    #expect(try Self.events(fixture) == first)
    #expect(try Self.events(fixture) { $0.seed = 2 } != first)
    #expect(try Self.events(fixture) { $0.replication = 1 } != first)
    let packed = try DemandFixture(GzipWriter.pack(Array(Self.binned(bins: 5).utf8)))
    #expect(try Self.events(packed) == first)
  }

  @Test func `a copy goes on from where the original stands`() throws {
    let text = Self.binned(bins: 30)
    for bytes in [Array(text.utf8), GzipWriter.pack(Array(text.utf8))] {
      var file = try DemandFixture(bytes).open()
      var block = DemandBlock(limit: 111)
      try file.fill(&block)
      let copy = file
      let rest = try DemandEvent.all(of: file)
      #expect(rest.count == 1500 - 111)
      #expect(try DemandEvent.all(of: copy) == rest)
    }
  }

  @Test func `a share of the demand is kept by whole bursts`() throws {
    let fixture = try DemandFixture(Self.binned(bins: 100))
    let kept = try Self.events(fixture) { $0.keep = 0.3 }
    // 1,000 bursts of five VMs; four standard deviations of a binomial number.
    #expect(kept.count % 5 == 0)
    let bound = 4 * (1000 * 0.3 * 0.7).squareRoot()
    #expect(abs(Double(kept.count) / 5 - 300) < bound)
    let all = Set(try Self.events(fixture).map(\.time))
    #expect(kept.allSatisfy { all.contains($0.time) })
    #expect(try Self.events(fixture) { $0.keep = 0 }.isEmpty)
    let other = try Self.events(fixture) {
      $0.keep = 0.3
      $0.replication = 1
    }
    #expect(other.map(\.time) != kept.map(\.time))
  }

  @Test func `thinned VMs may be named by later rows`() throws {
    var text = "time_s,event,vm,flavor\n"
    for vm in 0..<400 { text += "\(vm),arrive,v\(vm),small\n" }
    for vm in 0..<400 { text += "\(400 + vm),resize,v\(vm),large\n" }
    for vm in 0..<400 { text += "\(800 + vm),depart,v\(vm),\n" }
    let events = try Self.events(try DemandFixture(text)) { $0.keep = 0.5 }
    #expect(DemandEvent.faults(events).isEmpty)
    #expect((150...250).contains(events.count / 3))
    for kind in [DemandKind.arrival, .resize, .departure] {
      #expect(events.count { $0.kind == kind } == events.count / 3)
    }
  }

  @Test func `any mixture of rows keeps order and keys`() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let fixture = try DemandFixture(RandomDemand.text(seed: seed, rows: 400))
      let outline = try fixture.summary()
      for stretch in [1, 0.001, 3.7] {
        var replay = DemandReplay()
        replay.stretch = stretch
        replay.seed = seed
        let file = try fixture.open(replay: replay, outline: outline)
        let events = try DemandEvent.all(of: file)
        #expect(DemandEvent.faults(events).isEmpty, "seed \(seed)")
        #expect(events.count { $0.kind == .arrival } == outline.arrivals, "seed \(seed)")
      }
    }
  }
}
