import Benchmarking
import Foundation
import Policies
import TestSupport
import Testing

/// Plans of rolling maintenance against the rules of their files.
@Suite struct RollingInstanceTests {
  static let folder = Repository.shared("data/rolling-instances")

  @Test(
    .enabled(if: folder != nil, "the shared instances are not here"),
    arguments: [
      ("roll-14-rack", 4, 4), ("roll-24-quorum", 4, 5), ("roll-50-full", 7, 7),
      ("roll-90-spare", 6, 6),
    ])
  func bestKnownWavesAreReached(name: String, back: Int, stay: Int) throws {
    guard let folder = Self.folder else { return }
    let json = [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json")))
    let instance = try RollingInstance(json: json)
    let checker = try RollingPlanChecker(json: json)
    #expect(instance.bestKnown["back.waves"] == back)
    var options = RollingOptions()
    options.workLimit = 18_000_000
    let backPlan = instance.problem.planBack(options)
    #expect(checker.problems(of: backPlan.waves, returning: true) == [])
    #expect(backPlan.waves.count <= back)
    #expect(backPlan.wavesBound <= backPlan.waves.count)
    #expect(backPlan.postponed == [])
    options.workLimit = 14_000_000
    let stayPlan = instance.problem.planStay(options)
    #expect(checker.problems(of: stayPlan.waves, returning: false) == [])
    #expect(stayPlan.waves.count <= stay)
    #expect(stayPlan.wavesBound <= stay && stayPlan.wavesBound <= stayPlan.waves.count)
    #expect(stayPlan.movesBound <= stayPlan.moves)
    #expect(stayPlan.moves == stayPlan.waves.reduce(0) { $0 + $1.moves.count })
    if stayPlan.waves.count == stay, let best = instance.bestKnown["stay.moves"] {
      #expect(stayPlan.moves <= best + best / 20)
      #expect(stayPlan.movesBound <= best)
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func plansOfSamplesKeepEveryRule(seed: UInt64) throws {
    var size = RollingSample.Size()
    size.zones = 1 + Int(seed % 3)
    size.hostsPerZone = 8 + Int(seed * 3 % 5)
    size.fill = [0.55, 0.65, 0.72][Int(seed % 3)]
    size.reserve = ["host", "rack", "none", "host"][Int(seed % 4)]
    if size.reserve == "rack" { size.fill = 0.45 }
    size.perRack = [2, 1, 0][Int(seed / 2 % 3)]
    size.perZone = seed % 5 == 0 ? 2 : 0
    size.zonesPerWave = seed % 4 == 3 ? 1 : 0
    size.spare = seed % 6 == 0 ? 2 : 0
    let json = RollingSample.json(size, seed: seed)
    let instance = try RollingInstance(json: json)
    let checker = try RollingPlanChecker(json: json)
    var options = RollingOptions()
    options.workLimit = 1_000_000
    for returning in [true, false] {
      let plan =
        returning ? instance.problem.planBack(options) : instance.problem.planStay(options)
      let postponed = plan.postponed.map(\.host)
      #expect(
        checker.problems(of: plan.waves, returning: returning, postponed: postponed) == [],
        "seed \(seed), returning \(returning)")
      #expect(plan.wavesBound <= plan.waves.count, "seed \(seed)")
      #expect(plan.movesBound <= plan.moves, "seed \(seed)")
      let again =
        returning ? instance.problem.planBack(options) : instance.problem.planStay(options)
      #expect(plan == again, "seed \(seed) gives another plan the second time")
    }
  }

  @Test func theCheckerSeesWhatIsWrong() throws {
    let json = RollingSample.json(RollingSample.Size(fill: 0.6, perRack: 0), seed: 3)
    let checker = try RollingPlanChecker(json: json)
    var options = RollingOptions()
    options.workLimit = 3_000_000
    let plan = try RollingInstance(json: json).problem.planBack(options)
    #expect(plan.postponed == [])
    #expect(checker.problems(of: plan.waves, returning: true) == [])
    var waves = plan.waves
    waves[0].moves.removeFirst()
    #expect(!checker.problems(of: waves, returning: true).isEmpty)
    waves = plan.waves
    waves[0].moves[0].target = waves[0].hosts[0]
    #expect(!checker.problems(of: waves, returning: true).isEmpty)
    waves = plan.waves
    waves.removeLast()
    #expect(!checker.problems(of: waves, returning: true).isEmpty)
    let all = RollingWave(hosts: plan.waves.flatMap(\.hosts), moves: plan.waves.flatMap(\.moves))
    #expect(!checker.problems(of: [all], returning: true).isEmpty)
    let crowded = plan.waves.map { wave in
      RollingWave(
        hosts: wave.hosts,
        moves: wave.moves.map { move in
          RollingWave.Move(
            vm: move.vm, target: wave.moves.first.map(\.target) ?? move.target)
        })
    }
    #expect(
      checker.problems(of: crowded, returning: true).contains { $0.contains("overfull") })
  }
}
