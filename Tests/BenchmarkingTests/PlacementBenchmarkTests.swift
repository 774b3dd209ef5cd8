import Benchmarking
import Policies
import Testing

/// The proven values of the shared instances.
@Suite struct PlacementBenchmarkTests {
  @Test(
    .enabled(if: SharedInstances.folder != nil, "the shared instances are not here"),
    arguments: [
      ("evac-12-easy", 3), ("evac-120-rack", 49), ("evac-50-easy", 0), ("evac-50-over", 37),
      ("evac-50-tight", 4),
    ])
  func provenValues(name: String, unplaced: Int) throws {
    let instance = try PlacementInstance(json: SharedInstances.read(name))
    let benchmark = try #require(PlacementBenchmark(instance))
    #expect(benchmark.name == name)
    #expect(benchmark.bestKnownUnplaced == unplaced)
    #expect(benchmark.unplaced == unplaced)
    #expect(benchmark.bound == unplaced)
    #expect(benchmark.isProven)
    #expect(benchmark.gap == 0)
    #expect(benchmark.bestFitDecreasingUnplaced >= unplaced)
    #expect(benchmark.peakMemoryBytes > 0)
    #expect(benchmark.cpuSeconds > 0)
    #expect(benchmark.result.solverError == nil)
  }

  @Test(.enabled(if: SharedInstances.folder != nil, "the shared instances are not here"))
  func countsOfAnInstance() throws {
    let instance = try PlacementInstance(json: SharedInstances.read("evac-120-rack"))
    #expect(instance.hostCount == 120)
    #expect(instance.drainedCount == 12)
    #expect(instance.movableCount == 357)
    #expect(instance.packingProblem.bins.count == 108)
    #expect(instance.packingProblem.itemCount == 357)
  }

  @Test(
    .enabled(if: SharedInstances.folder != nil, "the shared instances are not here"),
    arguments: [("headroom-30", "headroom"), ("consolidate-24", "consolidate")])
  func otherProblemsAreRefused(name: String, problem: String) throws {
    let json = try SharedInstances.read(name)
    #expect(throws: PlacementInstanceError.otherProblem(found: problem)) {
      try PlacementInstance(json: json)
    }
  }
}
