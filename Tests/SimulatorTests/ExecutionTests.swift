import CloudModel
import Migration
import Simulator
import TestSupport
import Testing

/// Plans carried out in time, against times that can be added up by hand.
struct ExecutionTests {
  private func move(
    _ vm: Int, _ action: MoveAction, from source: Int, to target: Int?, wave: Int = 1
  ) -> Move {
    Move(
      vm: vm, policyClass: .live, action: action, source: source, target: target, wave: wave,
      reason: nil)
  }

  private func model(slots: Double = 1, spread: Double? = nil) throws -> MigrationModel {
    var parameters = MigrationParameters()
    try parameters.slotsPerSource.set(slots, source: "test")
    if let spread {
      try parameters.spread.set(spread, source: "test")
      try parameters.commonSpread.set(spread, source: "test")
    }
    return MigrationModel(parameters)
  }

  @Test(arguments: [(1.0, 352.0), (2.0, 176.0)])
  func `twenty VMs of 4 GiB take as long as the slots of their host permit`(
    slots: Double, seconds: Double
  ) throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 100)
    let target = tiny.host("target", memory: 100)
    let vms = (0..<20).map { tiny.vm("v\($0)", on: source, memory: 4) }
    let decision = EvacuationDecision(
      moves: vms.map { move($0, .live, from: source, to: target) })
    let execution = Execution(of: decision, in: tiny.cloud, model: try model(slots: slots))
    let result = execution.nominal()
    #expect(abs(result.total.seconds - seconds) < 0.5)
    #expect(result.failed == [])
    let bounds = try #require(execution.bounds().first)
    #expect(abs(bounds.bounds.bound.seconds - seconds) < 0.5)
    #expect(bounds.bounds.binding == .slots)
  }

  @Test func `one migration takes overhead and memory over rate`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 100)
    let target = tiny.host("target", memory: 100)
    let vm = tiny.vm("v", on: source, memory: 4)
    let decision = EvacuationDecision(moves: [move(vm, .live, from: source, to: target)])
    let result = Execution(of: decision, in: tiny.cloud, model: try model()).nominal()
    let end = try #require(result.steps[0].end)
    #expect(abs(end.seconds - (7 + 4 * 1024 / 436)) < 1e-3)
    #expect(result.steps[0].state == .done)
  }

  @Test func `a cold migration holds both hosts until it is confirmed`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    let target = tiny.host("target", memory: 10)
    let vm = tiny.vm("v", on: source, memory: 8)
    let decision = EvacuationDecision(moves: [move(vm, .cold, from: source, to: target)])
    let result = Execution(of: decision, in: tiny.cloud, model: try model()).nominal(
      recording: true)
    let words = result.events.filter { $0.step == 0 }.map(\.what)
    #expect(
      words == ["queued", "preparing", "switchOver", "postMigration", "confirm", "done"])
    let parameters = MigrationParameters()
    let expected =
      parameters.shutdown.value + parameters.define.value + parameters.boot.value
      + parameters.confirmation.value
    #expect(abs(try #require(result.steps[0].end).seconds - expected) < 1e-6)
    #expect(result.steps[0].timeOff.seconds < expected)
  }

  @Test func `a target without room refuses, and the others go on`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    let target = tiny.host("target", memory: 5)
    let first = tiny.vm("first", on: source, memory: 4)
    let second = tiny.vm("second", on: source, memory: 4)
    let decision = EvacuationDecision(moves: [
      move(first, .live, from: source, to: target),
      move(second, .live, from: source, to: target),
    ])
    let result = Execution(of: decision, in: tiny.cloud, model: try model()).nominal()
    #expect(result.failed == [1])
    #expect(result.steps[0].state == .done)
    #expect(result.steps[1].state == .aborted)
  }

  @Test func `a wave begins when the one before is over`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    let target = tiny.host("target", memory: 10)
    let other = tiny.host("other", memory: 10)
    let small = tiny.vm("small", on: target, memory: 2)
    let filler = tiny.vm("filler", on: target, memory: 7)
    let big = tiny.vm("big", on: source, memory: 3)
    _ = filler
    let decision = EvacuationDecision(moves: [
      move(small, .live, from: target, to: other, wave: 1),
      move(big, .live, from: source, to: target, wave: 2),
    ])
    let result = Execution(of: decision, in: tiny.cloud, model: try model()).nominal()
    #expect(result.failed == [])
    let gap = MigrationParameters().gap.value
    let first = try #require(result.steps[0].end).seconds
    #expect(abs(try #require(result.steps[1].start).seconds - first - gap) < 1e-6)
  }

  @Test func `successors become ready between two waves of recreations`() throws {
    var tiny = TinyCloud()
    let hosts = (0..<3).map { tiny.host("h\($0)", memory: 10) }
    let vms = hosts.map { tiny.vm("w\($0)", on: $0, memory: 1) }
    let decision = EvacuationDecision(
      moves: [
        move(vms[0], .recreate, from: hosts[0], to: nil, wave: 1),
        move(vms[1], .recreate, from: hosts[1], to: nil, wave: 2),
      ], waits: [(2, SimulatedDuration(seconds: 180))])
    let result = Execution(of: decision, in: tiny.cloud, model: try model()).nominal()
    #expect(try #require(result.steps[1].start).seconds >= 180)
    #expect(result.total.seconds == 180)
  }

  @Test func `what is stopped for the work is started after it`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    let vm = tiny.vm("v", on: source, memory: 1)
    let off = tiny.vm("off", on: source, memory: 1, state: .stopped)
    let decision = EvacuationDecision(moves: [
      move(vm, .stop, from: source, to: nil), move(off, .stop, from: source, to: nil),
    ])
    let execution = Execution(
      of: decision, in: tiny.cloud, model: try model(), work: SimulatedDuration(seconds: 600))
    let result = execution.nominal()
    let parameters = MigrationParameters()
    let stopped = parameters.shutdown.value
    let started = parameters.define.value + parameters.boot.value
    #expect(abs(result.total.seconds - (stopped + 600 + started)) < 1e-6)
    #expect(abs(result.steps[0].timeOff.seconds - (stopped + 600 + started)) < 1e-6)
    #expect(result.steps[1].timeOff == .zero)
  }

  @Test func `totals are the same on any number of workers`() async throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 100)
    let target = tiny.host("target", memory: 100)
    let vms = (0..<10).map { tiny.vm("v\($0)", on: source, memory: 4) }
    let decision = EvacuationDecision(
      moves: vms.map { move($0, .live, from: source, to: target) })
    let execution = Execution(
      of: decision, in: tiny.cloud, model: try model(spread: 0.1))
    let one = await execution.outcomes(seed: 7, replications: 50, workers: 1)
    for workers in [2, 3, 8] {
      let many = await execution.outcomes(seed: 7, replications: 50, workers: workers)
      #expect(many == one)
    }
    #expect(Set(one).count > 40)
    let mean = one.reduce(0) { $0 + $1.total.seconds } / 50
    #expect(abs(mean / execution.nominal().total.seconds - 1) < 0.05)
  }

  @Test func `an empty plan takes no time`() throws {
    let tiny = TinyCloud()
    let execution = Execution(of: EvacuationDecision(), in: tiny.cloud, model: try model())
    #expect(execution.nominal().total == .zero)
  }
}
