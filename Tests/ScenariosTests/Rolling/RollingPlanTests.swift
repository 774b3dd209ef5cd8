import CloudModel
import Migration
import Policies
import Scenarios
import TestSupport
import Testing

/// Rolling maintenances whose waves and times can be found by hand.
@Suite struct RollingPlanTests {
  /// Six hosts of 100 GiB in three racks, with VMs of these sizes on each.
  private func racks(holding sizes: [Int64]) -> TinyCloud {
    var tiny = TinyCloud()
    tiny.cloud.racks = (0..<3).map { Rack(name: "r\($0)", zone: 0) }
    for host in 0..<6 {
      tiny.host("h\(host)", memory: 100)
      tiny.cloud.hosts.rack[host] = host / 2
      for (number, size) in sizes.enumerated() {
        tiny.vm("v\(host)-\(number)", on: host, memory: size)
      }
    }
    return tiny
  }

  private func answer(
    _ tiny: TinyCloud, _ change: (inout RollingQuestion) -> Void = { _ in }
  ) async throws -> PlanRecord {
    var question = RollingQuestion(
      name: "tiny", cloud: tiny.cloud, due: Array(0..<tiny.cloud.hosts.count))
    question.replications = 20
    question.work = SimulatedDuration(seconds: 600)
    change(&question)
    return try await RollingAnalysis.answer(question, workers: 2)
  }

  @Test func `waves follow each other, each with its moves and its way home`() async throws {
    let plan = try await answer(racks(holding: [10, 10])) {
      $0.reserve = .host
      $0.pause = SimulatedDuration(seconds: 60)
    }
    let rolling = try #require(plan.rolling)
    // (6 - k - 1) x 100 >= 120 holds for k = 3.
    #expect(rolling.waves.map(\.hosts.count) == [3, 3])
    #expect(rolling.wavesBound == 2 && plan.verdict == .fits && rolling.postponed == [])
    #expect(plan.moves.count { $0.phase == .drain } == 12)
    #expect(plan.moves.count { $0.phase == .back } == 12)
    for move in plan.moves where move.phase == .back {
      let off = try #require(plan.moves.first { $0.vm == move.vm && $0.phase == .drain })
      #expect(move.source == off.target && move.target == off.source && move.wave == off.wave)
      #expect(move.start >= off.start + off.duration + 600)
    }
    for wave in rolling.waves {
      #expect(wave.start < wave.drained && wave.worked == wave.drained + 600)
      #expect(wave.end > wave.worked && wave.turnBack == wave.drained && wave.inTime == 1)
      #expect(wave.durationBound <= wave.end - wave.start)
    }
    #expect(rolling.waves[1].start >= rolling.waves[0].start + rolling.waves[0].durationP95 + 60)
    #expect(rolling.timeBound <= plan.duration.bound && plan.duration.bound > 1200)
  }

  @Test func `one host at a time is never faster`() async throws {
    let tiny = racks(holding: [10, 10])
    let back = try await answer(tiny)
    let single = try await answer(tiny) {
      $0.policy = .oneByOne
      $0.limits.hosts = 1
    }
    #expect(single.rolling?.waves.count == 6)
    #expect(single.duration.p50 > back.duration.p50)
    #expect((single.rolling?.timeBound ?? 0) <= single.duration.bound)
  }

  @Test func `VMs that stay are moved from where they are`() async throws {
    let plan = try await answer(racks(holding: [10, 10])) { $0.policy = .stay }
    var places: [String: String] = [:]
    for move in plan.moves {
      #expect(move.phase == .drain)
      if let last = places[move.vm] { #expect(move.source == last) }
      places[move.vm] = move.target
    }
    #expect(Int64(plan.moves.count) >= plan.rolling?.movesBound ?? .max)
  }

  /// Both hosts of a rack out leave four hosts for 240 GiB, so that no other rack may fail.
  @Test func `a rack that is out may count as the one that fails`() async throws {
    let tiny = racks(holding: [10, 10, 10, 10])
    let both = try await answer(tiny) { $0.reserve = .rack }
    #expect(both.rolling?.waves.count == 6)
    let counted = try await answer(tiny) { $0.reserve = .rackOnce }
    #expect(counted.rolling?.waves.map(\.hosts) == [["h0", "h1"], ["h2", "h3"], ["h4", "h5"]])
  }

  @Test func `a passthrough VM without a place postpones its host with the reason`() async throws {
    var tiny = TinyCloud()
    tiny.host("gpu", memory: 100, devices: [("gpu", 1)])
    tiny.host("other", memory: 100)
    tiny.vm("train", on: 0, memory: 10, devices: [("gpu", 1)])
    let plan = try await answer(tiny) { $0.rules.fallback = .hold }
    let postponed = try #require(plan.rolling?.postponed.first)
    #expect(postponed.host == "gpu" && plan.rolling?.postponed.count == 1)
    #expect(postponed.vm == "train" && postponed.reason == "device" && postponed.isProven)
    #expect(plan.verdict == .infeasible)
    #expect(plan.rolling?.waves.map(\.hosts) == [["other"]])
    #expect(plan.leftBehind.map(\.vm) == ["train"])
  }

  /// Three members of a group, two of which must run, each ready 180 s after it is made anew.
  @Test func `members made anew are ready before the next host is taken`() async throws {
    var tiny = TinyCloud()
    let group = tiny.group("quorum", .antiAffinity, minimumRunning: 2, readyAfterSeconds: 180)
    for host in 0..<3 {
      tiny.host("h\(host)", memory: 100)
      tiny.vm("m\(host)", on: host, memory: 1, group: group, tags: ["scs:migration=none"])
    }
    let plan = try await answer(tiny) { $0.work = .zero }
    let waves = try #require(plan.rolling?.waves)
    #expect(waves.map(\.hosts.count) == [1, 1, 1])
    for (first, second) in zip(waves, waves.dropFirst()) {
      #expect(second.start >= first.drained + 180)
    }
    #expect(plan.moves.allSatisfy { $0.action == .recreate })
    #expect(plan.duration.p50 >= 360)
  }

  @Test func `the answer does not depend on the number of workers`() async throws {
    var question = RollingQuestion(
      name: "tiny", cloud: racks(holding: [20, 10]).cloud, due: Array(0..<6))
    question.reserve = .host
    let one = try await RollingAnalysis.answer(question, workers: 1)
    let four = try await RollingAnalysis.answer(question, workers: 4)
    #expect(PlanFile.text(of: one) == PlanFile.text(of: four))
    // What is written is what is read.
    #expect(one.replications == 200)
  }

  @Test func `steps wait for what comes before`() async throws {
    let plan = try await answer(racks(holding: [10])) { $0.reserve = .host }
    let kinds = plan.steps.map(\.kind)
    #expect(Set(kinds) == [.cordon, .live, .check, .task, .uncordon])
    for step in plan.steps { #expect(step.after.allSatisfy { $0 < step.id }) }
    // Every task waits for the check that its hosts are empty, which waits for every move.
    for task in plan.steps where task.kind == .task {
      let check = try #require(plan.steps.first { task.after == [$0.id] })
      #expect(check.kind == .check && check.after.count >= 3)
    }
  }
}
