import Glibc
import Stochastics

/// Outages of a VM or a service as independent events: rates a year with recorded hours.
struct OutageModel {
  struct Source {
    var perYear: Double
    var hours: EmpiricalTable
  }

  var sources: [Source]

  /// What is refunded of a month's price when it is up less than the promise.
  ///
  /// The steps are an assumption in the manner of public terms; the terms themselves decide.
  struct Credits {
    var steps: [(below: Double, credit: Double)]

    init(promise: Double) {
      steps = [(promise, 0.1), (min(promise, 0.99), 0.25), (min(promise, 0.95), 1)]
    }

    /// The greatest refund whose threshold the availability misses.
    func credit(of availability: Double) -> Double {
      steps.reduce(0) { availability < $1.below ? max($0, $1.credit) : $0 }
    }
  }

  /// Months drawn of those with an outage.
  private static let months = 20_000

  /// The chance that a month misses a promise, and the expected refund as a share of the price.
  ///
  /// Months without an outage are counted exactly; only the others are drawn.
  func month(promise: Double, seed: UInt64, subject: UInt64) -> (missed: Double, credit: Double) {
    let hours = Promise.hoursOfMonth
    let rates = sources.map { $0.perYear / 12 }
    let total = rates.reduce(0, +)
    guard total > 0 else { return (0, 0) }
    let credits = Credits(promise: promise)
    var (missed, credit) = (0.0, 0.0)
    for month in 0..<Self.months {
      var stream = RandomStream(
        seed: seed, replication: UInt64(month), purpose: .months, subject: subject)
      var down = 0.0
      for _ in 0..<Self.countAboveZero(total, stream.openUniform()) {
        var choice = stream.openUniform() * total
        var index = 0
        while index + 1 < rates.count, choice >= rates[index] {
          choice -= rates[index]
          index += 1
        }
        down += sources[index].hours.quantile(stream.openUniform())
      }
      let availability = 1 - min(down, hours) / hours
      if availability < promise { missed += 1 }
      credit += credits.credit(of: availability)
    }
    let chance = -expm1(-total) / Double(Self.months)
    return (missed * chance, credit * chance)
  }

  /// A Poisson count given that it is not zero, from one uniform number.
  private static func countAboveZero(_ mean: Double, _ uniform: Double) -> Int {
    var term = mean / expm1(mean)
    var (sum, count) = (term, 1)
    while sum < uniform, count < 1000 {
      count += 1
      term *= mean / Double(count)
      sum += term
    }
    return count
  }
}
