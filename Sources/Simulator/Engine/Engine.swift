package import CloudModel

/// What a model does when an event happens.
///
/// A value with the whole state of the model; the engine passes it `inout`, so that one event
/// copies and allocates nothing.
package protocol EventHandler {
  /// Changes the state for an event, and schedules or cancels what follows from it.
  ///
  /// **Shape**: `agenda.now` is the time of the event; false ends the run after it.
  mutating func handle(_ event: Event, agenda: inout Agenda) -> Bool
}

/// The clock and the future events, as a model sees them while it handles one.
package struct Agenda: Sendable {
  /// The time of the event that is handled.
  package fileprivate(set) var now: SimulatedTime
  private var queue = EventQueue()

  init(start: SimulatedTime) {
    now = start
  }

  /// How many events are to come.
  package var count: Int { queue.count }

  /// Schedules an event at an instant that is now or later.
  @discardableResult
  package mutating func schedule(
    at time: SimulatedTime, kind: EventKind, subject: Int32
  ) -> EventHandle {
    precondition(time >= now, "An event cannot be scheduled before the current instant.")
    return queue.schedule(at: time, kind: kind, subject: subject)
  }

  /// Schedules an event a length of time from now.
  @discardableResult
  package mutating func schedule(
    after length: SimulatedDuration, kind: EventKind, subject: Int32
  ) -> EventHandle {
    schedule(at: now + length, kind: kind, subject: subject)
  }

  /// Cancels an event; false if it has happened or was cancelled before.
  @discardableResult
  package mutating func cancel(_ handle: EventHandle) -> Bool { queue.cancel(handle) }

  /// Whether an event is still to come.
  package func isScheduled(_ handle: EventHandle) -> Bool { queue.isScheduled(handle) }

  fileprivate mutating func advance(through horizon: SimulatedTime) -> Event? {
    guard let event = queue.popNext(through: horizon) else { return nil }
    now = event.time
    return event
  }

  fileprivate mutating func wait(until instant: SimulatedTime) {
    now = max(now, instant)
  }
}

/// Why a run of the engine ended.
package enum RunEnd: String, Sendable {
  /// No event was left.
  case exhausted
  /// The next event lies after the horizon; the clock stands at the horizon.
  case horizon
  /// The model asked for it.
  case stopped
  /// The limit of events was reached, as by a model that schedules without end.
  case eventLimit
}

/// Takes events in order and hands them to a model.
///
/// A run is sequential and owns everything it touches; replications are engines of their own.
package struct Engine: Sendable {
  /// Clock and future events.
  package var agenda: Agenda
  /// How many events were handled so far.
  package private(set) var handled = 0

  /// An engine whose clock stands at an instant.
  package init(start: SimulatedTime = .start) {
    agenda = Agenda(start: start)
  }

  /// Runs until nothing is left, the horizon is passed, the model stops or the limit is reached;
  /// can be called again to go on.
  ///
  /// **Shape**: events at the horizon itself are handled.
  package mutating func run<Model: EventHandler>(
    _ model: inout Model,
    through horizon: SimulatedTime = SimulatedTime(microseconds: .max),
    eventLimit: Int = .max
  ) -> RunEnd {
    let last = eventLimit > Int.max - handled ? Int.max : handled + eventLimit
    while handled < last {
      guard let event = agenda.advance(through: horizon) else {
        if agenda.count == 0 { return .exhausted }
        agenda.wait(until: horizon)
        return .horizon
      }
      handled += 1
      if !model.handle(event, agenda: &agenda) { return .stopped }
    }
    return .eventLimit
  }
}
