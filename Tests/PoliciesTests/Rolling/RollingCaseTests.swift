import CloudModel
import Policies
import Testing

/// Rolling maintenance with answers that follow from a few sums.
@Suite struct RollingCaseTests {
  @Test func fiveHostsAndAReserveOfOne() {
    var toy = RollingToy()
    for _ in 0..<5 { toy.host(100, holding: [20, 20, 20]) }
    // (5 - k - 1) x 100 >= 300 only for k = 1.
    toy.reserve = .host
    let careful = toy.problem.planBack()
    #expect(careful.waves.count == 5)
    #expect(careful.wavesBound == 5)
    #expect(toy.isSound(careful.waves, returning: true))
    // Without a reserve two may be out, and then every other host is full.
    toy.reserve = .none
    let bold = toy.problem.planBack()
    #expect(bold.waves.count == 3)
    #expect(bold.wavesBound == 3)
    #expect(toy.isSound(bold.waves, returning: true))
  }

  @Test func fourMembersApartOnFiveHosts() {
    var toy = RollingToy()
    let group = toy.group()
    for host in 0..<5 {
      toy.host(100)
      if host < 4 { toy.vm(1, on: host, group: group) }
    }
    // Two hosts out leave three for four members.
    for plan in [toy.problem.planBack(), toy.problem.planStay()] {
      #expect(plan.waves.count == 5)
      #expect(plan.postponed == [])
    }
  }

  @Test(arguments: [(3, 2), (4, 6)])
  func racksThatMayFail(vmsPerHost: Int, waves: Int) {
    var toy = RollingToy()
    for host in 0..<6 {
      toy.host(100, holding: [Int64](repeating: 10, count: vmsPerHost), rack: host / 2)
    }
    toy.reserve = .rack
    let plan = toy.problem.planBack()
    // With one host of every rack out, 180 fit on the two that are left when one more fails; 240
    // need three, so that only one host at all may be out.
    #expect(plan.waves.count == waves)
    #expect(plan.wavesBound == waves)
    #expect(toy.isSound(plan.waves, returning: true))
  }

  @Test func aRackOutMayCountAsTheOneThatFails() {
    var toy = RollingToy()
    for host in 0..<6 { toy.host(100, holding: [10, 10, 10, 10], rack: host / 2) }
    // Both hosts of a rack leave four for 240: nothing more may fail, unless the rack that is out is
    // the failure that was prepared for.
    toy.reserve = .rack
    #expect(toy.problem.planBack().waves.allSatisfy { $0.hosts.count == 1 })
    toy.reserve = .rackOnce
    for plan in [toy.problem.planBack(), toy.problem.planStay()] {
      #expect(plan.waves.count == 3)
      #expect(plan.waves.allSatisfy { Set($0.hosts.map { $0 / 2 }).count == 1 })
      #expect(plan.wavesBound <= 3)
    }
  }

  @Test func onlySoManyStoppedAtOnce() {
    var toy = RollingToy()
    let group = toy.group(mostStopped: 1)
    for host in 0..<4 {
      toy.host(100, zone: host / 2)
      toy.vm(10, on: host, .stopsInPlace, group: group)
    }
    let plan = toy.problem.planBack()
    #expect(plan.waves.count == 4)
    #expect(plan.wavesBound == 4)
    #expect(plan.moves == 0)
  }

  @Test(arguments: [(0, 2), (1, 6), (2, 3)])
  func zonesPerWave(zones: Int, waves: Int) {
    var toy = RollingToy()
    for host in 0..<6 { toy.host(100, holding: [10], zone: host / 2) }
    toy.limits.zones = zones
    for plan in [toy.problem.planBack(), toy.problem.planStay()] {
      #expect(plan.waves.count == waves)
      #expect(plan.wavesBound == waves)
      for wave in plan.waves {
        #expect(zones == 0 || Set(wave.hosts.map { $0 / 2 }).count <= zones)
      }
    }
  }

  @Test func hostsInAll() {
    var toy = RollingToy()
    for host in 0..<6 { toy.host(100, holding: [10], zone: host / 3) }
    toy.limits.hosts = 1
    let plan = toy.problem.planBack()
    #expect(plan.waves.map(\.hosts.count) == [1, 1, 1, 1, 1, 1])
    #expect(plan.wavesBound == 6)
  }

  @Test func hostsThatCannotBeEmptied() {
    var toy = RollingToy()
    toy.host(100, holding: [10])
    toy.host(100, holding: [90])
    toy.host(50)
    toy.vm(5, on: 2, .cannotLeave)
    let group = toy.group(mostStopped: 1)
    let crowded = toy.host(100)
    toy.vm(1, on: crowded, .stopsInPlace, group: group)
    toy.vm(1, on: crowded, .stopsInPlace, group: group)
    toy.host(100, holding: [99])
    let plan = toy.problem.planBack()
    #expect(plan.waves.flatMap(\.hosts).sorted() == [0, 1])
    #expect(plan.postponed.map(\.host) == [2, 3, 4])
    #expect(plan.postponed[0].reason == .cannotLeave)
    #expect(plan.postponed[1].reason == .stoppedTogether(group: group))
    let last = plan.postponed[2]
    #expect(last.reason == .rule(.memory) && last.isProven)
  }

  @Test func aLimitOfWorkStillGivesAPlanWithItsBound() {
    var toy = RollingToy()
    for _ in 0..<12 { toy.host(100, holding: [30, 20, 10]) }
    toy.reserve = .host
    var options = RollingOptions()
    options.workLimit = 1
    let full = toy.problem.planBack()
    for (plan, returning) in [
      (toy.problem.planBack(options), true), (toy.problem.planStay(options), false),
    ] {
      #expect(toy.isSound(plan.waves, returning: returning))
      #expect(plan.wavesBound <= full.waves.count)
      #expect(plan.movesBound <= plan.moves)
    }
    options.workLimit = 1_000_000_000
    options.timeLimit = .milliseconds(1)
    let hasty = toy.problem.planStay(options)
    #expect(toy.isSound(hasty.waves, returning: false))
    #expect(!hasty.isRepeatable)
  }

  @Test func nothingToDo() {
    #expect(RollingToy().problem.planBack().waves == [])
    #expect(RollingToy().problem.planStay().waves == [])
    var toy = RollingToy()
    toy.host(100, holding: [10], isDue: false)
    #expect(toy.problem.planStay().waves == [])
  }
}
