import Availability
import Documents

extension ChainRecord {
  /// The chain; nil with a report of everything that is wrong with it.
  func chain(_ reading: inout Reading) -> MarkovChain? {
    do {
      return try MarkovChain(
        states: states, initial: initial,
        transitions: transitions.map {
          .init(from: $0.from, to: $0.to, ratePerHour: $0.rate)
        }, down: down)
    } catch {
      for problem in error.problems { report(problem, &reading) }
      return nil
    }
  }

  /// Says what is wrong where it stands.
  func report(_ problem: MarkovChainProblem, _ reading: inout Reading) {
    switch problem {
    case .unknownState(let transition, _), .toItself(let transition, _),
      .badRate(let transition, _):
      reading.within(.key("transitions")) { reading in
        reading.within(.index(transition)) {
          $0.report(
            code(of: problem), "\($0.path) " + problem.words(states),
            at: transitions[transition].place, help: problem.help)
        }
      }
    default:
      reading.report(
        code(of: problem), "\(reading.path) " + problem.words(states), at: place,
        help: problem.help)
    }
  }

  private func code(of problem: MarkovChainProblem) -> DiagnosticCode { problem.code }
}

extension MarkovChainProblem {
  /// The code of the problem.
  var code: DiagnosticCode {
    switch self {
    case .noStates: .count
    case .tooManyStates, .tooDense: .tooLarge
    case .unknownInitial, .unknownDown, .unknownState: .unknownReference
    case .toItself, .neverLeft, .severalLongRuns: .contradiction
    case .badRate: .value
    }
  }

  /// What is wrong, after the path of what it is about.
  func words(_ states: [String]) -> String {
    func name(_ state: Int) -> String {
      states.indices.contains(state) ? "\(state) (`\(states[state])`)" : "\(state)"
    }
    let last = states.count - 1
    switch self {
    case .noStates: return "must have at least 1 state, found 0"
    case .tooManyStates(let count, let limit):
      return "must have at most \(limit) states, found \(count)"
    case .unknownInitial(let state):
      return "must start in a state from 0 to \(last), found \(state)"
    case .unknownDown(let place, let state):
      return "must name states from 0 to \(last), found \(state) at down[\(place)]"
    case .unknownState(_, let state):
      return "must join states from 0 to \(last), found \(state)"
    case .toItself(_, let state): return "leads from state \(name(state)) to itself"
    case .badRate(_, let rate): return "must have a rate of at least 0, found \(rate)"
    case .neverLeft(let state):
      return "has the state \(name(state)) that cannot be left: no transition leads out of it"
    case .severalLongRuns(let first, let second):
      return "can be caught among states with \(name(first)) or among others with "
        + "\(name(second)): chance decides its long run"
    case .tooDense(let count, let steps):
      return "needs more than \(steps) steps to eliminate its \(count) states"
    }
  }

  /// What to do about it.
  var help: String {
    switch self {
    case .noStates: "name the states"
    case .tooManyStates: "lump equal parts: count how many are down instead of which"
    case .unknownInitial, .unknownDown, .unknownState: "states are counted from 0"
    case .toItself: "remove it: staying in a state needs no transition"
    case .badRate: "rates are per hour"
    case .neverLeft: "add the repair that leads out of it, with its rate per hour"
    case .severalLongRuns: "add transitions between them, or ask about each alone"
    case .tooDense: "lump equal parts: count how many are down instead of which"
    }
  }
}
