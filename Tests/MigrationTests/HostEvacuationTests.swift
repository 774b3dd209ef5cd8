import CloudModel
import Migration
import Testing

@Suite struct HostEvacuationTests {
  private func seconds(_ value: Double) -> SimulatedDuration { SimulatedDuration(seconds: value) }

  /// E(N, n) of docs/physics.md with the numbers of the OSIC benchmark: 12 VMs of 16.54 s, one and
  /// two at a time.
  @Test func closedFormOfTheBenchmark() {
    let twelve = Array(repeating: seconds(16.54), count: 12)
    let serial = HostEvacuationEstimate(gap: seconds(0.62), contention: seconds(3.98))
    #expect(abs(serial.total(twelve).seconds - 205.9) < 0.05)
    let pairs = HostEvacuationEstimate(
      gap: seconds(1.15), contention: seconds(3.98), requestedAtOnce: 2)
    #expect(abs(pairs.total(twelve).seconds - 253.1) < 0.05)
    let ends = pairs.finishTimes(Array(twelve.prefix(2))).map(\.seconds)
    #expect(abs(ends[0] - 20.52) < 1e-6 && abs(ends[1] - 41.04) < 1e-6)
  }

  @Test(arguments: 1...5, 1...3)
  func equalsItsFormula(requested: Int, vms: Int) {
    let estimate = HostEvacuationEstimate(
      gap: seconds(1), contention: seconds(4), requestedAtOnce: requested)
    let durations = Array(repeating: seconds(10), count: 4 * vms)
    let delta = requested > 1 ? 4.0 : 0
    let batches = (4 * vms + requested - 1) / requested
    let expected = Double(4 * vms) * (10 + delta) + Double(batches)
    #expect(abs(estimate.total(durations).seconds - expected) < 1e-6)
  }

  /// As many at once as there are slots: nothing queues, so nothing contends.
  @Test func slotsThatSufficeShortenTheBatch() {
    let estimate = HostEvacuationEstimate(
      gap: .zero, contention: seconds(4), slots: 2, requestedAtOnce: 2)
    #expect(estimate.total([seconds(10), seconds(6), seconds(5), seconds(5)]) == seconds(15))
    #expect(HostEvacuationEstimate(MigrationParameters()).total([]) == .zero)
  }

  /// 20 VMs of 4 GiB over 10 Gbit/s: 68.72 s, the bound of the fair-share workload.
  @Test func boundsNameTheirReason() throws {
    let model = MigrationModel()
    let live = model.nominalTimeline(of: MigrationRequest(kind: .live, memory: .gibibytes(4)))
    let card = Bandwidth.mebibytesPerSecond(1192.092896)
    let many = Array(repeating: live, count: 20)
    let serial = EvacuationBounds(many, slots: 1, networkCard: card)
    #expect(abs(serial.network.seconds - 68.72) < 0.01)
    #expect(serial.binding == .slots && abs(serial.bound.seconds - 20 * 16.394) < 0.02)
    let parallel = EvacuationBounds(many, slots: 20, networkCard: card)
    #expect(parallel.binding == .network)
    let single = EvacuationBounds([live], slots: 2, networkCard: nil)
    #expect(single.binding == .longest && single.network == .zero)
  }

  /// The estimate never undercuts its bounds.
  @Test(arguments: 1...4)
  func estimatesStayAboveTheirBounds(slots: Int) {
    let model = MigrationModel()
    let timelines = (1...9).map { size in
      model.nominalTimeline(of: MigrationRequest(kind: .live, memory: .gibibytes(Int64(size))))
    }
    let bounds = EvacuationBounds(timelines, slots: slots, networkCard: nil)
    let estimate = HostEvacuationEstimate(
      gap: .zero, contention: .zero, slots: slots, requestedAtOnce: slots)
    #expect(estimate.total(timelines.map(\.duration)) >= bounds.bound)
  }
}
