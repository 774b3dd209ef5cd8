import Availability
import Testing

/// Trees of tests.
enum FaultTreeSamples {
  /// Small whole numbers that a seed decides.
  struct Draws {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    /// A number below a bound.
    mutating func below(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33) % bound
    }
  }

  /// A random tree of `events` events in which gates share what is below them.
  static func random(seed: UInt64, events: Int, gates: Int, isCoherent: Bool) throws -> FaultTree {
    var draws = Draws(seed: seed)
    let basic = (0..<events).map { number in
      BasicEvent("e\(number)", Double(1 + draws.below(999)) / 1000)
    }
    var names = basic.map(\.name)
    var made: [NamedGate] = []
    for number in 0..<gates {
      let arguments = (0..<1 + draws.below(4)).map { _ in names[draws.below(names.count)] }
      let operation: GateOperation =
        switch draws.below(isCoherent ? 3 : 5) {
        case 0: .and
        case 1: .or
        case 2: .atLeast(1 + draws.below(arguments.count))
        case 3: .xor
        default: .not
        }
      let taken = operation == .not ? Array(arguments.prefix(1)) : arguments
      made.append(NamedGate("g\(number)", operation, taken))
      names.append("g\(number)")
    }
    return try FaultTree(top: "g\(gates - 1)", events: basic, gates: made)
  }

  /// A random tree whose gates join what has no gate above it yet, but for one event in five: full of
  /// modules within modules.
  static func nested(seed: UInt64, events: Int, isCoherent: Bool) throws -> FaultTree {
    var draws = Draws(seed: seed)
    let basic = (0..<events).map { number in
      BasicEvent("e\(number)", Double(1 + draws.below(999)) / 1000)
    }
    var free = basic.map(\.name)
    var made: [NamedGate] = []
    while free.count > 1 {
      var arguments: [String] = []
      for _ in 0..<min(free.count, 2 + draws.below(3)) {
        arguments.append(free.remove(at: draws.below(free.count)))
      }
      if draws.below(5) == 0 { arguments.append("e\(draws.below(events))") }
      let operation: GateOperation =
        switch draws.below(isCoherent ? 5 : 6) {
        case 0, 1: .and
        case 2, 3: .or
        case 4: .atLeast(1 + draws.below(arguments.count))
        default: .xor
        }
      made.append(NamedGate("g\(made.count)", operation, arguments))
      free.append("g\(made.count - 1)")
    }
    return try FaultTree(top: free[0], events: basic, gates: made)
  }

  /// `k` of parts, each down by one of four events or by one of two pairs of them.
  static func parts(_ count: Int, k: Int) throws -> FaultTree {
    var events: [BasicEvent] = []
    var gates: [NamedGate] = []
    for part in 0..<count {
      let names = (0..<8).map { "e\(part)_\($0)" }
      events += names.map { BasicEvent($0, 0.01) }
      gates.append(NamedGate("a\(part)", .and, Array(names[4..<6])))
      gates.append(NamedGate("b\(part)", .and, Array(names[6...])))
      gates.append(NamedGate("p\(part)", .or, names[..<4] + ["a\(part)", "b\(part)"]))
    }
    gates.append(NamedGate("top", .atLeast(k), (0..<count).map { "p\($0)" }))
    return try FaultTree(top: "top", events: events, gates: gates)
  }

  /// Whether the top fails, for events that happen by the bits of a number.
  static func fails(_ tree: FaultTree, _ happens: Int) -> Bool {
    var known = [Bool](repeating: false, count: tree.gates.count)
    func value(_ input: FaultTree.Input) -> Bool {
      switch input {
      case .event(let event): happens >> event & 1 == 1
      case .gate(let gate): known[gate]
      }
    }
    for gate in tree.gatesFromBelow {
      let count = tree.gates[gate].arguments.count { value($0) }
      known[gate] =
        switch tree.gates[gate].operation {
        case .and: count == tree.gates[gate].arguments.count
        case .or: count > 0
        case .atLeast(let least): count >= least
        case .not: count == 0
        case .xor: count % 2 == 1
        }
    }
    return value(tree.top)
  }

  /// `k` of `parts` parts, each down alone or with its rack; neighbours stand in different racks.
  static func racks(parts: Int, racks: Int, k: Int) throws -> FaultTree {
    var events = (0..<racks).map { BasicEvent("rack\($0)", 0.001) }
    var gates: [NamedGate] = []
    for part in 0..<parts {
      events.append(BasicEvent("host\(part)", 0.01))
      gates.append(NamedGate("part\(part)", .or, ["rack\(part % racks)", "host\(part)"]))
    }
    gates.append(NamedGate("top", .atLeast(k), gates.map(\.name)))
    return try FaultTree(top: "top", events: events, gates: gates)
  }
}

/// Whether two numbers agree to a relative distance.
func isNear(_ left: Double, _ right: Double, _ distance: Double = 1e-9) -> Bool {
  abs(left - right) <= distance * max(abs(left), abs(right))
}
