package import Stochastics

/// What plain simulation says about one top.
package struct TopHistory: Sendable, Equatable {
  /// The share of time down.
  package let unavailability: Double
  /// Its interval, by Student's t over years; nil where fewer than two years have any time down,
  /// of which no spread can be told.
  package let unavailabilityInterval: ConfidenceInterval?
  /// Outages that begin in a year, on average.
  package let outagesPerYear: Double
  /// Its interval: by Student's t over years from 30 outages on, below as of a Poisson count.
  package let outagesInterval: ConfidenceInterval
  /// Hours of each outage from its begin to its end, ascending.
  package let outageHours: [Double]
  /// Outages among them that had not ended ten years after their year; their length is cut there.
  package let unfinishedOutages: Int
  /// Hours down of each year, ascending.
  package let downtimeHours: [Double]
  /// The share of years without any time down.
  package let shareOfYearsWithout: Double
  /// How promises were kept, in the order of the options.
  package let promises: [PromiseCount]

  /// The mean length of an outage in hours; nil without outages.
  package var meanOutageHours: Double? {
    outageHours.isEmpty ? nil : outageHours.reduce(0, +) / Double(outageHours.count)
  }

  /// The length in hours that a share of outages does not pass; nil without outages.
  package func outageHours(quantile share: Double) -> Double? {
    Quantile.ofSorted(outageHours, share)
  }

  /// The mean hours down in a year.
  package var meanDowntimeHours: Double { unavailability * FailureHistory.hoursOfYear }

  /// The hours down that a share of years does not pass.
  package func downtimeHours(quantile share: Double) -> Double {
    Quantile.ofSorted(downtimeHours, share) ?? 0
  }

  init(_ record: TopRecord, _ options: FailureHistory.Options) {
    let shares = RunningMean(record.yearHours.map { $0 / FailureHistory.hoursOfYear })
    let down = record.yearHours.sorted()
    let without = down.prefix { $0 == 0 }.count
    let interval = ConfidenceInterval.mean(of: shares, level: options.level)
    unavailability = shares.mean
    unavailabilityInterval = down.count - without < 2 ? nil : interval.map(Self.above0)
    outagesPerYear = record.outages.mean
    outagesInterval = Self.outagesInterval(record, options.level)
    outageHours = record.lengths.sorted()
    unfinishedOutages = record.unfinished
    downtimeHours = down
    shareOfYearsWithout = Double(without) / Double(down.count)
    promises = record.allowedShares.indices.map { place in
      let allowed = record.allowedShares[place] * FailureHistory.hoursOfYear
      return PromiseCount(
        allowedShare: record.allowedShares[place], monthsOver: record.monthsOver[place],
        yearsOver: record.yearHours.reduce(0) { $0 + ($1 > allowed ? 1 : 0) },
        years: down.count, level: options.level)
    }
  }

  private static func above0(_ interval: ConfidenceInterval) -> ConfidenceInterval {
    ConfidenceInterval(low: max(0, interval.low), high: interval.high, level: interval.level)
  }

  private static func outagesInterval(_ record: TopRecord, _ level: Double) -> ConfidenceInterval {
    let years = Double(record.outages.count)
    let count = Int((record.outages.mean * years).rounded())
    if count >= 30, let interval = ConfidenceInterval.mean(of: record.outages, level: level) {
      return above0(interval)
    }
    let poisson = ConfidenceInterval.poisson(count: count, level: level)
    return ConfidenceInterval(low: poisson.low / years, high: poisson.high / years, level: level)
  }
}

/// How often more time was down than a promise allows.
package struct PromiseCount: Sendable, Equatable {
  /// The share of time that may be down.
  package let allowedShare: Double
  /// Months with more; a month is a twelfth of a year.
  package let monthsOver: Int
  /// Years with more.
  package let yearsOver: Int
  /// Years simulated.
  package let years: Int
  /// The confidence of the intervals.
  package let level: Double

  /// The share of months with more time down than allowed.
  package var shareOfMonths: Double { Double(monthsOver) / Double(12 * years) }

  /// Its interval under Jeffreys' prior, with months as independent trials.
  package var monthsInterval: ConfidenceInterval? {
    ConfidenceInterval.jeffreys(successes: monthsOver, trials: 12 * years, level: level)
  }

  /// The share of years with more time down than allowed.
  package var shareOfYears: Double { Double(yearsOver) / Double(years) }

  /// Its interval under Jeffreys' prior.
  package var yearsInterval: ConfidenceInterval? {
    ConfidenceInterval.jeffreys(successes: yearsOver, trials: years, level: level)
  }
}
