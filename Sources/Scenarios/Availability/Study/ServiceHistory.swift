package import Availability
import Glibc
package import Simulator
import Stochastics

/// What happens to a running service in simulated years, beside the average that is known exactly.
package struct ServiceHistory: Sendable {
  /// Outages, time down, and how often promises were kept.
  package let top: TopHistory
  /// Years simulated.
  package let years: Int

  /// Refunds for a month with less than a share of availability; assumed, the terms of a contract
  /// decide.
  package static let refunds: [(below: Double, share: Double)] = [(0.99, 0.25), (0.95, 1)]
  /// The refund for a month below the promise itself; assumed.
  package static let leastRefund = 0.1

  /// Simulates a service; nil where nothing that it stands on fails at times.
  package init?(_ tree: ServiceTree, claim: Double, years: Int, seed: UInt64) {
    guard let timed = tree.timed else { return nil }
    var options = FailureHistory.Options(years: years, seed: seed)
    options.allowedShares = [1 - claim] + Self.refunds.map { 1 - $0.below }
    let history = FailureHistory(timed, options)
    guard let top = history.tops.first else { return nil }
    self.top = top
    self.years = years
  }

  /// How often a month and a year were below the claim.
  package var claim: PromiseCount { top.promises[0] }

  /// The expected refund as a share of the price.
  package var expectedRefund: Double {
    var shares = top.promises.map(\.shareOfMonths)
    // Promises below the claim refund more; one that is above it cannot be missed less often.
    for place in shares.indices.dropFirst() {
      shares[place] = min(shares[place], shares[place - 1])
    }
    var (result, least) = (0.0, 0.0)
    for (share, refund) in zip(shares, [Self.leastRefund] + Self.refunds.map(\.share)) {
      result += share * (refund - least)
      least = refund
    }
    return result
  }
}

extension ServiceTree {
  /// The tree in time: parts up for exponential times and down for exponential or lognormal ones,
  /// chances met on demand; nil where nothing fails at times.
  package var timed: TimedTree? {
    let processes = zip(tree.events, sigmas).map { event, sigma -> FailureProcess in
      guard event.frequencyPerHour > 0 else { return .demand(probability: event.probability) }
      let down = event.probability / event.frequencyPerHour
      let up = (1 - event.probability) / event.frequencyPerHour
      guard let sigma, sigma > 0 else {
        return .exponential(meanUpHours: up, meanDownHours: down)
      }
      let shape = LognormalShape(median: down * exp(-sigma * sigma / 2), sigma: sigma)
      return .renewal(up: .exponential(mean: up), down: .lognormal(shape))
    }
    return try? TimedTree(tree, processes)
  }
}
