import Migration
import Stochastics
import Testing

/// A transfer that is driven by events beside the rounds that are played alone.
@Suite struct TransferRunTests {
  /// Drives a transfer at its own limit to its end; in pieces of some length, if one is given.
  private func drive(
    _ transfer: Transfer, pieces: Double? = nil
  ) -> (seconds: Double, run: TransferRun, pause: Double) {
    var run = TransferRun(transfer)
    var (now, pause) = (0.0, 0.0)
    while run.stage != .over {
      run.setRate(run.limit ?? 0)
      let next = run.nextChange
      if let pieces {
        var moment = now + pieces
        while moment < next {
          run.advance(to: moment)
          moment += pieces
        }
      }
      if run.stage.isPause { pause += next - now }
      now = next
      run.change()
    }
    return (now, run, pause)
  }

  private static func transfer(_ curve: DirtyCurve, rate: Double = 125) -> PreCopyTransfer {
    var transfer = PreCopyTransfer(
      memory: 4000, rate: rate, downtime: .fixed(0.3), horizon: 600)
    transfer.lineRate = 1250
    transfer.dirty = curve
    return transfer
  }

  static let transfers: [PreCopyTransfer] = {
    let edge = DirtyCurve.twoClass(c: 40, h: 160, s: 1.5)
    var converging = transfer(.twoClass(c: 40), rate: 200)
    converging.zeroPages = 1e8
    var throttled = transfer(edge)
    throttled.autoConverge = true
    var ended = transfer(edge)
    ended.loadEnd = 60
    var early = transfer(edge)
    early.postCopyAt = 5
    early.zeroPages = 1e6
    var late = transfer(edge)
    late.postCopyAt = 70
    var forced = transfer(edge)
    forced.horizon = 100
    forced.atHorizon = .pause
    var ramp = PreCopyTransfer(
      memory: 16_384, rate: 1000,
      downtime: .steps(DowntimeSteps(gibibytes: 16)), horizon: 12_800)
    ramp.dirty = .twoClass(c: 0, h: 200, s: 0.05)
    return [
      transfer(.none), transfer(.twoClass(c: 60)), converging, throttled, ended, early, late,
      forced, ramp,
    ]
  }()

  @Test(arguments: transfers.indices)
  func `events give what the rounds give`(index: Int) throws {
    let transfer = Self.transfers[index]
    let alone = PreCopyRounds.result(of: transfer)
    let (seconds, run, pause) = drive(Transfer(memory: transfer, rate: transfer.rate))
    #expect(run.ending == alone.ending)
    #expect(abs(seconds / (try #require(alone.seconds)) - 1) < 1e-6)
    #expect(run.roundCount == alone.rounds)
    #expect(abs(run.sent / alone.sent - 1) < 1e-6)
    #expect(abs(pause - (try #require(alone.downtime))) < 1e-6)
  }

  /// Bringing a transfer up to date at moments without a change of the rate changes nothing.
  @Test(arguments: transfers.indices)
  func `looking at a transfer does not change it`(index: Int) {
    let transfer = Transfer(memory: Self.transfers[index], rate: Self.transfers[index].rate)
    let (whole, pieces) = (drive(transfer), drive(transfer, pieces: 0.037))
    #expect(abs(pieces.seconds / whole.seconds - 1) < 1e-3)
    #expect(abs(pieces.run.sent / whole.run.sent - 1) < 1e-3)
  }

  @Test func `a transfer that hovers is given up at its horizon`() {
    var endless = Self.transfer(.twoClass(c: 40, h: 160, s: 1.5))
    let aborted = drive(Transfer(memory: endless, rate: 125))
    #expect(aborted.run.ending == .aborted && abs(aborted.seconds - 600) < 1e-9)
    endless.progressTimeout = 150
    let stalled = drive(Transfer(memory: endless, rate: 125))
    #expect(stalled.run.ending == .stalled && stalled.seconds < 200)
  }

  /// A gigabyte at 100 MiB/s, half of the time at half the rate: 1000 MiB in 10 s or 15 s.
  @Test func `another rate in the middle counts from then on`() {
    var transfer = PreCopyTransfer(memory: 1000, rate: 100, downtime: .fixed(0.01), horizon: 600)
    transfer.stop = 0
    var run = TransferRun(Transfer(memory: transfer, rate: 100))
    run.setRate(100)
    run.advance(to: 5)
    run.setRate(50)
    var now = 5.0
    while run.stage != .over {
      now = run.nextChange
      run.change()
    }
    #expect(abs(now - 15) < 1e-6)
    #expect(abs(run.sent - 1000) < 1e-6)
  }

  /// 200 MiB of disk at 100 MiB/s with 50 written a second: 4 s; then 100 MiB of memory.
  @Test func `the disk goes first and is written to meanwhile`() {
    var disk = MirroredDisk(mebibytes: 200)
    disk.writeRate = 50
    var memory = PreCopyTransfer(memory: 100, rate: 100, downtime: .fixed(0.01), horizon: 600)
    memory.stop = 0
    let result = drive(Transfer(disk: disk, memory: memory, rate: 100))
    #expect(abs(result.seconds - 5) < 1e-6)
    #expect(abs(result.run.sent - 500) < 1e-6)
  }

  @Test func `a guest in post-copy is lost with its link`() {
    var memory = Self.transfer(.twoClass(c: 40, h: 160, s: 1.5))
    memory.postCopyAt = 1
    memory.postCopy.rate = 100
    var transfer = Transfer(memory: memory, rate: 125)
    let whole = drive(transfer)
    #expect(whole.run.ending == .postCopy)
    transfer.linkFailureAfter = 10
    let lost = drive(transfer)
    #expect(lost.run.ending == .lost)
    #expect(abs(lost.seconds - 11.05) < 1e-6)
    transfer.linkFailureAfter = whole.seconds
    #expect(drive(transfer).run.ending == .postCopy)
  }

  /// The state of a device that cannot be copied in rounds lengthens the pause by state over line.
  @Test func `paused state lengthens the pause`() {
    let memory = Self.transfer(.none)
    var transfer = Transfer(memory: memory, rate: 125)
    let without = drive(transfer)
    transfer.pausedState = 500
    let with = drive(transfer)
    #expect(abs(with.pause - without.pause - 500.0 / 1250) < 1e-9)
  }

  /// Whatever a link gives and when, a guest that writes nothing has its memory sent once.
  @Test(arguments: UInt64(1)...20)
  func `all is sent once at changing rates`(seed: UInt64) {
    var draws = RandomStream(seed: seed, replication: 0, purpose: .policies)
    var memory = PreCopyTransfer(memory: 1000, rate: 100, downtime: .fixed(0.3), horizon: 1e6)
    memory.stop = 0
    var run = TransferRun(Transfer(memory: memory, rate: 100))
    var (now, sent) = (0.0, 0.0)
    while run.stage != .over {
      let rate = draws.uniform() * 100
      run.setRate(rate)
      let moment = now + draws.exponential(mean: 0.5)
      let next = min(moment, run.nextChange)
      sent += (run.limit == nil ? 0 : rate) * (next - now)
      if run.nextChange <= moment { run.change() } else { run.advance(to: moment) }
      now = next
    }
    #expect(abs(run.sent - 1000) < 1e-6, "seed \(seed)")
    #expect(abs(sent - 1000) < 1e-6, "seed \(seed)")
  }
}
