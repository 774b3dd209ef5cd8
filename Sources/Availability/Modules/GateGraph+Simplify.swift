extension GateGraph {
  /// Removes gates that say nothing of their own: with one argument, equal to another gate, or of the
  /// same operation as the only gate above them.
  mutating func simplify() {
    mergeEqual()
    absorb()
    mergeEqual()
  }

  private struct Key: Hashable {
    let operation: GateOperation
    let arguments: [FaultTree.Input]
  }

  /// Replaces gates with one argument by it, and equal gates by the first of them.
  private mutating func mergeEqual() {
    var stands = gates.indices.map { FaultTree.Input.gate($0) }
    var known: [Key: FaultTree.Input] = [:]
    for gate in live {
      var arguments = gates[gate].arguments
      for place in arguments.indices {
        if case .gate(let below) = arguments[place] { arguments[place] = stands[below] }
      }
      gates[gate].operation = Self.plain(gates[gate].operation, count: arguments.count)
      if gates[gate].operation.isIdempotent { arguments = Self.withoutRepeats(arguments) }
      gates[gate].arguments = arguments
      if arguments.count == 1, gates[gate].operation != .not {
        stands[gate] = arguments[0]
      } else {
        let key = Key(operation: gates[gate].operation, arguments: arguments)
        if let equal = known[key] {
          stands[gate] = equal
        } else {
          known[key] = .gate(gate)
        }
      }
    }
    func replaced(_ root: FaultTree.Input) -> FaultTree.Input {
      if case .gate(let gate) = root { stands[gate] } else { root }
    }
    modules = modules.map(replaced)
    top = replaced(top)
  }

  /// Takes the arguments of a gate below into the only gate above it if both join alike.
  private mutating func absorb() {
    let live = live
    var uses = [Int](repeating: 0, count: gates.count)
    for gate in live {
      for case .gate(let below) in gates[gate].arguments { uses[below] += 1 }
    }
    for gate in live where gates[gate].operation.isIdempotent {
      let operation = gates[gate].operation
      var isAbsorbing = false
      var arguments: [FaultTree.Input] = []
      for argument in gates[gate].arguments {
        guard case .gate(let below) = argument, uses[below] == 1,
          gates[below].operation == operation
        else {
          arguments.append(argument)
          continue
        }
        isAbsorbing = true
        if arguments.isEmpty {
          // The gate below is not used again: its list is moved, or long chains would copy all.
          swap(&arguments, &gates[below].arguments)
        } else {
          arguments += gates[below].arguments
        }
      }
      if isAbsorbing { gates[gate].arguments = arguments }
    }
  }

  /// One of n is "or", n of n is "and", and one argument is itself however it is counted.
  private static func plain(_ operation: GateOperation, count: Int) -> GateOperation {
    guard case .atLeast(let least) = operation else { return operation }
    if least == 1 { return .or }
    return least == count ? .and : operation
  }

  private static func withoutRepeats(_ arguments: [FaultTree.Input]) -> [FaultTree.Input] {
    var seen: Set<FaultTree.Input> = []
    seen.reserveCapacity(arguments.count)
    return arguments.filter { seen.insert($0).inserted }
  }
}

extension GateOperation {
  /// Whether an argument that stands there twice counts once.
  var isIdempotent: Bool { self == .and || self == .or }
}
