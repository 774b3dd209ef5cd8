import Availability
import Testing

/// Chains with closed forms.
@Suite struct MarkovChainTests {
  private func chain(
    _ count: Int, _ rates: [(Int, Int, Double)], down: [Int], initial: Int = 0
  ) throws -> MarkovChain {
    try MarkovChain(
      states: (0..<count).map { "s\($0)" }, initial: initial,
      transitions: rates.map { .init(from: $0.0, to: $0.1, ratePerHour: $0.2) }, down: down)
  }

  @Test func `one part is up for its mean times`() throws {
    let answer = try chain(2, [(0, 1, 0.01), (1, 0, 0.25)], down: [1]).solved()
    #expect(isNear(answer.unavailability, 0.01 / 0.26, 1e-15))
    #expect(isNear(try #require(answer.meanUpHours), 100, 1e-14))
    #expect(isNear(try #require(answer.meanDownHours), 4, 1e-14))
    #expect(isNear(try #require(answer.meanHoursToFirstFailure), 100, 1e-14))
  }

  /// Parts with a crew for each: the numbers down are binomial, to the last and rarest state.
  @Test(arguments: [3, 40, 400])
  func `rare states keep their digits`(parts: Int) throws {
    var rates: [(Int, Int, Double)] = []
    for down in 0..<parts {
      rates.append((down, down + 1, Double(parts - down) * 1e-3))
      rates.append((down + 1, down, Double(down + 1) * 1.0))
    }
    let answer = try chain(parts + 1, rates, down: [parts]).solved()
    var expected = 1.0
    for _ in 0..<parts { expected /= 1.001 }
    for down in 0...parts {
      if expected > 1e-290 {
        #expect(isNear(answer.shares[down], expected, 1e-11), "\(down) of \(parts)")
      }
      expected *= Double(parts - down) / Double(down + 1) * 1e-3
    }
  }

  @Test func `a grid of two kinds of parts is a product`() throws {
    let side = 40
    var rates: [(Int, Int, Double)] = []
    for first in 0..<side {
      for second in 0..<side {
        let state = first * side + second
        if first + 1 < side {
          rates += [(state, state + side, 0.3), (state + side, state, 0.5)]
        }
        if second + 1 < side { rates += [(state, state + 1, 0.2), (state + 1, state, 0.7)] }
      }
    }
    let answer = try chain(side * side, rates, down: [side * side - 1]).solved()
    let here = answer.shares[5 * side + 7]
    #expect(isNear(answer.shares[6 * side + 7] / here, 0.3 / 0.5, 1e-11))
    #expect(isNear(answer.shares[5 * side + 8] / here, 0.2 / 0.7, 1e-11))
  }

  @Test func `a failure that may never come has no mean time`() throws {
    let rates = [(0, 1, 1.0), (0, 2, 1.0), (1, 0, 1.0), (2, 3, 1.0), (3, 2, 1.0)]
    let answer = try chain(4, rates, down: [1]).solved()
    #expect(answer.meanHoursToFirstFailure == nil)
    #expect(answer.shares[0] == 0)
    #expect(answer.meanUpHours == nil)
    #expect(try chain(2, [(0, 1, 1), (1, 0, 1)], down: [0]).solved().meanHoursToFirstFailure == 0)
  }

  @Test func `chains that say nothing are refused`() throws {
    func problems(_ body: () throws -> MarkovChain) -> [MarkovChainProblem] {
      do {
        _ = try body().solved()
        return []
      } catch let error as MarkovChainError {
        return error.problems
      } catch {
        return []
      }
    }
    #expect(problems { try chain(2, [(0, 1, 1)], down: [1]) } == [.neverLeft(state: 1)])
    #expect(
      problems { try chain(2, [(0, 1, 1), (1, 0, -1)], down: [1]) }
        == [.badRate(transition: 1, rate: -1)])
    #expect(
      problems { try chain(2, [(0, 1, 1), (1, 2, 1)], down: [5], initial: 9) }
        == [
          .unknownInitial(state: 9), .unknownDown(place: 0, state: 5),
          .unknownState(transition: 1, state: 2),
        ])
    let apart = [(0, 1, 1.0), (0, 3, 1.0), (1, 2, 1.0), (2, 1, 1.0), (3, 4, 1.0), (4, 3, 1.0)]
    #expect(problems { try chain(5, apart, down: [1]) } == [.severalLongRuns(first: 1, second: 3)])
  }
}
