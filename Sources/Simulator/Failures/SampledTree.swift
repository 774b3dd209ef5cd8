import Glibc
package import Availability
import Stochastics

/// The probability of the top of a tree from samples, where there are chances but no times.
///
/// Events are drawn with chances that pilot rounds bring near to those that they have when the top
/// fails (cross-entropy). The final samples are independent of the pilot and come from a mixture:
/// the tuned chances, chances that make two events or more fail in each sample, and the true ones,
/// so that no weight passes 1 / 0.15. Nothing is assumed of the gates or of small chances.
///
/// **Source**: Rubinstein and Kroese, The Cross-Entropy Method, 2004, chapter 3; Hesterberg,
/// Technometrics 37(2), 1995, for the mixture.
package struct SampledTree: Sendable, Equatable {
  /// The probability that the top fails.
  package let probability: SampledEstimate
  /// The tuned chance of each event of the tree.
  package let tunedChances: [Double]

  /// How much to sample.
  package struct Options: Sendable, Equatable {
    /// The seed.
    package var seed: UInt64
    /// Final samples.
    package var samples = 20_000
    /// Samples of each pilot round.
    package var pilotSamples = 2000
    /// Pilot rounds.
    package var pilotRounds = 4
    /// The confidence of the interval.
    package var level = 0.95

    /// The usual numbers with a seed.
    package init(seed: UInt64) { self.seed = seed }
  }

  /// Samples.
  ///
  /// **Complexity**: for each sample, the events below the top.
  package init(_ tree: FaultTree, _ options: Options) {
    var sampler = TreeSampler(tree)
    sampler.tune(options)
    let chances = sampler.tuned
    let mixture = BernoulliMixture(
      truth: sampler.truth,
      parts: [
        (0.6, chances), (0.25, sampler.balanced), (TreeSampler.defensiveShare, sampler.truth),
      ])
    var mean = WeightedMean()
    sampler.sample(
      mixture, count: options.samples, seed: options.seed,
      replication: UInt64(options.pilotRounds)
    ) { _, isDown, weight in mean.add(isDown ? 1 : 0, weight: weight) }
    let bound = min(1, 3 / TreeSampler.defensiveShare / Double(options.samples))
    probability = mean.estimate(level: options.level, boundWithoutHits: bound)
    var all = tree.events.map(\.probability)
    for (place, event) in sampler.events.enumerated() { all[event] = chances[place] }
    tunedChances = all
  }
}

/// Draws events below the top and looks at it.
private struct TreeSampler {
  /// The share of samples with the true chances.
  static let defensiveShare = 0.15

  /// The events below the top that are neither certain nor impossible.
  let events: [Int]
  /// Their chances.
  let truth: [Double]
  /// Their tuned chances.
  private(set) var tuned: [Double]
  /// Chances with which two events or more fail in each sample.
  private(set) var balanced: [Double]

  private let subjects: [UInt64]
  private let top: Int
  private var state: TreeState

  init(_ tree: FaultTree) {
    let structure = TreeStructure(tree)
    let below = structure.events(below: structure.node(of: tree.top))
    events = below.filter { (0 < tree.events[$0].probability) && tree.events[$0].probability < 1 }
    truth = events.map { tree.events[$0].probability }
    tuned = truth
    balanced = truth
    subjects = events.map { ComponentSubject.of(tree.events[$0].name) }
    top = structure.node(of: tree.top)
    state = TreeState(structure)
    for event in below where tree.events[event].probability == 1 { state.set(event, true) }
  }

  /// Brings the chances near to those that events have when the top fails.
  mutating func tune(_ options: SampledTree.Options) {
    var failures = 2.0
    spread(failures)
    for round in 0..<options.pilotRounds {
      let mixture = BernoulliMixture(
        truth: truth,
        parts: [(0.5, round == 0 ? balanced : tuned), (0.4, balanced), (0.1, truth)])
      var total = 0.0
      var sums = truth.map { _ in 0.0 }
      sample(
        mixture, count: options.pilotSamples, seed: options.seed, replication: UInt64(round)
      ) { failed, isDown, weight in
        guard isDown else { return }
        total += weight
        for place in failed { sums[place] += weight }
      }
      if total > 0 {
        for place in truth.indices {
          tuned[place] = Self.bounded(sums[place] / total, truth[place])
        }
      } else {
        failures *= 2
        spread(failures)
      }
    }
  }

  /// Draws samples and reports the failed places, whether the top is down, and the weight.
  mutating func sample(
    _ mixture: BernoulliMixture, count: Int, seed: UInt64, replication: UInt64,
    _ report: ([Int], Bool, Double) -> Void
  ) {
    func stream(_ purpose: Purpose, _ subject: UInt64) -> RandomStream {
      RandomStream(seed: seed, replication: replication, purpose: purpose, subject: subject)
    }
    var choice = stream(.importance, 0)
    var streams = subjects.map { stream(.failures, $0) }
    var failed: [Int] = []
    for _ in 0..<count {
      mixture.draw(choice: &choice, streams: &streams, into: &failed)
      for place in failed { state.set(events[place], true) }
      report(failed, state.isFailed[top], mixture.weight(failed))
      for place in failed { state.set(events[place], false) }
    }
  }

  /// Sets chances with which so many events fail in a sample, or more where they do by themselves.
  private mutating func spread(_ failures: Double) {
    let share = min(0.5, failures / Double(max(1, truth.count)))
    balanced = truth.map { max($0, share) }
  }

  /// Keeps a tuned chance away from 0 and 1, where the pilot has seen too little to be sure.
  private static func bounded(_ chance: Double, _ truth: Double) -> Double {
    min(max(chance, truth / 2), 1 - (1 - truth) / 20)
  }
}
