/// What a chain does in the long run, and until it is down for the first time.
package struct ChainAnswer: Sendable, Equatable {
  /// The share of time in each state.
  package let shares: [Double]
  /// The share of time down.
  package let unavailability: Double
  /// How often it goes down, per hour.
  package let failureFrequencyPerHour: Double
  /// The mean length of a time down, in hours; nil if it is never down.
  package let meanDownHours: Double?
  /// The mean length of a time up, in hours; nil if it is always up or always down.
  package let meanUpHours: Double?
  /// The mean time to the first failure from the initial state, in hours; nil if it may never come.
  package let meanHoursToFirstFailure: Double?
}

extension MarkovChain {
  /// Solves the chain.
  ///
  /// **Errors**: `MarkovChainError`: several long runs, or too dense.
  ///
  /// **Complexity**: for each state, the states that lead to it times those it leads to at the
  /// moment it is eliminated.
  package func solved() throws(MarkovChainError) -> ChainAnswer {
    let shares = try longRunShares()
    var frequency = 0.0
    for transition in transitions where !isDown[transition.from] && isDown[transition.to] {
      frequency += shares[transition.from] * transition.ratePerHour
    }
    let down = sum(shares) { isDown[$0] }
    let up = sum(shares) { !isDown[$0] }
    return ChainAnswer(
      shares: shares, unavailability: down, failureFrequencyPerHour: frequency,
      meanDownHours: frequency > 0 ? down / frequency : nil,
      meanUpHours: frequency > 0 ? up / frequency : nil,
      meanHoursToFirstFailure: try hoursToFirstFailure())
  }

  /// The sum over some states, small numbers first.
  private func sum(_ shares: [Double], _ isWanted: (Int) -> Bool) -> Double {
    shares.indices.filter(isWanted).map { shares[$0] }.sorted().reduce(0, +)
  }

  private func longRunShares() throws(MarkovChainError) -> [Double] {
    let graph = StateGraph(stateCount: states.count, transitions)
    let closed = graph.closedSets(from: initial)
    if closed.count > 1 {
      throw MarkovChainError(
        problems: [.severalLongRuns(first: closed[0][0], second: closed[1][0])])
    }
    let members = closed.first ?? []
    var place = [Int](repeating: -1, count: states.count)
    for (number, state) in members.enumerated() { place[state] = number }
    var elimination = StateElimination(
      stateCount: members.count,
      transitions.filter { place[$0.from] >= 0 }.map {
        (place[$0.from], place[$0.to], $0.ratePerHour)
      })
    let last = max(0, place[initial])
    guard let solved = elimination.shares(last: last) else { throw tooDense }
    var result = [Double](repeating: 0, count: states.count)
    for (number, state) in members.enumerated() { result[state] = solved[number] }
    return result
  }

  /// The mean time until the first down state.
  ///
  /// All down states become one from which the chain starts anew at rate one. In the long run of
  /// that chain, the time up for each hour down is the time that was asked for; so no number is
  /// subtracted here either.
  private func hoursToFirstFailure() throws(MarkovChainError) -> Double? {
    if isDown[initial] { return 0 }
    let upwards = transitions.filter { !isDown[$0.from] }
    let graph = StateGraph(stateCount: states.count, upwards)
    let reached = graph.reached(from: [initial])
    let failing = StateGraph(
      stateCount: states.count,
      upwards.map { Transition(from: $0.to, to: $0.from, ratePerHour: $0.ratePerHour) })
    let canFail = failing.reached(from: states.indices.filter { isDown[$0] && reached[$0] })
    let members = states.indices.filter { reached[$0] && !isDown[$0] }
    guard members.allSatisfy({ canFail[$0] }) else { return nil }
    var place = [Int](repeating: members.count, count: states.count)
    for (number, state) in members.enumerated() { place[state] = number }
    var rates = upwards.filter { reached[$0.from] }.map {
      (from: place[$0.from], to: place[$0.to], rate: $0.ratePerHour)
    }
    rates.append((members.count, place[initial], 1))
    var elimination = StateElimination(stateCount: members.count + 1, rates)
    guard let shares = elimination.shares(last: place[initial]) else { throw tooDense }
    return shares.dropLast().sorted().reduce(0, +) / shares[members.count]
  }

  private var tooDense: MarkovChainError {
    MarkovChainError(
      problems: [.tooDense(states: states.count, steps: StateElimination.workLimit)])
  }
}
