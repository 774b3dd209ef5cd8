import Stochastics

/// What is noted of one watched top while years go by.
struct TopRecord {
  /// The shares of time that may be down.
  let allowedShares: [Double]
  /// Whether it is down now.
  private(set) var isDown = false
  /// Whether an outage that began in the year is still going on.
  private(set) var isFollowed = false
  /// Hours down of each year.
  private(set) var yearHours: [Double] = []
  /// Outages that began, by year.
  private(set) var outages = RunningMean()
  /// Lengths of outages in hours, in the order of their ends.
  private(set) var lengths: [Double] = []
  /// Outages whose end was not waited for.
  private(set) var unfinished = 0
  /// For each allowed share the months with more time down.
  private(set) var monthsOver: [Int]

  private var since = 0.0
  private var begun = 0
  private var monthHours = [Double](repeating: 0, count: 12)

  private static let hoursOfMonth = FailureHistory.hoursOfYear / 12

  init(allowedShares: [Double]) {
    self.allowedShares = allowedShares
    monthsOver = allowedShares.map { _ in 0 }
  }

  mutating func startYear(isDown: Bool) {
    self.isDown = isDown
    isFollowed = false
    since = 0
    begun = 0
    for month in monthHours.indices { monthHours[month] = 0 }
  }

  /// Notes that an outage begins or ends.
  mutating func change(to isDown: Bool, atHours hours: Double, isYearOver: Bool) {
    self.isDown = isDown
    if isDown {
      since = hours
      if !isYearOver {
        begun += 1
        isFollowed = true
      }
      return
    }
    if !isYearOver { addDown(until: hours) }
    if isFollowed { lengths.append(hours - since) }
    isFollowed = false
  }

  /// Adds up the year; an outage that began in it is followed further.
  mutating func endYear() {
    if isDown { addDown(until: FailureHistory.hoursOfYear) }
    outages.add(Double(begun))
    yearHours.append(monthHours.reduce(0, +))
    for (place, share) in allowedShares.enumerated() {
      let allowed = share * Self.hoursOfMonth
      monthsOver[place] += monthHours.reduce(0) { $0 + ($1 > allowed ? 1 : 0) }
    }
  }

  /// Ends the following of an outage that does not end; its length so far is noted.
  mutating func giveUp() {
    guard isFollowed else { return }
    isFollowed = false
    unfinished += 1
    lengths.append(FailureHistory.followedHours - since)
  }

  /// Adds the hours from the start of the outage, month by month.
  private mutating func addDown(until end: Double) {
    var start = since
    while start < end {
      let month = min(11, Int(start / Self.hoursOfMonth))
      let limit = month == 11 ? end : min(end, Double(month + 1) * Self.hoursOfMonth)
      monthHours[month] += limit - start
      start = limit
    }
  }
}
