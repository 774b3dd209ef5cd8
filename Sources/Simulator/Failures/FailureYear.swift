import CloudModel
import Stochastics

/// The parts of a tree in one year after another, as a model for the event engine.
struct FailureYear: EventHandler {
  private let tree: TimedTree
  private var state: TreeState
  private var streams: FailureStreams
  private var isYearOver = false
  /// What was seen of each watched top.
  private(set) var records: [TopRecord]

  init(_ tree: TimedTree, allowedShares: [Double]) {
    self.tree = tree
    state = TreeState(tree.structure)
    streams = FailureStreams(subjects: [], seed: 0, replication: 0)
    records = tree.watched.map { _ in TopRecord(allowedShares: allowedShares) }
  }

  /// Simulates a year; how many events were handled.
  mutating func run(seed: UInt64, year: UInt64) -> Int {
    streams = FailureStreams(subjects: tree.subjects, seed: seed, replication: year)
    var engine = Engine()
    for event in tree.processes.indices { start(event, &engine.agenda) }
    isYearOver = false
    for (place, node) in tree.watchedNodes.enumerated() {
      records[place].startYear(isDown: state.isFailed[node])
    }
    _ = engine.run(&self, through: SimulatedTime(hours: FailureHistory.hoursOfYear))
    for place in records.indices { records[place].endYear() }
    isYearOver = true
    if records.contains(where: \.isFollowed) {
      _ = engine.run(&self, through: SimulatedTime(hours: FailureHistory.followedHours))
      for place in records.indices { records[place].giveUp() }
    }
    return engine.handled
  }

  mutating func handle(_ event: Event, agenda: inout Agenda) -> Bool {
    let part = Int(event.subject)
    guard case .renewal(let up, let down) = tree.processes[part] else { return true }
    let fails = event.kind == .partFails
    let length: Double
    if fails {
      for demand in tree.called[part] { call(demand) }
      length = down.sample(from: &streams.repairs[part])
    } else {
      length = up.sample(from: &streams.failures[part])
    }
    state.set(part, fails)
    schedule(part, fails: !fails, after: length, &agenda)
    let hours = event.time.hours
    for place in records.indices {
      let isDown = state.isFailed[tree.watchedNodes[place]]
      if isDown != records[place].isDown {
        records[place].change(to: isDown, atHours: hours, isYearOver: isYearOver)
      }
    }
    return !isYearOver || records.contains(where: \.isFollowed)
  }

  /// Puts an event into the state in which it is found at an instant.
  private mutating func start(_ event: Int, _ agenda: inout Agenda) {
    guard case .renewal(let up, let down) = tree.processes[event] else { return call(event) }
    let isDown = streams.failures[event].uniform() <= tree.processes[event].unavailability
    state.set(event, isDown)
    let rest =
      isDown
      ? down.sampleRest(from: &streams.repairs[event])
      : up.sampleRest(from: &streams.failures[event])
    schedule(event, fails: !isDown, after: rest, &agenda)
  }

  private mutating func call(_ demand: Int) {
    let isFailed = streams.calls[demand].uniform() <= tree.processes[demand].unavailability
    state.set(demand, isFailed)
  }

  private func schedule(_ part: Int, fails: Bool, after hours: Double, _ agenda: inout Agenda) {
    let length = SimulatedDuration(seconds: hours * 3600)
    guard agenda.now.hours + hours <= FailureHistory.followedHours else { return }
    agenda.schedule(
      after: length, kind: fails ? .partFails : .partRepaired, subject: Int32(part))
  }
}
