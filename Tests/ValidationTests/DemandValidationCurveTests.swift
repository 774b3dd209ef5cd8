import Testing
import Validation

/// The estimator of survival and the peak, on cases worked out by hand and by brute force.
@Suite struct DemandValidationCurveTests {
  @Test func survivalOfSixVMs() {
    // Two of six end in bin 0, one is cut off there; of the three left one ends in bin 1 and one is
    // cut off; the last ends in bin 2: 4/6, 4/6 * 2/3, 0.
    let curve = SurvivalCurve(
      times: [0, 300, 600], bins: [0, 0, 0, 1, 1, 2],
      isCensored: [false, false, true, false, true, false])
    #expect(abs(curve.survival[0] - 2.0 / 3) < 1e-15)
    #expect(abs(curve.survival[1] - 4.0 / 9) < 1e-15)
    #expect(curve.survival[2] == 0)
    #expect(curve.survival(past: 299) == curve.survival[0])
    #expect(curve.survival(past: -1) == 1)
  }

  @Test func withoutCensoringItIsTheShareOfLongerLives() {
    let bins = [0, 0, 1, 2, 2, 2, 3, 3]
    let curve = SurvivalCurve(
      times: [0, 1, 2, 3], bins: bins, isCensored: bins.map { _ in false })
    for bin in 0..<4 {
      let longer = Double(bins.count { $0 > bin }) / Double(bins.count)
      #expect(abs(curve.survival[bin] - longer) < 1e-12)
    }
  }

  @Test(arguments: 0..<20)
  func peakIsThatOfEveryInstant(seed: Int) {
    // A small linear congruential sequence: the cases are the same on every machine.
    var state = UInt64(seed) &* 2_654_435_761 &+ 1
    func draw(_ bound: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % bound
    }
    let arrivals = (0..<40).map { _ in draw(50) }.sorted()
    let ends = arrivals.map { arrival in draw(5) == 0 ? Int64.max : arrival + draw(20) + 1 }
    let sizes = arrivals.map { _ in (milliCPU: draw(9), memoryMiB: draw(9)) }
    let peak = PeakLoad(arrivals: arrivals, ends: ends) { sizes[$0] }
    let loads = (0...80).map { Int64($0) }.map { now in
      arrivals.indices.filter { arrivals[$0] <= now && ends[$0] > now }
    }
    #expect(peak.vms == loads.map(\.count).max(), "seed \(seed)")
    #expect(
      peak.milliCPU == loads.map { $0.reduce(0) { $0 + sizes[$1].milliCPU } }.max(),
      "seed \(seed)")
    #expect(
      peak.memoryMiB == loads.map { $0.reduce(0) { $0 + sizes[$1].memoryMiB } }.max(),
      "seed \(seed)")
  }

  @Test func aVMThatEndsMakesRoomForOneThatComes() {
    let peak = PeakLoad(arrivals: [0, 10, 20], ends: [10, 20, .max]) { _ in (1000, 1) }
    #expect(peak.vms == 1 && peak.milliCPU == 1000)
    let instant = PeakLoad(arrivals: [5, 5], ends: [5, 5]) { _ in (1, 1) }
    #expect(instant.vms == 1)
  }
}
