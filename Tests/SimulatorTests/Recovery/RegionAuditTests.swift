import CloudModel
import Simulator
import Testing

/// A region whose state is checked after each event.
private struct AuditedRegion: EventHandler {
  var state: RegionState
  var fault: String?

  mutating func handle(_ event: Event, agenda: inout Agenda) -> Bool {
    _ = state.handle(event, agenda: &agenda)
    fault = state.inconsistency()
    return fault == nil
  }
}

@Suite struct RegionAuditTests {
  @Test(arguments: 1...150)
  func `nothing contradicts the rest after any event`(seed: UInt64) throws {
    let region = RegionSamples.any(seed: seed)
    let simulation = try RegionSimulation(
      region, options: RegionOptions(seed: seed, years: 1, warmUpHours: 10))
    var audited = AuditedRegion(state: simulation.state(replication: 0))
    var engine = Engine()
    audited.state.begin(&engine.agenda)
    let end = engine.run(&audited, through: simulation.horizon, eventLimit: 1500)
    #expect(end != .stopped, "seed \(seed): \(audited.fault ?? "") at \(engine.agenda.now)")
    audited.state.finish(at: engine.agenda.now)
    let all = audited.state.measures.all
    #expect(all.recoveredElsewhere + all.waitedForHost == all.times.count, "seed \(seed)")
    #expect(all.plannedMicroseconds <= all.lostMicroseconds, "seed \(seed)")
  }

  @Test(arguments: 1...30)
  func `losses of a random region are audited until all VMs are back`(seed: UInt64) throws {
    let region = RegionSamples.any(seed: seed)
    let loss = RegionLoss(
      of: .zone(0), in: region, for: RegionSamples.seconds(3600), seed: seed)
    var audited = AuditedRegion(state: try loss.state())
    var engine = Engine()
    audited.state.begin(&engine.agenda)
    let end = engine.run(&audited)
    #expect(end == .exhausted, "seed \(seed): \(audited.fault ?? "")")
    let hosts = region.hosts.indices.filter { region.hosts[$0].zone == 0 }
    let lost = region.vms.count { hosts.contains($0.host) }
    #expect(audited.state.measures.all.times.count == lost, "seed \(seed)")
  }
}
