import Documents
import Scenarios
import Testing

/// What a section writes, it reads back.
struct DeclarationsRoundTripTests {
  @Test func `defaults are left out`() throws {
    var reading = Reading()
    let node = Node(["name": "a", "count": 1, "memory": "65536 MiB", "traits": []])
    let host = try #require(DeclarationsExample.host.decode(node, &reading))
    #expect(DeclarationsExample.host.encode(host).json() == #"{"name":"a"}"#)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `records read back`(seed: UInt64) throws {
    var generator = Source(state: seed)
    var host = ExampleHost()
    host.name = "h\(seed)"
    host.count = generator.amount(from: 1)
    host.share = Double.random(in: 0...1, using: &generator)
    host.state = ExampleHost.State.allCases.randomElement(using: &generator) ?? .up
    host.memory = generator.amount(from: 1 << 20)
    host.boot = generator.amount(from: 0)
    host.network = generator.rate()
    host.since =
      Bool.random(using: &generator)
      ? nil : Int64.random(in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &generator)
    host.traits = (0..<Int.random(in: 0...3, using: &generator)).map { _ in "ab" }
    host.weights = ["x": Double.random(in: -1e9...1e9, using: &generator)]
    host.tags = [Entry(key: "k: #", value: "no")]
    host.devices = [ExampleDevice(type: "nic", count: Int.random(in: 1...8, using: &generator))]
    let document = DeclarationsExample.host.encode(host)
    for (text, format) in [(document.yaml(), DocumentFormat.yaml), (document.json(), .json)] {
      var reading = Reading()
      var read = DeclarationsExample.host.decode(try Node.read(text, as: format), &reading)
      read?.place = .none
      #expect(read == host, "seed \(seed): \(text)\(reading.text())")
    }
  }

  @Test(
    arguments: [
      (0, "0 B"), (1, "1 B"), (1024, "1 KiB"), (1536, "1536 B"), (64 << 30, "64 GiB"),
      (1 << 40, "1 TiB"), (.max, "9223372036854775807 B"),
    ] as [(Int64, String)])
  func `bytes are written with the largest unit that keeps them whole`(
    amount: Int64, text: String
  ) {
    #expect(Codec<Int64>.bytes.encode(amount) == .text(text))
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400_000_000, "2000-02-29T00:00:00Z"),
      (1_795_503_600_250_000, "2026-11-24T07:00:00.25Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ] as [(Int64, String)])
  func `instants`(microseconds: Int64, text: String) {
    #expect(Codec<Int64>.instant.encode(microseconds) == .text(text))
    var reading = Reading()
    #expect(Codec<Int64>.instant.decode(Node(.text(text)), &reading) == microseconds)
  }

  @Test(
    arguments: [
      ("2026-11-24 08:00+0100", 1_795_503_600_000_000),
      ("2026-11-24T07:00:00z", 1_795_503_600_000_000),
      ("2026-11-23T23:30:00-07:30", 1_795_503_600_000_000),
    ] as [(String, Int64)])
  func `instants with other offsets`(text: String, microseconds: Int64) {
    var reading = Reading()
    #expect(Codec<Int64>.instant.decode(Node(.text(text)), &reading) == microseconds)
  }
}

/// Seeded draws of amounts of every size.
private struct Source: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 33
  }

  mutating func amount(from least: Int64) -> Int64 {
    let value = Int64(next() >> 1) >> Int64.random(in: 0..<40, using: &self)
    return max(least, Bool.random(using: &self) ? value : value &* 1024 & .max)
  }

  mutating func rate() -> Double {
    [0, 125e6, 25 * 125e6, 436 * 1_048_576, 0.125, Double.random(in: 0...1e12, using: &self)]
      .randomElement(using: &self) ?? 0
  }
}
