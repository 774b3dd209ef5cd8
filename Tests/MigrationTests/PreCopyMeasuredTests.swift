import Migration
import Testing

/// One guest of 4 vCPUs and 8 GiB with PostgreSQL under load, migrated by QEMU at its default cap of
/// 129 MiB/s: fitted curves beside what was measured.
///
/// Source: the logs of `LordWicked/live-migration-thesis-code`, 2026.
struct PreCopyMeasuredTests {
  private static let fourClients = DirtyCurve.twoClass(c: 14.78, h: 53.09, s: 1.235)
  private static let sixteenClients = DirtyCurve.twoClass(c: 37.88, h: 148.43, s: 1.438)

  private func transfer(_ memory: Double, _ dirty: DirtyCurve) -> PreCopyTransfer {
    var transfer = PreCopyTransfer(
      memory: memory, rate: 129, downtime: .fixed(0.3), horizon: 1000)
    transfer.lineRate = 2748
    transfer.dirty = dirty
    return transfer
  }

  @Test func `a light load converges`() throws {
    let result = PreCopyRounds.result(of: transfer(1812.1, Self.fourClients))
    let seconds = try #require(result.seconds)
    let downtime = try #require(result.downtime)
    #expect(abs(seconds / 16.72 - 1) < 0.01)
    #expect(abs(seconds / 17.19 - 1) < 0.05)
    #expect(abs(result.sent / 2247 - 1) < 0.05)
    #expect(downtime > 0.0075 && downtime < 0.030)
  }

  /// The ten runs ended when their load did.
  @Test(arguments: [109.76, 111.76, 113.07, 112.55, 112.53, 113.32, 112.19, 110.54, 114.19, 110.81])
  func `a load at the edge is not convergent until it ends`(end: Double) throws {
    var transfer = transfer(3175, Self.sixteenClients)
    #expect(PreCopyRounds.result(of: transfer).seconds == nil)
    #expect(!ConvergenceBounds(of: transfer).converges)
    transfer.loadEnd = end
    let seconds = try #require(PreCopyRounds.result(of: transfer).seconds)
    #expect(seconds - end > 0 && seconds - end < 0.6)
  }

  @Test(arguments: [(0.0, 2.075), (5, 6.30), (40, 40.49)])
  func `post-copy early and late`(at moment: Double, measured: Double) throws {
    // What the runs sent before any page was sent twice: 665,000 pages.
    var transfer = transfer(665_000.0 / 256, Self.sixteenClients)
    transfer.zeroPages = 1_430_000
    transfer.postCopyAt = moment
    let result = PreCopyRounds.result(of: transfer)
    #expect(result.ending == .postCopy)
    #expect(abs(try #require(result.seconds) / measured - 1) < 0.07)
    #expect(result.downtime == 0.05)
  }

  @Test func `a stop and copy lasts as long as its memory`() throws {
    var migration = SingleMigration(
      mode: .stopCopy, transfer: transfer(1812.1, Self.fourClients))
    migration.transfer?.zeroPages = 1_600_000
    let estimate = MigrationEstimate(of: migration)
    let total = try #require(estimate.total)
    #expect(abs(total / 14.06 - 1) < 0.02)
    #expect(estimate.downtime == total && estimate.verdict == .converges)
  }

  @Test func `a cold restart is the sum of its parts`() {
    let estimate = MigrationEstimate(of: SingleMigration(mode: .cold))
    #expect(estimate.total.map { abs($0 / 14.7 - 1) < 0.05 } == true)
    #expect(estimate.downtime == estimate.total && estimate.sent == 0)
  }
}
