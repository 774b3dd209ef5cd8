import Migration
import Testing

/// Small transfers whose rounds can be followed by hand, with what they come to.
struct PreCopyVectorTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var transfer: PreCopyTransfer
    var total: Double?
    var rounds: Int
    var sent: Double
    var downtime: Double?
    var throttle = 0.0

    var testDescription: String { name }
  }

  private static func small(_ dirtyRate: Double) -> PreCopyTransfer {
    var transfer = PreCopyTransfer(
      memory: 1000, rate: 100, downtime: .fixed(0.5), horizon: 600)
    transfer.lineRate = 1000
    transfer.stop = 0.01
    transfer.dirty = .twoClass(c: dirtyRate)
    return transfer
  }

  /// A guest that writes 146.7 MiB/s at first, on a link of 125 MiB/s.
  static var hovering: PreCopyTransfer {
    var transfer = PreCopyTransfer(
      memory: 4000, rate: 125, downtime: .fixed(0.3), horizon: 600)
    transfer.lineRate = 1250
    transfer.dirty = .twoClass(c: 40, h: 160, s: 1.5)
    return transfer
  }

  private static func changed(
    _ transfer: PreCopyTransfer, _ change: (inout PreCopyTransfer) -> Void
  ) -> PreCopyTransfer {
    var other = transfer
    change(&other)
    return other
  }

  /// 16 GiB over 1000 MiB/s.
  static func large(_ dirty: DirtyCurve, _ downtime: DowntimeLimit) -> PreCopyTransfer {
    var transfer = PreCopyTransfer(
      memory: 16384, rate: 1000, downtime: downtime, horizon: 12_800)
    transfer.stop = 0.01
    transfer.dirty = dirty
    return transfer
  }

  static let ramp = DowntimeLimit.steps(DowntimeSteps(gibibytes: 16))
  static let hotSet = DirtyCurve.twoClass(c: 0, h: 200, s: 0.05)

  static let vectors: [Vector] = [
    Vector(
      name: "A, no writes", transfer: small(0), total: 9.650, rounds: 1, sent: 1000,
      downtime: 0.050),
    Vector(
      name: "B, a fifth", transfer: small(20), total: 11.956, rounds: 3, sent: 1236,
      downtime: 0.056),
    Vector(
      name: "C, half", transfer: small(50), total: 19.155, rounds: 8, sent: 1955, downtime: 0.055),
    Vector(name: "D, as fast", transfer: small(100), rounds: 63, sent: 60480),
    Vector(name: "E1, hovering", transfer: hovering, rounds: 773, sent: 75075),
    Vector(
      name: "E2, throttled", transfer: changed(hovering) { $0.autoConverge = true },
      total: 57.633, rounds: 14, sent: 7235.1, downtime: 0.0331, throttle: 40),
    Vector(
      name: "E3, load ends", transfer: changed(hovering) { $0.loadEnd = 60 }, total: 60.932,
      rounds: 12, sent: 7645.9, downtime: 0.0317),
    Vector(
      name: "E4, more rate", transfer: changed(hovering) { $0.rate = 200 }, total: 28.749,
      rounds: 11, sent: 5795.4, downtime: 0.0493),
    Vector(
      name: "G, steady writes on Nova's ramp", transfer: large(.twoClass(c: 700), ramp),
      total: 54.509, rounds: 20, sent: 54499, downtime: 0.059),
    Vector(
      name: "H1, hot set", transfer: large(hotSet, .fixed(0.5)), total: 16.510, rounds: 3,
      sent: 16500, downtime: 0.210),
    Vector(
      name: "H2, hot set on Nova's ramp", transfer: large(hotSet, ramp), total: 4800.24,
      rounds: 45304, sent: 4_800_230, downtime: 0.210),
  ]

  @Test(arguments: vectors) func `rounds come to known sums`(vector: Vector) throws {
    let result = PreCopyRounds.result(of: vector.transfer)
    #expect(result.ending == (vector.total == nil ? .aborted : .converged))
    #expect((result.seconds == nil) == (vector.total == nil))
    if let total = vector.total, let seconds = result.seconds {
      #expect(abs(seconds / total - 1) < 0.001)
    }
    #expect(abs(Double(result.rounds) / Double(vector.rounds) - 1) < 0.001)
    #expect(abs(result.sent / vector.sent - 1) < 0.001)
    #expect((result.downtime == nil) == (vector.downtime == nil))
    if let known = vector.downtime, let downtime = result.downtime {
      // The known values have three digits.
      #expect(abs(downtime - known) < max(known * 0.001, 0.00006))
    }
    #expect(result.throttle == vector.throttle)
  }

  /// A constant dirty rate of r times the rate: the rounds beside V/(B (1 - r)).
  @Test(arguments: [
    (0, 3.436), (0.1, 3.786), (0.25, 4.450), (0.5, 6.586), (0.75, 12.886), (0.9, 31.696),
    (0.95, 63.096),
  ]) func `the closed form is never below and at most nine percent above`(
    ratio: Double, total: Double
  ) throws {
    let rate = 1192.09
    var transfer = PreCopyTransfer(
      memory: 4096, rate: rate, downtime: .fixed(0.3), horizon: 3200)
    transfer.stop = 0
    transfer.dirty = .twoClass(c: ratio * rate)
    let seconds = try #require(PreCopyRounds.result(of: transfer).seconds)
    #expect(abs(seconds / total - 1) < 0.001)
    let closed = try #require(
      ConvergenceBounds.seconds(memory: 4096, rate: rate, dirtyRate: ratio * rate))
    #expect(closed >= seconds * (1 - 1e-12) && closed <= seconds * 1.09)
    #expect(ConvergenceBounds.seconds(memory: 4096, rate: rate, dirtyRate: rate) == nil)
  }

  @Test func `ramps of the pause`() {
    let eight = DowntimeSteps(gibibytes: 8)
    let three = DowntimeSteps(
      milliseconds: 400, count: 10, delayPerGibibyte: 30, gibibytes: 3)
    let known: [(DowntimeSteps, Double, Int)] = [
      (eight, 0, 50), (eight, 599.9, 50), (eight, 600, 95), (eight, 1200, 140), (eight, 6000, 500),
      (eight, 1e9, 500), (three, 0, 40), (three, 89.9, 40), (three, 90, 76), (three, 180, 112),
      (three, 900, 400),
    ]
    for (ramp, time, milliseconds) in known {
      #expect(ramp.milliseconds(at: time) == milliseconds, "at \(time) s")
    }
    #expect(DowntimeSteps(delayPerGibibyte: 0, gibibytes: 2).milliseconds(at: 0) == 500)
    #expect(DowntimeSteps(milliseconds: 1, gibibytes: 2).milliseconds(at: 0) == 1)
    #expect(TransferSize.gibibytes(memory: 0.5) == 2)
    #expect(TransferSize.gibibytes(memory: 8, disks: [1, 20]) == 30)
  }
}
