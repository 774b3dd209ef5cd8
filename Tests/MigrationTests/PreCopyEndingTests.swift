import Migration
import Testing

/// How transfers end that do not end by themselves, and whole moves.
struct PreCopyEndingTests {
  private let hovering = PreCopyVectorTests.hovering

  @Test func `a forced pause sends the rest under the cap`() throws {
    var transfer = hovering
    transfer.horizon = 100
    transfer.atHorizon = .pause
    let result = PreCopyRounds.result(of: transfer)
    #expect(result.ending == .paused)
    let downtime = try #require(result.downtime)
    #expect(result.seconds == 100 + downtime)
    // Between the threshold and what a round of some 0.7 s writes above it.
    let rest = (downtime - 0.005) * 125
    #expect(rest > 28 && rest < 37.5 + 0.8 * 125)
  }

  @Test func `a forced switch takes the rest along`() throws {
    var transfer = hovering
    transfer.horizon = 100
    transfer.atHorizon = .postCopy
    let forced = PreCopyRounds.result(of: transfer)
    #expect(forced.ending == .postCopy && forced.downtime == 0.05)
    transfer.horizon = 600
    transfer.postCopyAt = 100
    #expect(PreCopyRounds.result(of: transfer).seconds == forced.seconds)
  }

  /// The rest finds its lowest mark early in the hovering, 150 s before it is given up.
  @Test func `no progress ends a transfer early`() {
    var transfer = hovering
    transfer.progressTimeout = 150
    let result = PreCopyRounds.result(of: transfer)
    #expect(result.ending == .stalled && result.seconds == nil)
    #expect(result.sent < 75075 && result.sent > 150 * 125)
    transfer.rate = 200
    #expect(PreCopyRounds.result(of: transfer).ending == .converged)
  }

  @Test func `an end after the horizon is none`() {
    var transfer = PreCopyTransfer(
      memory: 1000, rate: 1, downtime: .fixed(0.5), horizon: 600)
    #expect(PreCopyRounds.result(of: transfer).ending == .aborted)
    transfer.horizon = 1001
    #expect(PreCopyRounds.result(of: transfer).ending == .converged)
  }

  /// 40,960 pages a second hide behind 160 MiB/s; 2.4 million behind nothing.
  @Test func `zero pages show without a cap`() throws {
    var transfer = PreCopyTransfer(
      memory: 1024, rate: 1024, downtime: .fixed(0.5), horizon: 600)
    let without = try #require(PreCopyRounds.result(of: transfer).seconds)
    transfer.zeroPages = 7_200_000
    #expect(try #require(PreCopyRounds.result(of: transfer).seconds) - without == 2)
    transfer.zeroPages = 2_000_000
    #expect(PreCopyRounds.result(of: transfer).seconds == without)
  }

  @Test func `a tenth less rate decides about the edge`() throws {
    var migration = SingleMigration(mode: .live, transfer: hovering)
    #expect(MigrationEstimate(of: migration).verdict == .notConvergent)
    migration.transfer?.rate = 150
    let edge = MigrationEstimate(of: migration)
    #expect(edge.verdict == .edge)
    let range = try #require(edge.range)
    let total = try #require(edge.total)
    #expect(range.lowerBound < total && range.upperBound == 600)
    migration.transfer?.rate = 200
    let clear = MigrationEstimate(of: migration)
    #expect(clear.verdict == .converges && clear.range == nil && clear.remedies == nil)
  }

  /// 10 GiB at 125 MiB/s, a fifth of it written again: 81.92 s / 0.8.
  @Test func `disks go first and what is written to them goes again`() throws {
    var transfer = hovering
    transfer.dirty = .none
    var migration = SingleMigration(mode: .live, transfer: transfer)
    let memory = try #require(MigrationEstimate(of: migration).total)
    var disk = MirroredDisk(mebibytes: 10_240)
    disk.writeRate = 25
    migration.disk = disk
    migration.overhead = 10
    let estimate = MigrationEstimate(of: migration)
    #expect(abs(try #require(estimate.total) - memory - 10 - 102.4) < 1e-9)
    #expect(abs(estimate.sent - 4000 - 12_800) < 1e-6)
    migration.disk?.writeRate = 125
    let outrun = MigrationEstimate(of: migration)
    #expect(outrun.verdict == .notConvergent && outrun.total == nil)
    // 600 s for 10 GiB that are written again at 125 MiB/s, and 4000 MiB: about 155 MiB/s.
    migration.transfer?.rate = try #require(outrun.remedies?.rate)
    #expect(MigrationEstimate(of: migration).total.map { $0 <= 610 } == true)
    #expect(migration.transfer.map { $0.rate > 140 && $0.rate < 170 } == true)
  }

  @Test func `devices lengthen the pause by a known or unknown time`() throws {
    var migration = SingleMigration(mode: .live, transfer: hovering)
    migration.transfer?.dirty = .none
    let plain = MigrationEstimate(of: migration)
    migration.device = DeviceState(mebibytes: 1250)
    let known = MigrationEstimate(of: migration)
    #expect(abs(try #require(known.downtime) - (try #require(plain.downtime)) - 1) < 1e-9)
    migration.device = DeviceState(mebibytes: nil)
    #expect(MigrationEstimate(of: migration).downtime == nil)
    migration.device = DeviceState(mebibytes: 1250, dirty: .twoClass(c: 1))
    let rounds = MigrationEstimate(of: migration)
    #expect(try #require(rounds.downtime) < 0.1)
    #expect(abs(try #require(rounds.total) - (try #require(plain.total)) - 10) < 1)
  }

  @Test func `a cold migration holds both hosts until it is confirmed`() {
    var migration = SingleMigration(mode: .cold)
    #expect(MigrationEstimate(of: migration).holdsBoth == nil)
    migration.confirm = 30
    migration.disk = MirroredDisk(mebibytes: 1000)
    migration.rate = 100
    let estimate = MigrationEstimate(of: migration)
    #expect(estimate.total == 24.7 && estimate.holdsBoth == 54.7)
  }
}
