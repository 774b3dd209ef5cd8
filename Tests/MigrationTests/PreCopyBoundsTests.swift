import Foundation
import Migration
import Testing

/// Dirty curves, and what they say before rounds are played.
struct PreCopyBoundsTests {
  private static let sixteenClients = DirtyCurve.points(
    [
      (0.386, 50.7), (0.80, 92.2), (1.22, 128.2), (1.68, 170), (2.03, 188.7), (3.46, 264.8),
      (7.95, 455.8), (24.27, 1060),
    ].map { .init(seconds: $0.0, mebibytes: $0.1) })

  @Test func `two classes of writes`() {
    let curve = DirtyCurve.twoClass(c: 40, h: 160, s: 1.5)
    #expect(curve.written(in: 0) == 0 && curve.written(in: -1) == 0)
    #expect(abs(curve.written(in: 1.5) - (60 + 160 * (1 - 1 / M_E))) < 1e-9)
    #expect(abs(curve.steepestRate - (40 + 160 / 1.5)) < 1e-12)
    #expect(curve.lastingRate == 40 && curve.saturation == nil)
    #expect(DirtyCurve.twoClass(c: 0, h: 200, s: 0.05).saturation == 200)
  }

  @Test func `points are joined by lines and the last one continued`() {
    let curve = Self.sixteenClients
    #expect(abs(curve.written(in: 0.193) - 25.35) < 1e-9)
    #expect(abs(curve.written(in: 24.27) - 1060) < 1e-9)
    let slope = (1060 - 455.8) / (24.27 - 7.95)
    #expect(abs(curve.written(in: 34.27) - (1060 + 10 * slope)) < 1e-9)
    #expect(abs(curve.steepestRate - 50.7 / 0.386) < 1e-9)
    let fromOrigin = DirtyCurve.points([
      .init(seconds: 0, mebibytes: 0), .init(seconds: 2, mebibytes: 6),
      .init(seconds: 4, mebibytes: 6),
    ])
    #expect(fromOrigin.written(in: 1) == 3 && fromOrigin.written(in: 9) == 6)
    #expect(fromOrigin.saturation == 6)
  }

  /// Rounds of 0.709 s in which 88.6 MiB are written and sent.
  @Test func `what would help a guest that hovers`() throws {
    let transfer = PreCopyVectorTests.hovering
    let bounds = ConvergenceBounds(of: transfer)
    #expect(!bounds.converges)
    #expect(abs(bounds.rate - 146.667) < 0.001)
    let pause = try #require(bounds.downtime)
    #expect(abs(pause - 0.709) < 0.0005)
    #expect(abs(transfer.dirty.written(in: pause) - 88.6) < 0.05)
    #expect(abs(bounds.throttle - (1 - 125 / 146.667) * 100) < 0.001)

    let remedies = ConvergenceRemedies(for: transfer)
    for (rate, throttle) in [(remedies.rate, 0.0), (125, remedies.throttle)] {
      var changed = transfer
      changed.rate = try #require(rate)
      changed.throttle = try #require(throttle)
      #expect(PreCopyRounds.result(of: changed).ending == .converged)
    }
    #expect(try #require(remedies.rate) < 147)
    #expect(try #require(remedies.throttle) < 15)
    #expect(!remedies.isDowntimeConfirmed)
  }

  /// A constant rate leaves no pause that would do, and a rate just above it takes for ever.
  @Test func `what would help against constant writes`() throws {
    var transfer = PreCopyTransfer(
      memory: 1000, rate: 100, downtime: .fixed(0.5), horizon: 600)
    transfer.dirty = .twoClass(c: 100)
    let remedies = ConvergenceRemedies(for: transfer)
    #expect(remedies.downtime == nil)
    // V/(B - D) = 600 s at 101.7 MiB/s, less what the pause saves.
    #expect(abs(try #require(remedies.rate) - 101.6) < 0.2)
  }

  @Test func `the measured guest at the edge hovers in rounds of 0.37 s`() throws {
    let curve = DirtyCurve.twoClass(c: 37.88, h: 148.43, s: 1.438)
    let pause = try #require(curve.leastPause(rate: 129))
    #expect(abs(pause / 0.367 - 1) < 0.01)
    #expect(abs(curve.written(in: pause) / 47.3 - 1) < 0.01)
    #expect(abs(pause / 0.386 - 1) < 0.10)
    #expect(DirtyCurve.none.leastPause(rate: 1) == 0)
    #expect(curve.leastPause(rate: 37) == nil)
  }

  @Test func `streams, caps and encryption`() {
    var rates = StreamRate(stream: 1000)
    #expect(rates.rate == 1000)
    rates.encryption = 300
    #expect(rates.rate == 300)
    rates.count = 4
    #expect(rates.rate == 1200)
    rates.count = 16
    rates.encryption = nil
    #expect(rates.rate == 8000)
    rates.link = 2500
    rates.cap = 200
    #expect(rates.uncapped == 2500 && rates.rate == 200)
  }
}
