import Scenarios
import Stochastics
import Testing

/// Differences and ratios of means with their intervals.
@Suite struct ComparisonMeanTests {
  /// Hours of sleep gained under two drugs by ten patients (Student, 1908; `sleep` of R).
  private let firstDrug = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
  private let secondDrug = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

  private func isClose(_ left: Double?, _ right: Double, _ tolerance: Double = 1e-9) -> Bool {
    left.map { abs($0 - right) <= tolerance } ?? false
  }

  @Test func studentsSleepPaired() {
    let found = MeanComparison.paired(secondDrug, firstDrug)
    #expect(isClose(found.difference, 1.58))
    // As R's t.test(paired = TRUE) prints it.
    #expect(isClose(found.interval?.low, 0.7001142, 1e-7))
    #expect(isClose(found.interval?.high, 2.4598858, 1e-7))
    #expect(found.isShown == true)
  }

  @Test func studentsSleepUnpaired() {
    let found = MeanComparison.unpaired(secondDrug, firstDrug)
    #expect(isClose(found.difference, 1.58))
    // As R's t.test prints it, with 17.776 degrees of freedom.
    #expect(isClose(found.interval?.low, -0.2054832, 1e-7))
    #expect(isClose(found.interval?.high, 3.3654832, 1e-7))
    #expect(found.isShown == false)
    // The first mean may be zero: its ratio has no two ends.
    #expect(isClose(found.ratio, 2.33 / 0.75) && found.ratioInterval == nil)
  }

  @Test func aPairedIntervalByHand() {
    // Differences 2, 3, 4, 5: mean 3.5, standard error sqrt(5/3)/2, t of 3 degrees 3.182446.
    let found = MeanComparison.paired([12, 14, 16, 18], [10, 11, 12, 13])
    #expect(found.difference == 3.5)
    #expect(isClose(found.interval?.halfWidth, 3.182446305284263 * (5.0 / 3).squareRoot() / 2))
  }

  @Test func theRatioAfterFieller() {
    let (later, first) = ([12.0, 14, 16, 18], [10.0, 11, 12, 13.5])
    let paired = MeanComparison.paired(later, first)
    #expect(isClose(paired.ratio, 1.2903225806451613))
    // Ends found by solving the t test of later - r * first for r, with SciPy 1.17.
    #expect(isClose(paired.ratioInterval?.low, 1.1723891295434796))
    #expect(isClose(paired.ratioInterval?.high, 1.3708327771231688))
    let unpaired = MeanComparison.unpaired(later, first)
    #expect(unpaired.isShown == false && unpaired.ratioInterval?.contains(1) == true)
  }

  @Test func samplesThatDoNotVary() {
    let other = MeanComparison.paired([3, 3, 3], [2, 2, 2])
    #expect(other.isShown == true && other.interval?.halfWidth == 0)
    #expect(isClose(other.ratioInterval?.low, 1.5) && isClose(other.ratioInterval?.high, 1.5))
    let same = MeanComparison.unpaired([0, 0], [0, 0, 0])
    #expect(same.isShown == false && same.ratio == nil)
    let one = MeanComparison.paired([3], [2])
    #expect(one.difference == 1 && one.interval == nil && one.isShown == nil)
    #expect(one.ratio == 1.5 && one.ratioInterval == nil)
  }

  @Test func sumsInAnotherOrderAreNoDifference() {
    let later = Array(repeating: (1.0).nextDown, count: 3)
    #expect(MeanComparison.paired(later, [1, 1, 1]).isShown == false)
    #expect(MeanComparison.unpaired(later, [1, 1, 1]).isShown == false)
  }

  /// Pairs with a common part, a true ratio of 1.25 and normal spread.
  private func sample(_ stream: inout RandomStream, count: Int) -> (
    later: [Double], first: [Double]
  ) {
    var (later, first): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      let common = 100 + 15 * stream.normal()
      later.append(1.25 * common + 4 * stream.normal())
      first.append(common + 4 * stream.normal())
    }
    return (later, first)
  }

  @Test func intervalsHoldTheTruthAsOftenAsTheySay() {
    let seed: UInt64 = 20_261_124
    var stream = RandomStream(seed: seed, replication: 0, purpose: .generation)
    var (paired, unpaired, differences) = (0, 0, 0)
    let rounds = 2000
    for _ in 0..<rounds {
      let (later, first) = sample(&stream, count: 12)
      let found = MeanComparison.paired(later, first)
      let welch = MeanComparison.unpaired(later, sample(&stream, count: 9).first)
      if found.ratioInterval?.contains(1.25) == true { paired += 1 }
      if welch.ratioInterval?.contains(1.25) == true { unpaired += 1 }
      if found.interval?.contains(25) == true { differences += 1 }
    }
    // Five standard errors of 0.5 % around 95 %.
    for (name, count) in [("paired", paired), ("unpaired", unpaired), ("difference", differences)] {
      let share = Double(count) / Double(rounds)
      #expect(abs(share - 0.95) < 0.025, "\(name) \(share), seed \(seed)")
    }
  }

  @Test func ratioAndDifferenceShowTheSame() {
    let seed: UInt64 = 7
    var stream = RandomStream(seed: seed, replication: 0, purpose: .generation)
    var shown = 0
    for round in 0..<2000 {
      let (scaled, first) = sample(&stream, count: 3 + round % 9)
      // Bring many close to the edge between shown and not shown.
      let shift = 1 / (1.25 + 0.2 * (stream.uniform() - 0.5))
      let later = scaled.map { $0 * shift }
      for found in [
        MeanComparison.paired(later, first), MeanComparison.unpaired(later, first),
      ] {
        guard let ratio = found.ratioInterval, let isShown = found.isShown else { continue }
        #expect(ratio.contains(1) == !isShown, "round \(round), seed \(seed)")
        if isShown { shown += 1 }
      }
    }
    #expect(shown > 20, "seed \(seed)")
  }
}
