package import Availability
import Glibc
import Stochastics

/// The long run of a Markov chain from simulated cycles between visits to one state.
///
/// Each stay counts with its mean time. With bias, hours down and outages come from cycles whose
/// jumps lean towards down states until two were entered, and the length of a cycle from as many
/// cycles without bias; without it, all come from the same cycles. A pilot decides by the variance.
/// What is seen of a cycle has the weight of the jumps before it; later ones do not matter to it.
///
/// **Shape**: the chain has one long run; of several only the one that the pilot meets is seen.
///
/// **Source**: Goyal et al., IEEE Transactions on Computers 41(1), 1992: measure-specific dynamic
/// importance sampling; Hordijk, Iglehart, Schassberger 1976 for mean stays.
package struct SampledChain: Sendable, Equatable {
  /// The share of time down.
  package let unavailability: SampledEstimate
  /// How often it goes down, per hour.
  package let failureFrequencyPerHour: SampledEstimate
  /// Whether jumps were biased.
  package let isBiased: Bool
  /// The state that begins and ends cycles.
  package let regenerationState: Int
  /// Jumps in all.
  package let jumps: Int

  /// How much to simulate.
  package struct Options: Sendable, Equatable {
    /// The seed.
    package var seed: UInt64
    /// Cycles with bias, and as many without; at least 2.
    package var cycles = 20_000
    /// Cycles of the pilot.
    package var pilotCycles = 2000
    /// Jumps after which a cycle ends wherever it is, against chains that hardly ever return.
    package var jumpsOfCycle = 10_000_000
    /// The confidence of the intervals.
    package var level = 0.95

    /// The usual numbers with a seed.
    package init(seed: UInt64) { self.seed = seed }
  }

  /// Simulates a chain of two states or more.
  package init(_ chain: MarkovChain, _ options: Options) {
    precondition(options.cycles > 1, "A spread needs two cycles.")
    precondition(chain.states.count > 1, "A chain that moves has two states.")
    var walk = ChainWalk(chain, options)
    let pilot = walk.cycles(options.pilotCycles, isBiased: true, replication: 1)
    isBiased = pilot.down.products.variance < pilot.down.plainVariance
    let plain = walk.cycles(options.cycles, isBiased: false, replication: 2)
    let cycles =
      isBiased ? walk.cycles(options.cycles, isBiased: true, replication: 3) : plain
    unavailability = cycles.down.perHour(
      plain.hours, covariance: isBiased ? 0 : cycles.downWithHours, bound: 1, options.level)
    failureFrequencyPerHour = cycles.outages.perHour(
      plain.hours, covariance: isBiased ? 0 : cycles.outagesWithHours, bound: .infinity,
      options.level)
    regenerationState = walk.home
    jumps = walk.jumps
  }
}

extension WeightedMean {
  /// This mean over the mean length of cycles, with the error of the ratio by the delta method.
  fileprivate func perHour(
    _ hours: RunningMean, covariance: Double, bound: Double, _ level: Double
  ) -> SampledEstimate {
    let ratio = products.mean / hours.mean
    let count = Double(products.count)
    let variance =
      products.variance + ratio * ratio * hours.variance - 2 * ratio * covariance
    return estimate(
      level: level, boundWithoutHits: bound * hours.mean,
      standardError: (max(0, variance) / count).squareRoot()
    ).scaled(by: 1 / hours.mean)
  }
}

/// What cycles of a chain add up to.
private struct ChainCycles {
  var down = WeightedMean()
  var outages = WeightedMean()
  var hours = RunningMean()
  private var downProducts = RunningMean()
  private var outageProducts = RunningMean()

  mutating func add(_ cycle: ChainWalk.Cycle) {
    let weight = exp(cycle.logWeight)
    down.add(
      product: cycle.weightedDown, weightedSquare: cycle.downHours * cycle.downHours * weight)
    outages.add(
      product: cycle.weightedOutages, weightedSquare: cycle.outages * cycle.outages * weight)
    hours.add(cycle.hours)
    downProducts.add(cycle.downHours * cycle.hours)
    outageProducts.add(cycle.outages * cycle.hours)
  }

  /// The covariance of hours down and length, for cycles without bias.
  var downWithHours: Double { downProducts.mean - down.products.mean * hours.mean }
  /// The covariance of outages and length, for cycles without bias.
  var outagesWithHours: Double { outageProducts.mean - outages.products.mean * hours.mean }
}

/// Walks from state to state.
private struct ChainWalk {
  struct Cycle {
    var downHours = 0.0
    var weightedDown = 0.0
    var outages = 0.0
    var weightedOutages = 0.0
    var hours = 0.0
    var logWeight = 0.0
  }

  /// The state that begins and ends cycles.
  private(set) var home: Int
  /// Jumps made so far.
  private(set) var jumps = 0

  private let isDown: [Bool]
  private let table: ChainJumps
  private let subjects: [UInt64]
  private let options: SampledChain.Options
  private var streams: [RandomStream] = []

  init(_ chain: MarkovChain, _ options: SampledChain.Options) {
    isDown = chain.isDown
    table = ChainJumps(chain)
    subjects = chain.states.map(ComponentSubject.of)
    self.options = options
    home = chain.initial
    home = mostVisited(from: chain.initial)
  }

  mutating func cycles(_ count: Int, isBiased: Bool, replication: UInt64) -> ChainCycles {
    restart(replication)
    var result = ChainCycles()
    for _ in 0..<count { result.add(cycle(isBiased: isBiased)) }
    return result
  }

  private mutating func cycle(isBiased: Bool) -> Cycle {
    var cycle = Cycle()
    var visits = 0
    var state = home
    var left = options.jumpsOfCycle
    repeat {
      let hours = table.meanHours[state]
      cycle.hours += hours
      if isDown[state] {
        cycle.downHours += hours
        cycle.weightedDown += hours * exp(cycle.logWeight)
      }
      let leans = isBiased && !isDown[state] && visits < 2
      let jump = table.jump(from: state, streams[state].uniform(), isBiased: leans)
      if leans { cycle.logWeight += table.logRatios[jump] }
      let next = table.targets[jump]
      if !isDown[state], isDown[next] {
        visits += 1
        cycle.outages += 1
        cycle.weightedOutages += exp(cycle.logWeight)
      }
      state = next
      left -= 1
    } while state != home && left > 0
    jumps += options.jumpsOfCycle - left
    return cycle
  }

  /// The initial state if a walk is there often enough, else the state where it is most often.
  private mutating func mostVisited(from initial: Int) -> Int {
    restart(0)
    let steps = 20_000
    var visits = isDown.map { _ in 0 }
    var state = initial
    for step in 0..<steps {
      // The first half may still be on its way into the long run.
      if step >= steps / 2 { visits[state] += 1 }
      let jump = table.jump(from: state, streams[state].uniform(), isBiased: false)
      state = table.targets[jump]
    }
    jumps += steps
    if visits[initial] * 20 >= steps { return initial }
    return visits.indices.reduce(initial) { visits[$1] > visits[$0] ? $1 : $0 }
  }

  private mutating func restart(_ replication: UInt64) {
    streams = subjects.map {
      RandomStream(
        seed: options.seed, replication: replication, purpose: .failures, subject: $0)
    }
  }
}
