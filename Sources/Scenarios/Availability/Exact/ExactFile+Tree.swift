import Availability
import Documents

extension TreeRecord {
  /// The tree; nil with a report of everything that is wrong with it.
  func tree(_ reading: inout Reading) -> FaultTree? {
    let errors = reading.errorCount
    var events = events.map { BasicEvent($0.key, $0.value) }
    var gates = gates.map {
      NamedGate($0.key, $0.value.gateOperation, $0.value.arguments.map(\.name))
    }
    for (place, group) in groups.enumerated() {
      reading.within(.key("groups")) { reading in
        reading.within(.index(place)) { write(group, &events, &gates, &$0) }
      }
    }
    guard reading.errorCount == errors else { return nil }
    do {
      return try FaultTree(top: top.name, events: events, gates: gates)
    } catch {
      let names = events.map(\.name) + gates.map(\.name)
      for problem in error.problems { report(problem, names, &reading) }
      return nil
    }
  }

  /// Writes out a group whose members gates refer to; one whose members nothing refers to says what
  /// the events say already.
  private func write(
    _ group: CommonCauseRecord, _ events: inout [BasicEvent], _ gates: inout [NamedGate],
    _ reading: inout Reading
  ) {
    let named = Set(gates.flatMap(\.arguments) + [top.name])
    let known = Set(events.map(\.name) + gates.map(\.name))
    let members = group.members.filter { named.contains($0) && !known.contains($0) }
    guard !members.isEmpty else { return }
    if let other = group.members.first(where: { !members.contains($0) }) {
      reading.report(
        .contradiction,
        "\(reading.path) has the member `\(other)`, which no gate refers to or "
          + "which is an event or gate already, beside members that gates refer to",
        at: group.place, help: "give all members or none to the group")
      return
    }
    let written = group.written
    events += written.events
    gates += written.gates
  }

  private func report(
    _ problem: FaultTreeProblem, _ names: [String], _ reading: inout Reading
  ) {
    switch problem {
    case .probabilityOutOfRange(let event, let probability):
      atEvent(event, &reading) {
        $0.report(
          .value, "\($0.path) must be a probability from 0 to 1, found \(probability)", at: $1,
          help: "a share of time or a chance")
      }
    case .badFrequency(let event, let frequency):
      atEvent(event, &reading) {
        $0.report(
          .value, "\($0.path) must have a frequency of at least 0, found \(frequency)", at: $1)
      }
    case .duplicateEvent(let event):
      atEvent(event, &reading) {
        $0.report(.duplicateName, "two events have the name of \($0.path)", at: $1)
      }
    case .duplicateGate(let gate):
      atGate(gate, &reading) {
        $0.report(
          .duplicateName, "\($0.path) has the name of an event or of another gate", at: $1,
          help: "names of events and gates must differ")
      }
    case .unknownTop(let name):
      reading.within(.key("top")) {
        $0.report(
          .unknownReference, "\($0.path) must name a gate or event, found \"\(name)\"",
          at: top.place, help: Self.help(for: name, among: names))
      }
    case .noArguments, .countOutOfRange, .severalNegated, .unknownArgument, .cycle:
      report(ofGate: problem, names, &reading)
    }
  }

  private func report(
    ofGate problem: FaultTreeProblem, _ names: [String], _ reading: inout Reading
  ) {
    switch problem {
    case .noArguments(let gate):
      atGate(gate, &reading) {
        $0.report(
          .count, "\($0.path).args must have at least 1 value, found 0", at: $1,
          help: "name the events and gates it follows from")
      }
    case .countOutOfRange(let gate, let count, let arguments):
      atGate(gate, &reading) {
        $0.report(
          .value,
          "\($0.path).k must be from 1 to \(arguments), the number of arguments, found "
            + "\(count)", at: $1, help: "more than all can never fail; fewer than one always do")
      }
    case .severalNegated(let gate, let arguments):
      atGate(gate, &reading) {
        $0.report(
          .count, "\($0.path).args must have 1 value for `not`, found \(arguments)", at: $1,
          help: "join them by a gate first")
      }
    case .unknownArgument(let gate, let argument, let name):
      atGate(gate, &reading) {
        let place = gates.indices.contains(gate) ? gates[gate].value.arguments[argument].place : $1
        $0.report(
          .unknownReference,
          "\($0.path).args[\(argument)] must name an event or gate, found "
            + "\"\(name)\"", at: place, help: Self.help(for: name, among: names))
      }
    case .cycle(let ring, let first):
      atGate(first, &reading) {
        let shown = ring.count <= 12 ? ring : Array(ring.prefix(10)) + ["..."]
        $0.report(
          .contradiction,
          "\($0.path) depends on itself: "
            + (shown + [ring[0]]).joined(separator: " -> "), at: $1,
          help: "a failure cannot be its own cause: remove one of these arguments")
      }
    default: break
    }
  }

  private func atEvent(
    _ event: Int, _ reading: inout Reading, _ body: (inout Reading, Place) -> Void
  ) {
    let isWritten = events.indices.contains(event)
    reading.within(.key("events")) { reading in
      guard isWritten else { return body(&reading, place) }
      reading.within(.key(events[event].key)) { body(&$0, events[event].value.place) }
    }
  }

  private func atGate(
    _ gate: Int, _ reading: inout Reading, _ body: (inout Reading, Place) -> Void
  ) {
    let isWritten = gates.indices.contains(gate)
    reading.within(.key(isWritten ? "gates" : "groups")) { reading in
      guard isWritten else { return body(&reading, place) }
      reading.within(.key(gates[gate].key)) { body(&$0, gates[gate].value.place) }
    }
  }

  private static func help(for name: String, among names: [String]) -> String {
    NearMiss.nearest(to: name, among: names).map { "did you mean `\($0)`?" }
      ?? "declare it under `events` or `gates`"
  }
}

extension BasicEvent {
  /// An event as a file holds it.
  fileprivate init(_ name: String, _ record: BasicEventRecord) {
    if let up = record.meanUp, let down = record.meanDown {
      self.init(name, meanUpHours: up, meanDownHours: down)
      frequencyPerHour = record.frequency ?? frequencyPerHour
    } else {
      self.init(name, record.probability ?? 0, frequencyPerHour: record.frequency ?? 0)
    }
  }
}

extension GateRecord {
  /// How it joins its arguments.
  fileprivate var gateOperation: GateOperation {
    switch operation {
    case .and: .and
    case .or: .or
    case .atleast: .atLeast(count ?? 0)
    case .not: .not
    case .xor: .xor
    }
  }
}

extension CommonCauseRecord {
  /// Its events, and gates under the names of its members.
  fileprivate var written: (events: [BasicEvent], gates: [NamedGate]) {
    let common = name ?? members.joined(separator: "+")
    let part = BasicEvent(common, probability ?? 0)
    let alone = members.map { "\($0):alone" }
    switch model {
    case .beta:
      let group = CommonCause.beta(
        part, members: alone, beta: beta ?? 0, common: "\(common):common")
      return (group.events, group.gates(members))
    case .alpha:
      let group = CommonCause.alpha(
        part, members: alone, alphas: alphas ?? [], common: "\(common):common")
      return (group.events, group.gates(members))
    case .shock:
      return CommonCause.shock(
        name ?? "\(common):shock", ratePerHour: rate ?? 0, hours: duration ?? 0, members: members,
        chance: chance)
    }
  }
}
