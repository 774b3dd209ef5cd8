/// What was measured in one replication.
package struct RegionMeasures: Sendable, Equatable {
  /// When the measured time began, in microseconds since the start.
  package let start: Int64
  /// Its length in microseconds.
  package private(set) var length: Int64 = 0
  /// Losses by class, in the order of `RecoveryClass.allCases`.
  package internal(set) var classes: [LossTally]
  /// Losses of the replicas of each service.
  package internal(set) var replicas: [LossTally]
  /// Outages of each service.
  package internal(set) var services: [ServiceTally]
  /// The most VMs that waited for a recovery at once, those without room among them.
  package internal(set) var largestQueue = 0
  /// Microseconds in which no recovery could start, as something that blocks them was down.
  package internal(set) var blockedMicroseconds: Int64 = 0
  /// Microseconds that VMs waited in the queue while that was so, added up.
  package internal(set) var blockedWaiting: Int128 = 0
  /// Dates of planned work that were put off, or dropped as the work of the date before was not done.
  package internal(set) var postponedDates = 0

  /// Nothing measured yet.
  init(layout: RegionLayout, claim: Double, start: Int64) {
    self.start = start
    classes = layout.classCounts.map { LossTally(vmCount: $0) }
    replicas = layout.needed.indices.map { LossTally(vmCount: layout.replicas(of: $0).count) }
    services = layout.needed.map { _ in ServiceTally(claim: claim) }
  }

  /// Ends the measured time.
  mutating func close(at end: Int64) {
    length = end - start
    for service in services.indices { services[service].close(at: length) }
  }

  /// Losses of all VMs.
  package var all: LossTally {
    classes.dropFirst().reduce(classes[0]) {
      $0.merged($1, vmCount: $0.vmCount + $1.vmCount)
    }
  }
}
