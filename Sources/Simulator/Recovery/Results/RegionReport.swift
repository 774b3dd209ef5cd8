package import Stochastics

/// What VMs lost: those of a class, the replicas of a service, or all.
package struct LossSummary: Sendable {
  /// How many VMs there are.
  package let vmCount: Int
  /// Seconds that they were down, added up over VMs and replications.
  package let lostVMSeconds: Double
  /// The part of it in losses that planned work began.
  package let plannedVMSeconds: Double
  /// The share of time down; zero without VMs.
  package let unavailability: Double
  /// Its 95 % interval by the spread of replications; nil for a single one.
  package let interval: ConfidenceInterval?
  /// Losses that ended on another host.
  package let recoveredElsewhere: Int
  /// Losses that ended on the host itself, as it came back.
  package let waitedForHost: Int
  /// Those of them for which no other host had room.
  package let withoutRoom: Int
  /// Times from the loss until the VM ran again: mean, greatest and, to 1/64, quantiles.
  package let timesToRecover: DurationHistogram

  /// Adds one tally of each replication up.
  ///
  /// **Shape**: `lengths` are the measured times in microseconds.
  init(_ tallies: [LossTally], lengths: [Int64]) {
    let count = tallies.first?.vmCount ?? 0
    let sum = tallies.reduce(LossTally(vmCount: count)) { $0.merged($1, vmCount: count) }
    let shares = RunningMean(
      zip(tallies, lengths).map { tally, length in
        count == 0 ? 0 : Double(tally.lostMicroseconds) / (Double(count) * Double(length))
      })
    vmCount = count
    lostVMSeconds = Double(sum.lostMicroseconds) / 1e6
    plannedVMSeconds = Double(sum.plannedMicroseconds) / 1e6
    unavailability = shares.mean
    interval = ConfidenceInterval.mean(of: shares)
    recoveredElsewhere = sum.recoveredElsewhere
    waitedForHost = sum.waitedForHost
    withoutRoom = sum.withoutRoom
    timesToRecover = sum.times
  }
}

/// What became of a service.
package struct ServiceSummary: Sendable {
  /// Its name.
  package let name: String
  /// What its replicas lost.
  package let replicas: LossSummary
  /// Outages: times with fewer replicas than needed, of those that ended.
  package let outages: Int
  /// Outages in a year of 8,760 hours.
  package let outagesPerYear: Double
  /// The mean length of an outage in seconds; nil without outages.
  package let meanOutageSeconds: Double?
  /// The longest outage in seconds; zero without outages.
  package let longestOutageSeconds: Double
  /// The share of time out.
  package let unavailability: Double
  /// Its 95 % interval by the spread of replications; nil for a single one.
  package let interval: ConfidenceInterval?
  /// Months of 730 hours that were measured.
  package let months: Int
  /// Those of them that were below the claim.
  package let monthsBelow: Int
  /// The 95 % interval, after Jeffreys, of the share of months below; nil without months.
  package let monthsBelowInterval: ConfidenceInterval?

  init(_ name: String, _ tallies: [ServiceTally], replicas: LossSummary, lengths: [Int64]) {
    self.name = name
    self.replicas = replicas
    let out = tallies.reduce(Int128(0)) { $0 + $1.outMicroseconds }
    let shares = RunningMean(
      zip(tallies, lengths).map { Double($0.outMicroseconds) / Double($1) })
    outages = tallies.reduce(0) { $0 + $1.outages }
    outagesPerYear = Double(outages) / (lengths.reduce(0) { $0 + Double($1) } / 3.1536e13)
    meanOutageSeconds = outages > 0 ? Double(out) / 1e6 / Double(outages) : nil
    longestOutageSeconds = Double(tallies.map(\.longest).max() ?? 0) / 1e6
    unavailability = shares.mean
    interval = ConfidenceInterval.mean(of: shares)
    months = lengths.reduce(0) { $0 + Int($1 / ServiceTally.month) }
    monthsBelow = tallies.reduce(0) { $0 + $1.monthsBelow }
    monthsBelowInterval = ConfidenceInterval.jeffreys(successes: monthsBelow, trials: months)
  }
}

/// What replications of a region have in common.
package struct RegionReport: Sendable {
  /// All VMs.
  package let all: LossSummary
  /// VMs of each class, in the order of `RecoveryClass.allCases`.
  package let classes: [LossSummary]
  /// The services, in their order.
  package let services: [ServiceSummary]
  /// The most VMs that waited for a recovery at once.
  package let largestQueue: Int
  /// Hours in which no recovery could start, as something that blocks them was down.
  package let blockedHours: Double
  /// Seconds that VMs waited in the queue while that was so, added up.
  package let blockedVMSeconds: Double
  /// Dates of planned work that were put off or dropped.
  package let postponedDates: Int
  /// The measured time of all replications, in hours.
  package let hours: Double

  init(_ replications: [RegionMeasures], serviceNames: [String]) {
    let lengths = replications.map(\.length)
    all = LossSummary(replications.map(\.all), lengths: lengths)
    classes = RecoveryClass.allCases.indices.map { kind in
      LossSummary(replications.map { $0.classes[kind] }, lengths: lengths)
    }
    services = serviceNames.enumerated().map { index, name in
      ServiceSummary(
        name, replications.map { $0.services[index] },
        replicas: LossSummary(replications.map { $0.replicas[index] }, lengths: lengths),
        lengths: lengths)
    }
    largestQueue = replications.map(\.largestQueue).max() ?? 0
    blockedHours = replications.reduce(0) { $0 + Double($1.blockedMicroseconds) / 3.6e9 }
    blockedVMSeconds = replications.reduce(0) { $0 + Double($1.blockedWaiting) / 1e6 }
    postponedDates = replications.reduce(0) { $0 + $1.postponedDates }
    hours = lengths.reduce(0) { $0 + Double($1) / 3.6e9 }
  }

  /// VMs of a class.
  package subscript(_ recovery: RecoveryClass) -> LossSummary {
    classes[RecoveryClass.allCases.firstIndex(of: recovery) ?? 0]
  }
}
