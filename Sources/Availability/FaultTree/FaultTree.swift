/// How the failure of a whole follows from failures of its parts, as a graph of gates.
///
/// A part may stand under many gates: what is shared fails together. The graph has no cycles.
///
/// **Source**: Open-PSA Model Exchange Format 2.0d, section 3; NUREG-0492 for the words.
package struct FaultTree: Sendable {
  /// The parts that fail by themselves, independently of one another.
  package let events: [BasicEvent]
  /// What follows from them, in the order given.
  package let gates: [Gate]
  /// The failure of the whole.
  package let top: Input

  /// A failure that follows from others.
  package struct Gate: Sendable {
    /// Its name.
    package let name: String
    /// How it follows.
    package let operation: GateOperation
    /// What it follows from.
    package let arguments: [Input]
  }

  /// A basic event or a gate, by its place in its list.
  package enum Input: Hashable, Sendable {
    /// A basic event.
    case event(Int)
    /// A gate.
    case gate(Int)
  }

  /// Joins events and gates by their names.
  ///
  /// **Errors**: `FaultTreeError` with everything that is wrong.
  ///
  /// **Complexity**: linear in the arguments of all gates.
  package init(
    top: String, events: [BasicEvent], gates: [NamedGate]
  ) throws(FaultTreeError) {
    var problems = events.indices.compactMap { events[$0].problem(at: $0) }
    let inputs = Self.inputs(events, gates, &problems)
    var joined: [Gate] = []
    joined.reserveCapacity(gates.count)
    for (number, gate) in gates.enumerated() {
      if let problem = gate.problem(at: number) { problems.append(problem) }
      var arguments: [Input] = []
      for (place, name) in gate.arguments.enumerated() {
        guard let input = inputs[name] else {
          problems.append(.unknownArgument(gate: number, argument: place, name: name))
          continue
        }
        arguments.append(input)
      }
      joined.append(Gate(name: gate.name, operation: gate.operation, arguments: arguments))
    }
    if inputs[top] == nil { problems.append(.unknownTop(name: top)) }
    if problems.isEmpty, let cycle = Self.cycle(in: joined) {
      problems.append(.cycle(gates: cycle.map { joined[$0].name }, first: cycle[0]))
    }
    guard problems.isEmpty, let input = inputs[top] else {
      throw FaultTreeError(problems: problems)
    }
    self.top = input
    self.events = events
    self.gates = joined
  }

  /// Every name with what it stands for; reports names that stand for two things.
  private static func inputs(
    _ events: [BasicEvent], _ gates: [NamedGate], _ problems: inout [FaultTreeProblem]
  ) -> [String: Input] {
    var inputs: [String: Input] = [:]
    inputs.reserveCapacity(events.count + gates.count)
    for (number, event) in events.enumerated() {
      if inputs.updateValue(.event(number), forKey: event.name) != nil {
        problems.append(.duplicateEvent(event: number))
      }
    }
    for (number, gate) in gates.enumerated() {
      if inputs.updateValue(.gate(number), forKey: gate.name) != nil {
        problems.append(.duplicateGate(gate: number))
      }
    }
    return inputs
  }
}

/// A failure that follows from others, which it names.
package struct NamedGate: Sendable {
  /// Its name.
  package var name: String
  /// How it follows.
  package var operation: GateOperation
  /// The names of events and gates; one name may stand in many gates.
  package var arguments: [String]

  /// A gate.
  package init(_ name: String, _ operation: GateOperation, _ arguments: [String]) {
    self.name = name
    self.operation = operation
    self.arguments = arguments
  }

  /// What is wrong with the number of its arguments, or nil.
  func problem(at number: Int) -> FaultTreeProblem? {
    if arguments.isEmpty { return .noArguments(gate: number) }
    switch operation {
    case .atLeast(let count) where count < 1 || count > arguments.count:
      return .countOutOfRange(gate: number, count: count, arguments: arguments.count)
    case .not where arguments.count != 1:
      return .severalNegated(gate: number, arguments: arguments.count)
    default: return nil
    }
  }
}

/// How the failure at a gate follows from its arguments.
package enum GateOperation: Hashable, Sendable {
  /// All fail.
  case and
  /// One or more fail.
  case or
  /// At least so many fail.
  case atLeast(Int)
  /// The only argument does not fail.
  case not
  /// An odd number fails.
  case xor

  /// Whether more failures below never repair what is above.
  package var isCoherent: Bool {
    switch self {
    case .and, .or, .atLeast: true
    case .not, .xor: false
    }
  }
}
