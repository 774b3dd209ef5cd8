import Stochastics
import Testing

@Suite struct DistributionTests {
  /// Quantiles to compare with, from the closed forms evaluated with SciPy.
  @Test func quantilesAreRight() {
    let shape = LognormalShape(median: 2, sigma: 0.5)
    let normal = Distribution.truncatedNormal(mean: 10, deviation: 2, low: 9, high: 20)
    #expect(close(Distribution.exponential(mean: 3).quantile(0.5), 2.0794415416798357))
    #expect(close(Distribution.lognormal(shape).quantile(0.9), 3.795905414669421))
    #expect(close(Distribution.uniform(low: -1, high: 3).quantile(0.25), 0))
    #expect(close(normal.quantile(0.5), 10.793741572775788))
    #expect(close(normal.mean, 11.018316989608353))
    #expect(close(shape.mean, 2.2662969061336526))
  }

  @Test(arguments: [
    Distribution.constant(4), .uniform(low: 2, high: 8), .exponential(mean: 5),
    .lognormal(LognormalShape(mean: 7, cv: 0.3)),
    .truncatedNormal(mean: 0, deviation: 1, low: 1, high: 9),
  ])
  func sampleMeansAgree(distribution: Distribution) throws {
    try distribution.check()
    var stream = RandomStream(seed: 11, replication: 0, purpose: .generation)
    var sample = RunningMean()
    for _ in 0..<20_000 { sample.add(distribution.sample(from: &stream)) }
    let margin = 5 * sample.standardError + 1e-12
    #expect(abs(sample.mean - distribution.mean) < margin, "seed 11 \(distribution)")
  }

  @Test func lognormalByMeanAndSpread() {
    let shape = LognormalShape(mean: 1, cv: 0.05)
    #expect(close(shape.mean, 1))
    #expect(close(shape.sigma, 0.04996879224663329))
    #expect(close(shape.median, 0.9987523388778446))
  }

  @Test func tablesGiveBackWhatTheyHold() throws {
    let table = try EmpiricalTable(values: [3, 1, 2, 9], weights: [1, 1, 2, 0])
    #expect(table.values == [1, 2, 3])
    #expect(table.quantile(0.25) == 1 && table.quantile(0.26) == 2)
    #expect(table.quantile(0.75) == 2 && table.quantile(0.99) == 3)
    #expect(close(table.mean, 2))
  }

  @Test func tablesRefuseNonsense() {
    #expect(throws: StochasticsError.emptySample) { try EmpiricalTable(values: []) }
    #expect(throws: StochasticsError.emptySample) {
      try EmpiricalTable(values: [1], weights: [0])
    }
    #expect(throws: StochasticsError.countMismatch(first: 2, second: 1)) {
      try EmpiricalTable(values: [1, 2], weights: [1])
    }
    #expect(throws: StochasticsError.badParameter(name: "weight", value: -1)) {
      try EmpiricalTable(values: [1], weights: [-1])
    }
  }

  @Test func badParametersAreNamed() {
    #expect(throws: StochasticsError.badParameter(name: "mean", value: 0)) {
      try Distribution.exponential(mean: 0).check()
    }
    #expect(throws: StochasticsError.badParameter(name: "high", value: 1)) {
      try Distribution.uniform(low: 2, high: 1).check()
    }
    #expect(throws: StochasticsError.badParameter(name: "low", value: 90)) {
      try Distribution.truncatedNormal(mean: 0, deviation: 1, low: 90, high: 99).check()
    }
  }
}

/// Whether two numbers agree to nine digits.
func close(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance * max(1, abs(expected))
}
