/// Everything that is wrong with a fault tree.
package struct FaultTreeError: Error, Equatable, Sendable {
  /// The problems, at least one, in the order of the lists they are about.
  package let problems: [FaultTreeProblem]
}

/// Something wrong with a fault tree; events and gates are named by their places in their lists.
package enum FaultTreeProblem: Equatable, Sendable {
  /// A probability below 0, above 1 or no number.
  case probabilityOutOfRange(event: Int, probability: Double)
  /// A frequency below 0 or not finite.
  case badFrequency(event: Int, frequency: Double)
  /// Another event has the same name.
  case duplicateEvent(event: Int)
  /// An event or another gate has the same name.
  case duplicateGate(gate: Int)
  /// A gate without arguments.
  case noArguments(gate: Int)
  /// A gate that wants fewer than one or more than all of its arguments.
  case countOutOfRange(gate: Int, count: Int, arguments: Int)
  /// A negation of more than one argument.
  case severalNegated(gate: Int, arguments: Int)
  /// An argument that is neither event nor gate.
  case unknownArgument(gate: Int, argument: Int, name: String)
  /// A top that is neither event nor gate.
  case unknownTop(name: String)
  /// Gates that follow from one another in a ring; the first is named by its place, too.
  case cycle(gates: [String], first: Int)
}
