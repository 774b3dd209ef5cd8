import Availability
import Glibc

/// The jumps of a chain in flat arrays, with their chances and with biased ones.
///
/// Biased, the jumps that lead nearer to a down state have one half of the chance of each state, or
/// more if they have it by themselves; half of that is dealt out as in truth, half evenly.
///
/// **Source**: failure biasing with balancing: Shahabuddin, Management Science 40(3), 1994.
struct ChainJumps {
  /// For each state where its jumps begin; one more than states.
  private(set) var starts: [Int] = [0]
  /// Where each jump leads.
  private(set) var targets: [Int] = []
  /// The chance of each jump.
  private(set) var chances: [Double] = []
  /// Its biased chance.
  private(set) var biased: [Double] = []
  /// The logarithm of true over biased chance.
  private(set) var logRatios: [Double] = []
  /// The mean time in each state, in hours.
  private(set) var meanHours: [Double] = []

  init(_ chain: MarkovChain) {
    var leaving = [[MarkovChain.Transition]](repeating: [], count: chain.states.count)
    for transition in chain.transitions where transition.ratePerHour > 0 {
      leaving[transition.from].append(transition)
    }
    let distances = Self.distances(chain)
    for (state, jumps) in leaving.enumerated() {
      let rate = jumps.reduce(0) { $0 + $1.ratePerHour }
      meanHours.append(1 / rate)
      let own = jumps.map { $0.ratePerHour / rate }
      targets += jumps.map(\.to)
      chances += own
      biased += Self.biased(own, jumps.map { distances[$0.to] < distances[state] })
      starts.append(targets.count)
    }
    logRatios = zip(chances, biased).map { log($0) - log($1) }
  }

  /// The jump that a number uniform in (0, 1] stands for.
  func jump(from state: Int, _ uniform: Double, isBiased: Bool) -> Int {
    var rest = uniform
    var jump = starts[state]
    let last = starts[state + 1] - 1
    while jump < last {
      rest -= isBiased ? biased[jump] : chances[jump]
      if rest <= 0 { break }
      jump += 1
    }
    return jump
  }

  private static func biased(_ chances: [Double], _ isNearer: [Bool]) -> [Double] {
    let nearer = zip(chances, isNearer).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    let count = Double(isNearer.count { $0 })
    guard count > 0 else { return chances }
    let isAll = isNearer.allSatisfy { $0 }
    let share = isAll ? 1 : max(0.5, nearer)
    return zip(chances, isNearer).map { chance, isNearer in
      isNearer
        ? share * (0.5 * chance / nearer + 0.5 / count) : (1 - share) * chance / (1 - nearer)
    }
  }

  /// For each state the fewest jumps to a down state.
  private static func distances(_ chain: MarkovChain) -> [Int] {
    var leading = [[Int]](repeating: [], count: chain.states.count)
    for transition in chain.transitions where transition.ratePerHour > 0 {
      leading[transition.to].append(transition.from)
    }
    var distances = chain.isDown.map { $0 ? 0 : Int.max }
    var waiting = distances.indices.filter { distances[$0] == 0 }
    var next = 0
    while next < waiting.count {
      let state = waiting[next]
      for before in leading[state] where distances[before] == .max {
        distances[before] = distances[state] + 1
        waiting.append(before)
      }
      next += 1
    }
    return distances
  }
}
