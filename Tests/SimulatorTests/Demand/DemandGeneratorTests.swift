import CloudModel
import Simulator
import Stochastics
import Testing

/// Generated demand against the distributions that it is drawn from; all bounds are four standard
/// errors or more, for fixed seeds.
struct DemandGeneratorTests {
  private struct Sample {
    var times: [Double] = []
    var kinds: [DemandKind] = []
    var requests: [Int32] = []
    var lives: [Double] = []
    var keys: [Int32] = []
  }

  private static let requests = [
    PlacementRequest(milliCPU: 1000, memoryMiB: 1024),
    PlacementRequest(milliCPU: 2000, memoryMiB: 4096),
  ]

  private static func model(
    perHour: Double = 100, hours: Int64 = 100, _ change: (inout DemandModel) -> Void = { _ in }
  ) -> DemandModel {
    var model = DemandModel(perHour: perHour, weights: [3, 1])
    model.until = hours * 3_600_000_000
    change(&model)
    return model
  }

  private static func sample(
    _ model: DemandModel, seed: UInt64 = 1, replication: UInt64 = 0
  ) throws -> Sample {
    let generator = try DemandGenerator(
      model, requests: requests, seed: seed, replication: replication)
    return try drain(generator)
  }

  private static func drain(_ source: DemandGenerator) throws -> Sample {
    var source = source
    var sample = Sample()
    var block = DemandBlock(limit: 100)
    repeat {
      block.removeAll()
      try source.fill(&block)
      sample.times += block.times.map { Double($0) / 1e6 }
      sample.kinds += block.kinds
      sample.requests += block.requests
      sample.lives += block.lives.map { Double($0) / 1e6 }
      sample.keys += block.keys
    } while block.count > 0
    return sample
  }

  @Test func `arrivals are a Poisson process with the mix and lives that were asked for`() throws {
    let sample = try Self.sample(Self.model { $0.life = .exponential(mean: 7200) })
    let count = Double(sample.times.count)
    #expect(abs(count - 10_000) < 4 * 100)
    #expect(zip(sample.times, sample.times.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(sample.times.allSatisfy { $0 >= 0 && $0 < 360_000 })
    // The number in an hour has the variance of its mean; 100 hours.
    var perHour = [Double](repeating: 0, count: 100)
    for time in sample.times { perHour[Int(time / 3600)] += 1 }
    let variance = perHour.reduce(0) { $0 + ($1 - 100) * ($1 - 100) } / 100
    #expect(abs(variance / 100 - 1) < 4 * (2.0 / 100).squareRoot())
    let first = Double(sample.requests.count { $0 == 0 })
    #expect(abs(first / count - 0.75) < 4 * (0.75 * 0.25 / count).squareRoot())
    #expect(abs(sample.lives.reduce(0, +) / count - 7200) < 4 * 7200 / count.squareRoot())
    #expect(sample.keys.allSatisfy { $0 == -1 })
  }

  @Test func `bursts arrive at one instant with the sizes of their distribution`() throws {
    let sample = try Self.sample(
      Self.model { $0.burst = .uniform(low: 0.5, high: 9.5) })
    var sizes: [Double: Double] = [:]
    for time in sample.times { sizes[time, default: 0] += 1 }
    let count = Double(sizes.count)
    #expect(abs(count - 10_000) < 400)
    #expect(sizes.values.max() == 9)
    #expect(sizes.values.min() == 1)
    // Whole numbers from 1 to 9, mean 5, deviation 2.58.
    #expect(abs(Double(sample.times.count) / count - 5) < 4 * 2.6 / count.squareRoot())
  }

  @Test func `a daily pattern has its factors`() throws {
    let factors = (0..<24).map { $0 == 12 ? 2.0 : $0 < 6 ? 0 : 0.5 }
    let sample = try Self.sample(Self.model(hours: 2400) { $0.daily = factors })
    var counts = [Double](repeating: 0, count: 24)
    for time in sample.times { counts[Int(time / 3600) % 24] += 1 }
    for (count, factor) in zip(counts, factors) {
      let expected = 100 * 100 * factor
      #expect(abs(count - expected) <= 4 * expected.squareRoot())
    }
  }

  @Test func `lives can be recorded ones, or have no end`() throws {
    let table = try EmpiricalTable(values: [60, 3600], weights: [9, 1])
    let recorded = try Self.sample(Self.model { $0.life = .empirical(table) })
    let count = Double(recorded.lives.count)
    #expect(Set(recorded.lives) == [60, 3600])
    let short = Double(recorded.lives.count { $0 == 60 })
    #expect(abs(short / count - 0.9) < 4 * (0.09 / count).squareRoot())
    #expect(try Self.sample(Self.model()).lives.allSatisfy { $0 < 0 })
  }

  @Test func `resizes come at their rate while a VM is there, and keys are nobody else's`() throws {
    let sample = try Self.sample(
      Self.model {
        $0.life = .constant(7200)
        $0.resizesPerHour = 0.5
      })
    var ends: [Int32: Double] = [:]
    var faults = 0
    for index in sample.times.indices where sample.keys[index] >= 0 {
      let (key, time) = (sample.keys[index], sample.times[index])
      if sample.kinds[index] == .arrival {
        if let end = ends[key], end > time { faults += 1 }
        ends[key] = time + sample.lives[index]
      } else if ends[key].map({ time < $0 }) != true {
        faults += 1
      }
    }
    #expect(faults == 0)
    let arrivals = Double(sample.kinds.count { $0 == .arrival })
    let resizes = Double(sample.kinds.count { $0 == .resize })
    // One for each VM, less those of the last two hours that fall behind the end.
    #expect(abs(resizes - (arrivals - 100)) < 4 * arrivals.squareRoot())
    // 200 VMs are there at once, so there are hardly more keys than that.
    #expect((sample.keys.max() ?? 0) < 260)
    let ordered = zip(sample.times, sample.times.dropFirst()).allSatisfy { $0 <= $1 }
    #expect(ordered)
  }

  @Test func `equal seeds repeat, others differ, and a part leaves the others as they are`() throws
  {
    let model = Self.model(hours: 10) { $0.life = .exponential(mean: 60) }
    let first = try Self.sample(model)
    let again = try Self.sample(model)
    #expect(again.times == first.times && again.lives == first.lives)
    #expect(try Self.sample(model, seed: 2).times != first.times)
    #expect(try Self.sample(model, replication: 1).times != first.times)
    let longer = try Self.sample(Self.model(hours: 10) { $0.life = .exponential(mean: 120) })
    #expect(longer.times == first.times && longer.requests == first.requests)
    #expect(longer.lives != first.lives)
  }

  @Test func `a copy goes on from where the original stands`() throws {
    var generator = try DemandGenerator(
      Self.model { $0.resizesPerHour = 1 }, requests: Self.requests, seed: 1, replication: 0)
    var block = DemandBlock(limit: 500)
    try generator.fill(&block)
    let copy = generator
    let rest = try Self.drain(generator)
    #expect(rest.times == (try Self.drain(copy)).times)
    #expect(rest.times.count > 1000)
  }

  @Test func `weights without a distribution are refused`() {
    var model = DemandModel(perHour: 1, weights: [0, 0])
    #expect(throws: StochasticsError.self) {
      try DemandGenerator(model, requests: Self.requests, seed: 1, replication: 0)
    }
    model.weights = [1, 1]
    model.perHour = 0
    #expect(throws: StochasticsError.self) {
      try DemandGenerator(model, requests: Self.requests, seed: 1, replication: 0)
    }
  }
}
