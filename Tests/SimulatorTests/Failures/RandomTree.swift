import Availability
import Glibc
import Simulator
import Stochastics

/// Trees for tests: random ones, and those of the reference.
enum RandomTree {
  /// A tree of random gates; with `coherent` false, negations and exclusive gates among them.
  static func make(_ random: inout RandomStream, coherent: Bool) throws -> FaultTree {
    let events = (0..<(2 + random.integer(below: 7))).map {
      BasicEvent("e\($0)", 0.02 + 0.4 * random.uniform())
    }
    var names = events.map(\.name)
    var gates: [NamedGate] = []
    for number in 0..<(1 + random.integer(below: 8)) {
      let count = 1 + random.integer(below: 4)
      let arguments = (0..<count).map { _ in names[random.integer(below: names.count)] }
      gates.append(
        NamedGate("g\(number)", operation(&random, count, coherent), arguments))
      names.append("g\(number)")
    }
    return try FaultTree(top: names[names.count - 1], events: events, gates: gates)
  }

  private static func operation(
    _ random: inout RandomStream, _ count: Int, _ coherent: Bool
  ) -> GateOperation {
    switch random.integer(below: coherent ? 3 : 5) {
    case 0: .and
    case 1: .or
    case 2: .atLeast(1 + random.integer(below: count))
    case 3 where count == 1: .not
    default: .xor
    }
  }

  /// Three zones with two replicas each of which four are needed: vector `s08` of the reference.
  static func threeZones() throws -> FaultTree {
    var events: [BasicEvent] = []
    var gates: [NamedGate] = []
    func part(_ name: String, _ up: Double, _ down: Double) {
      events.append(BasicEvent(name, meanUpHours: up, meanDownHours: down))
    }
    for zone in (0..<3).map({ "az\($0)" }) {
      for place in 0..<2 { part("\(zone)g\(place)", 2400, 24) }
      part("\(zone)u", 8760, 4)
      for place in 0..<2 { part("\(zone)ups\(place)", 250_000, 8) }
      for place in 0..<4 { part("\(zone)c\(place)", 20_000, 24) }
      for place in 0..<2 { part("\(zone)n\(place)", 50_000, 6) }
      part("\(zone)fire", 438_000, 24)
      for place in 0..<2 { part("\(zone)rack\(place)", 60_000, 4) }
      for place in 0..<2 { part("\(zone)h\(place)", 7480, 3) }
      gates += [
        NamedGate("\(zone)mains", .and, ["\(zone)u", "\(zone)g0", "\(zone)g1"]),
        NamedGate("\(zone)ups", .and, ["\(zone)ups0", "\(zone)ups1"]),
        NamedGate("\(zone)cool", .atLeast(2), (0..<4).map { "\(zone)c\($0)" }),
        NamedGate("\(zone)net", .and, ["\(zone)n0", "\(zone)n1"]),
        NamedGate(
          "\(zone)down", .or,
          ["\(zone)fire", "\(zone)mains", "\(zone)ups", "\(zone)cool", "\(zone)net"]),
      ]
      for place in 0..<2 {
        gates.append(
          NamedGate(
            "\(zone)rep\(place)", .or, ["\(zone)down", "\(zone)rack\(place)", "\(zone)h\(place)"]))
      }
    }
    part("region", 100_000, 1)
    let replicas = (0..<3).flatMap { zone in (0..<2).map { "az\(zone)rep\($0)" } }
    gates.append(NamedGate("app", .atLeast(3), replicas))
    gates.append(NamedGate("top", .or, ["region", "app"]))
    return try FaultTree(top: "top", events: events, gates: gates)
  }

  /// Processes with the long-run numbers of the events: exponential times up, and times down with
  /// a coefficient of variation, lognormal unless it is 1. Without a frequency: on demand.
  static func processes(_ tree: FaultTree, variation: Double = 1) -> [FailureProcess] {
    tree.events.map { event in
      guard event.frequencyPerHour > 0 else { return .demand(probability: event.probability) }
      let up = (1 - event.probability) / event.frequencyPerHour
      let down = event.probability / event.frequencyPerHour
      return .renewal(
        up: .exponential(mean: up),
        down: variation == 1
          ? .exponential(mean: down)
          : .lognormal(LognormalShape(mean: down, cv: variation)))
    }
  }

  /// CPU seconds of this thread so far.
  static var threadSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
