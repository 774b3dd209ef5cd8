/// A continuous-time Markov chain whose states are up or down.
package struct MarkovChain: Sendable {
  /// The names of the states.
  package let states: [String]
  /// Where it starts.
  package let initial: Int
  /// Its transitions; several between two states add up.
  package let transitions: [Transition]
  /// For each state whether the service is down in it.
  package let isDown: [Bool]

  /// A jump from one state to another.
  package struct Transition: Sendable, Equatable {
    /// The state that is left.
    package var from: Int
    /// The state that is entered.
    package var to: Int
    /// How often, per hour spent in `from`.
    package var ratePerHour: Double

    /// A jump.
    package init(from: Int, to: Int, ratePerHour: Double) {
      self.from = from
      self.to = to
      self.ratePerHour = ratePerHour
    }
  }

  /// The states that a chain may have.
  package static let stateLimit = 200_000

  /// A chain.
  ///
  /// **Errors**: `MarkovChainError` with everything that is wrong.
  package init(
    states: [String], initial: Int, transitions: [Transition], down: [Int]
  ) throws(MarkovChainError) {
    var problems: [MarkovChainProblem] = []
    if states.isEmpty { problems.append(.noStates) }
    if states.count > Self.stateLimit {
      problems.append(.tooManyStates(count: states.count, limit: Self.stateLimit))
    }
    if !states.indices.contains(initial) { problems.append(.unknownInitial(state: initial)) }
    var isDown = [Bool](repeating: false, count: states.count)
    for (place, state) in down.enumerated() {
      guard states.indices.contains(state) else {
        problems.append(.unknownDown(place: place, state: state))
        continue
      }
      isDown[state] = true
    }
    var isLeft = [Bool](repeating: false, count: states.count)
    for (place, transition) in transitions.enumerated() {
      if let problem = transition.problem(at: place, states.count) {
        problems.append(problem)
      } else if transition.ratePerHour > 0 {
        isLeft[transition.from] = true
      }
    }
    if problems.isEmpty, states.count > 1 {
      problems += isLeft.indices.filter { !isLeft[$0] }.map { .neverLeft(state: $0) }
    }
    guard problems.isEmpty else { throw MarkovChainError(problems: problems) }
    self.states = states
    self.initial = initial
    self.transitions = transitions
    self.isDown = isDown
  }
}

extension MarkovChain.Transition {
  fileprivate func problem(at place: Int, _ stateCount: Int) -> MarkovChainProblem? {
    for state in [from, to] where state < 0 || state >= stateCount {
      return .unknownState(transition: place, state: state)
    }
    if from == to { return .toItself(transition: place, state: from) }
    guard ratePerHour >= 0, ratePerHour.isFinite else {
      return .badRate(transition: place, rate: ratePerHour)
    }
    return nil
  }
}

/// Everything that is wrong with a chain.
package struct MarkovChainError: Error, Equatable, Sendable {
  /// The problems, at least one.
  package let problems: [MarkovChainProblem]
}

/// Something wrong with a chain; states and transitions are named by their places.
package enum MarkovChainProblem: Equatable, Sendable {
  /// No states.
  case noStates
  /// More states than a chain may have.
  case tooManyStates(count: Int, limit: Int)
  /// The initial state is none.
  case unknownInitial(state: Int)
  /// A down state is none.
  case unknownDown(place: Int, state: Int)
  /// A transition from or to a state that is none.
  case unknownState(transition: Int, state: Int)
  /// A transition that leads back to where it starts.
  case toItself(transition: Int, state: Int)
  /// A rate below 0 or not finite.
  case badRate(transition: Int, rate: Double)
  /// A state that no transition leaves: in the long run the chain is nowhere else.
  case neverLeft(state: Int)
  /// Two sets of states, named by one each, that the chain may enter and never leaves: its long run
  /// depends on chance.
  case severalLongRuns(first: Int, second: Int)
  /// Eliminating the states needs more work than is allowed.
  case tooDense(states: Int, steps: Int)
}
