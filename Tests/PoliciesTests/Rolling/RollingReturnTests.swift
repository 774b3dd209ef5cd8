import CloudModel
import Policies
import Stochastics
import Testing

/// Everyone home again after waves that left VMs elsewhere.
@Suite struct RollingReturnTests {
  /// Carries a return out and tells where the VMs are; nil if a pass has not the room for its
  /// moves on both sides.
  private func carryOut(
    _ way: RollingReturn, after waves: [RollingWave], in toy: RollingToy
  ) -> [Int]? {
    var places = toy.vms.host
    for move in waves.flatMap(\.moves) { places[move.vm] = move.target }
    for pass in way.passes {
      var free = toy.loads(places)
      for move in pass { free[move.target] -= toy.vms.demand[move.vm] }
      guard free.allSatisfy({ $0 >= 0 }) else { return nil }
      for move in pass { places[move.vm] = move.target }
    }
    return places
  }

  @Test func fourHostsOneAtATime() {
    var toy = RollingToy()
    for _ in 0..<4 { toy.host(100, holding: [25, 25, 25]) }
    toy.limits.hosts = 1
    let plan = toy.problem.planStay()
    #expect(plan.waves.count == 4)
    #expect(toy.isSound(plan.waves, returning: false))
    let way = toy.problem.planReturn(after: plan.waves)
    #expect(way.stranded == [])
    #expect(carryOut(way, after: plan.waves, in: toy) == toy.vms.host)
  }

  @Test func aRingOfFullHostsComesUndone() {
    var toy = RollingToy()
    toy.host(10, holding: [10])
    toy.host(10, holding: [10])
    // The two have changed places; without a third host neither can go first.
    let exchanged = [
      RollingWave(hosts: [], moves: [.init(vm: 0, target: 1), .init(vm: 1, target: 0)])
    ]
    #expect(toy.problem.planReturn(after: exchanged).stranded == [0, 1])
    toy.host(10)
    let way = toy.problem.planReturn(after: exchanged)
    #expect(way.stranded == [])
    #expect(way.moves == 3)
    #expect(carryOut(way, after: exchanged, in: toy) == toy.vms.host)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func drawnCloudsComeHome(seed: UInt64) {
    var draw = RandomStream(seed: seed, replication: 0, purpose: .generation)
    var toy = RollingToy()
    for _ in 0..<6 {
      var sizes: [Int64] = []
      while sizes.reduce(0, +) < 60 { sizes.append(Int64(4 + draw.integer(below: 12))) }
      toy.host(100, holding: sizes)
    }
    var options = RollingOptions()
    options.workLimit = 300_000
    let plan = toy.problem.planStay(options)
    #expect(toy.isSound(plan.waves, returning: false), "seed \(seed)")
    let way = toy.problem.planReturn(after: plan.waves)
    #expect(way.stranded == [], "seed \(seed)")
    #expect(carryOut(way, after: plan.waves, in: toy) == toy.vms.host, "seed \(seed)")
  }
}
