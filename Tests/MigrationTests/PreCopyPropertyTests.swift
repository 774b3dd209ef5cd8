import Migration
import Stochastics
import Testing

/// What holds for any guest: random transfers by a printed seed.
struct PreCopyPropertyTests {
  private static func random(_ seed: UInt64) -> PreCopyTransfer {
    var draw = RandomStream(seed: seed, replication: 0, purpose: .load)
    let rate = 50 + 2000 * draw.uniform()
    var transfer = PreCopyTransfer(
      memory: 1024 * (2 + 62 * draw.uniform()), rate: rate,
      downtime: .fixed(0.05 + 0.45 * draw.uniform()), horizon: 20_000)
    let c = rate * draw.uniform() * 0.6
    transfer.dirty = .twoClass(
      c: c, h: 500 * draw.uniform(), s: 0.05 + 3 * draw.uniform())
    return transfer
  }

  private func result(of transfer: PreCopyTransfer) -> TransferResult {
    PreCopyRounds.result(of: transfer)
  }

  @Test(arguments: 0..<60) func `twice the rate is never slower`(seed: UInt64) throws {
    let transfer = Self.random(seed)
    guard let slow = result(of: transfer).seconds else { return }
    var faster = transfer
    faster.rate *= 2
    faster.lineRate *= 2
    let fast = try #require(result(of: faster).seconds, "seed \(seed)")
    #expect(fast <= slow, "seed \(seed)")
  }

  @Test(arguments: 0..<60) func `a curve below the rate converges`(seed: UInt64) throws {
    let transfer = Self.random(seed)
    let bounds = ConvergenceBounds(of: transfer)
    guard bounds.rate < 0.9 * transfer.rate else { return }
    #expect(bounds.converges)
    let seconds = try #require(result(of: transfer).seconds, "seed \(seed)")
    #expect(seconds >= transfer.memory / transfer.rate - 0.51, "seed \(seed)")
  }

  /// Nothing written: the memory over the rate, but for what goes at the rate of the line.
  @Test(arguments: 0..<40) func `no writes, no more than the memory`(seed: UInt64) throws {
    var transfer = Self.random(seed)
    transfer.dirty = .none
    transfer.stop = 0
    let result = result(of: transfer)
    let seconds = try #require(result.seconds)
    #expect(abs(seconds - transfer.memory / transfer.rate) < 1e-9 * seconds, "seed \(seed)")
    #expect(abs(result.sent - transfer.memory) < 1e-6, "seed \(seed)")
    #expect(result.rounds == 1)
  }

  /// More memory and earlier post-copy never send less and never more than all of it twice.
  @Test(arguments: 0..<40) func `post-copy ends whatever is written`(seed: UInt64) throws {
    var transfer = Self.random(seed)
    transfer.dirty = .twoClass(c: transfer.rate * 3)
    transfer.postCopyAt = 5
    let result = result(of: transfer)
    let seconds = try #require(result.seconds, "seed \(seed)")
    let most = 5 + 0.4 + transfer.memory / transfer.postCopy.rate
    #expect(result.ending == .postCopy || seconds < 5, "seed \(seed)")
    #expect(seconds <= most + 1e-9, "seed \(seed)")
  }

  @Test func `every transfer has a last round`() {
    var transfer = PreCopyTransfer(
      memory: 1000, rate: 100, downtime: .fixed(0.001), horizon: 1e12)
    transfer.dirty = .twoClass(c: 1000)
    transfer.memory = 1e9
    #expect(result(of: transfer).seconds == nil)
    transfer.dirty = .twoClass(c: 99, h: 10, s: 0.0001)
    transfer.memory = 1000
    let endless = result(of: transfer)
    #expect(endless.seconds == nil && endless.rounds == PreCopyTransfer.roundLimit)
  }
}
