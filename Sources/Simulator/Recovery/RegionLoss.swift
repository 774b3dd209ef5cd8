package import CloudModel

/// The loss of hosts, racks or zones of a region for a known time, while nothing else fails.
///
/// The same engine as `RegionSimulation` with one source that goes down once, at time zero; outages
/// and planned work of the region are left out. `ZoneLoss` is the closed form for VMs of one size.
package struct RegionLoss: Sendable {
  /// The region.
  package var region: RecoveryRegion
  /// What is lost.
  package var scope: OutageScope
  /// For how long.
  package var duration: SimulatedDuration
  /// The seed, for services that are drawn.
  package var seed: UInt64
  /// The most points of the timeline.
  package var timelineLimit: Int

  /// A loss.
  package init(
    of scope: OutageScope, in region: RecoveryRegion, for duration: SimulatedDuration,
    seed: UInt64 = 0, timelineLimit: Int = 1000
  ) {
    self.region = region
    self.scope = scope
    self.duration = duration
    self.seed = seed
    self.timelineLimit = timelineLimit
  }

  /// What a loss costs the VMs of a class, or all.
  package struct Cost: Sendable, Equatable {
    /// VMs that were down.
    package let lost: Int
    /// Those that came back on another host.
    package let recoveredElsewhere: Int
    /// Those that started when their host was back.
    package let waitedForHost: Int
    /// Those of them for which no other host had room.
    package let withoutRoom: Int
    /// Seconds that VMs were down, added up.
    package let lostVMSeconds: Double
    /// The mean time down of those that were down; nil if none was.
    package let meanDownSeconds: Double?
    /// When the last came back on another host; nil if none did.
    package let lastElsewhereSeconds: Double?
    /// When the last came back at all; nil if none was down.
    package let lastBackSeconds: Double?

    init(_ tally: LossTally) {
      lost = tally.times.count
      recoveredElsewhere = tally.recoveredElsewhere
      waitedForHost = tally.waitedForHost
      withoutRoom = tally.withoutRoom
      lostVMSeconds = Double(tally.lostMicroseconds) / 1e6
      meanDownSeconds = tally.times.meanSeconds
      lastElsewhereSeconds =
        tally.recoveredElsewhere > 0 ? Double(tally.longestElsewhere) / 1e6 : nil
      lastBackSeconds = tally.times.longestSeconds
    }
  }

  /// What came of a loss.
  package struct Outcome: Sendable, Equatable {
    /// All VMs.
    package let all: Cost
    /// VMs of each class, in the order of `RecoveryClass.allCases`.
    package let classes: [Cost]
    /// The most VMs that waited for a recovery at once.
    package let largestQueue: Int
    /// VMs down at instants at which that changed.
    package let timeline: [DownTimeline.Point]

    /// VMs of a class.
    package subscript(_ recovery: RecoveryClass) -> Cost {
      classes[RecoveryClass.allCases.firstIndex(of: recovery) ?? 0]
    }
  }

  /// The state of the region at time zero, for those who run the engine themselves until no event
  /// is left.
  ///
  /// **Errors**: what is wrong with the region; `badValue` for a duration below one microsecond.
  package func state() throws(RegionError) -> RegionState {
    guard duration > .zero else { throw .badValue(part: "loss", field: "duration") }
    var region = region
    region.outages = []
    region.planned = [
      PlannedWork(name: "loss", scope: scope, firstHour: 0, everyHours: 1, hours: 1)
    ]
    try region.check()
    var layout = RegionLayout(region)
    layout.sources[0].timing = .dates(first: 0, every: 0, length: duration.microseconds)
    layout.sources[0].isPlanned = false
    var state = RegionState(
      layout: layout, options: RegionOptions(seed: seed, years: 1, warmUpHours: 0),
      replication: 0)
    state.timeline = DownTimeline(limit: timelineLimit)
    return state
  }

  /// Follows the loss until all VMs are back.
  ///
  /// **Errors**: as `state()`.
  ///
  /// **Complexity**: O(hosts + VMs + VMs lost x log hosts).
  package func outcome() throws(RegionError) -> Outcome {
    var state = try state()
    var engine = Engine()
    state.begin(&engine.agenda)
    _ = engine.run(&state)
    state.finish(at: engine.agenda.now)
    return Outcome(
      all: Cost(state.measures.all), classes: state.measures.classes.map(Cost.init),
      largestQueue: state.measures.largestQueue, timeline: state.timeline?.points ?? [])
  }
}
