import Policies
import Testing

/// The checker finds each fault that is put into a sound packing.
@Suite struct PackingViolationTests {
  private let problem = PackingProblem(
    resourceCount: 2, poolCount: 2,
    bins: [
      .init(pool: 0, free: [4, 9]), .init(pool: 0, free: [4, 9]), .init(pool: 1, free: [99, 99]),
    ],
    types: [
      .init(demand: [2, 1], count: 3, allowedPools: [0]),
      .init(demand: [1, 1], count: 2, allowedPools: [0], group: 0, weight: 7),
    ],
    groups: [.init(limitPerBin: 1, occupied: [])])

  private var sound: PackingResult {
    PackingResult(
      placements: [
        [.init(bin: 0, count: 1), .init(bin: 1, count: 1)],
        [.init(bin: 0, count: 1), .init(bin: 1, count: 1)],
      ], unplaced: [1, 0], unplacedWeight: 1)
  }

  @Test func soundPacking() {
    #expect(problem.violations(of: sound) == [])
  }

  @Test func faults() {
    expect([.wrongShape]) { $0.unplaced = [1] }
    expect([.wrongCount(type: 0)]) { $0.placements[0].removeLast() }
    expect([.notAllowed(type: 0, bin: 2)]) { $0.placements[0][1] = .init(bin: 2, count: 1) }
    expect([.notAllowed(type: 0, bin: 5)]) { $0.placements[0][1] = .init(bin: 5, count: 1) }
    expect([.overfull(bin: 0, resource: 0)]) {
      $0.placements[0][0] = .init(bin: 0, count: 2)
      $0.placements[0].removeLast()
    }
    expect([.groupLimit(group: 0, bin: 1)]) { $0.placements[1] = [.init(bin: 1, count: 2)] }
    expect([.wrongWeight]) { $0.unplacedWeight = 2 }
    expect([.belowBound]) { $0.bound = 2 }
  }

  private func expect(
    _ violations: [PackingProblem.Violation], after change: (inout PackingResult) -> Void
  ) {
    var result = sound
    change(&result)
    #expect(problem.violations(of: result) == violations)
  }
}
