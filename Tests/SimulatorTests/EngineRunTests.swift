import CloudModel
import Simulator
import Testing

extension EventKind {
  fileprivate static let departure = EventKind(rawValue: 1)
  fileprivate static let arrival = EventKind(rawValue: 2)
  fileprivate static let alarm = EventKind(rawValue: 3)
}

/// One server without a queue: arrivals every 10 µs hold it for 25 µs, those that meet it busy are
/// lost. An alarm is set at each arrival and cancelled at the departure.
private struct LossSystem: EventHandler {
  var served = 0
  var lost = 0
  var alarms = 0
  var isBusy = false
  var alarm = EventHandle.none
  var stopAfter = Int.max

  mutating func handle(_ event: Event, agenda: inout Agenda) -> Bool {
    switch event.kind {
    case .arrival:
      if isBusy {
        lost += 1
      } else {
        isBusy = true
        agenda.schedule(after: SimulatedDuration(microseconds: 25), kind: .departure, subject: 0)
        alarm = agenda.schedule(
          after: SimulatedDuration(microseconds: 26), kind: .alarm, subject: 0)
      }
      agenda.schedule(after: SimulatedDuration(microseconds: 10), kind: .arrival, subject: 0)
    case .departure:
      isBusy = false
      served += 1
      let isCancelled = agenda.cancel(alarm)
      #expect(isCancelled)
    default:
      alarms += 1
    }
    return served < stopAfter
  }
}

@Suite struct EngineRunTests {
  private func started() -> Engine {
    var engine = Engine()
    engine.agenda.schedule(at: .start, kind: .arrival, subject: 0)
    return engine
  }

  @Test func runsToTheHorizonAndGoesOn() {
    var engine = started()
    var system = LossSystem()
    let end = engine.run(&system, through: SimulatedTime(microseconds: 1000))
    // Arrivals at 0, 10, ... 1000; one in three is served, from 0, 30, ..., 990.
    #expect(end == .horizon)
    #expect(engine.agenda.now == SimulatedTime(microseconds: 1000))
    #expect(system.served == 33 && system.lost == 67 && system.alarms == 0)
    #expect(engine.handled == 101 + 33)
    let later = engine.run(&system, through: SimulatedTime(microseconds: 1015))
    #expect(later == .horizon)
    #expect(system.served == 34)
  }

  @Test func stopsWhenAsked() {
    var engine = started()
    var system = LossSystem(stopAfter: 5)
    let first = engine.run(&system)
    #expect(first == .stopped)
    #expect(engine.agenda.now == SimulatedTime(microseconds: 4 * 30 + 25))
    let second = engine.run(&system, eventLimit: 1)
    #expect(second == .stopped)
  }

  @Test func limitsAModelThatNeverEnds() {
    var engine = started()
    var system = LossSystem()
    let end = engine.run(&system, eventLimit: 10)
    #expect(end == .eventLimit)
    #expect(engine.handled == 10)
  }

  @Test func endsWhenNothingIsLeft() {
    var engine = Engine()
    var system = LossSystem()
    let first = engine.run(&system)
    #expect(first == .exhausted)
    engine.agenda.schedule(at: .start, kind: .alarm, subject: 0)
    let second = engine.run(&system)
    #expect(second == .exhausted)
    #expect(system.alarms == 1)
  }

  /// What departs at an instant makes room for what arrives at it.
  @Test func lowerKindsGoFirst() {
    var engine = Engine()
    var system = LossSystem(isBusy: true)
    let instant = SimulatedTime(microseconds: 7)
    engine.agenda.schedule(at: instant, kind: .arrival, subject: 0)
    let set = engine.agenda.schedule(at: instant, kind: .alarm, subject: 0)
    system.alarm = set
    engine.agenda.schedule(at: instant, kind: .departure, subject: 0)
    let end = engine.run(&system, through: instant)
    #expect(end == .horizon)
    #expect(system.lost == 0 && system.alarms == 0)
  }
}
