import CloudModel
import Policies
import TestSupport
import Testing

/// Rolling maintenance of clouds with their classes, traits and devices.
@Suite struct RollingCloudTests {
  @Test func traitsAndZonesBindTargets() throws {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let trait = tiny.trait("CUSTOM_FAST")
    let fast = HostClass(traits: [trait])
    tiny.host("plain", memory: 64)
    tiny.host("fast-1", memory: 64, hostClass: fast)
    tiny.host("fast-2", memory: 64, hostClass: fast)
    tiny.host("far", zone: 1, memory: 64, hostClass: fast)
    tiny.vm("picky", on: 1, memory: 4, specs: [("trait:CUSTOM_FAST", "required")])
    tiny.vm("lonely", on: 3, memory: 4)
    let problem = try RollingProblem(of: tiny.cloud, due: [1, 3])
    let plan = problem.planBack()
    #expect(plan.waves == [RollingWave(hosts: [1], moves: [.init(vm: 0, target: 2)])])
    // The only host of its zone has nowhere to send its VM.
    #expect(plan.postponed.map(\.host) == [3])
  }

  @Test func devicesBind() throws {
    var tiny = TinyCloud()
    tiny.host("gpu-1", memory: 64, devices: [("gpu", 1)])
    tiny.host("gpu-2", memory: 64, devices: [("gpu", 1)])
    tiny.host("plain", memory: 64)
    _ = tiny.deviceType("gpu")
    tiny.cloud.deviceTypes[0].isLiveMigratable = true
    tiny.vm("first", on: 0, memory: 4, devices: [("gpu", 1)])
    let free = try RollingProblem(of: tiny.cloud, due: [0])
    #expect(free.resources == [.vcpu, .memory, .disk, .device])
    tiny.vm("second", on: 1, memory: 4, devices: [("gpu", 1)])
    tiny.vm("third", on: 2, memory: 4)
    let full = try RollingProblem(of: tiny.cloud, due: [0, 2]).planBack()
    #expect(full.waves.map(\.hosts) == [[2]])
    #expect(full.postponed.map(\.host) == [0])
  }

  @Test func classesDecideWhatMoves() throws {
    var tiny = TinyCloud()
    tiny.host("a", memory: 64)
    tiny.host("b", memory: 64)
    tiny.host("c", memory: 64)
    tiny.vm("live", on: 0, memory: 4)
    tiny.vm("stopped", on: 0, memory: 4, tags: ["scs:migration=stop"])
    tiny.vm("held", on: 1, memory: 4, tags: ["scs:migration=hold"])
    let problem = try RollingProblem(of: tiny.cloud, due: [0, 1])
    #expect(problem.vms.movement == [.moves, .stopsInPlace, .cannotLeave])
    let plan = problem.planStay()
    #expect(plan.waves.map(\.hosts) == [[0]])
    #expect(plan.waves.first?.moves.map(\.vm) == [0])
    #expect(plan.postponed.map(\.reason) == [.cannotLeave])
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func drawnCloudsGivePlansThatFit(seed: UInt64) throws {
    let (cloud, _) = RandomCloud.make(seed: seed)
    let problem = try RollingProblem(of: cloud, due: Array(0..<cloud.hosts.count))
    var options = RollingOptions()
    options.workLimit = 300_000
    let plan = problem.planStay(options)
    var state = CloudState(of: cloud)
    for wave in plan.waves {
      for move in wave.moves {
        let vm = problem.vmNumbers[move.vm]
        #expect(wave.hosts.contains(state.host[vm]), "seed \(seed)")
        #expect(!wave.hosts.contains(move.target), "seed \(seed)")
        state.move(vm, to: move.target, in: cloud)
      }
      for free in state.free {
        #expect(
          free.vcpus >= 0 && free.memoryMiB >= 0 && free.diskGiB >= 0, "seed \(seed)")
      }
    }
    let known = plan.waves.flatMap(\.hosts) + plan.postponed.map(\.host)
    #expect(known.sorted() == Array(0..<cloud.hosts.count), "seed \(seed)")
  }
}
