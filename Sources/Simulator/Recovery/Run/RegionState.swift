package import CloudModel
import Stochastics

extension EventKind {
  /// A source is repaired; of the source.
  static let sourceUp = EventKind(rawValue: 1)
  /// Services of recoveries end; of the slot, or -1 for all of a fixed service that end now.
  static let served = EventKind(rawValue: 2)
  /// Copies end.
  static let copied = EventKind(rawValue: 3)
  /// VMs have booted on hosts that came back.
  static let booted = EventKind(rawValue: 4)
  /// The warm-up is over.
  static let measured = EventKind(rawValue: 5)
  /// A source fails; of the source.
  static let sourceDown = EventKind(rawValue: 6)
  /// Planned work is due; of the source.
  static let due = EventKind(rawValue: 7)
  /// Losses are detected.
  static let detected = EventKind(rawValue: 8)
  /// All of this instant has happened: VMs enter the queue and recoveries begin.
  static let settled = EventKind(rawValue: 9)
}

/// A region while it is simulated.
///
/// What happens at one instant happens in this order: repairs, ends of recoveries, failures,
/// detections; then VMs enter the queue, and then recoveries begin.
package struct RegionState: EventHandler {
  /// A loss that will be detected: all hosts of a source that were lost at one instant.
  struct HostDetection: Sendable {
    var due: Int64
    var lostAt: Int64
    var source: Int32
  }

  /// A VM for which something is due: its own detection, or the end of its boot.
  struct VMDue: Sendable {
    var due: Int64
    var entry: RegionVMs.Entry
  }

  /// A source, as it is now.
  struct Source: Sendable {
    var isDown = false
    var isPostponed = false
    /// How often it went down.
    var outages: UInt32 = 0
    var failures: RandomStream
    var repairs: RandomStream
    /// VMs that its present outage hit, with their number of moves then; of a source with a share.
    var hits: [RegionVMs.Entry] = []
  }

  let layout: RegionLayout
  let options: RegionOptions
  let replication: UInt64
  var hosts: RegionHosts
  var vms: RegionVMs
  var queue: RecoveryQueue
  var slots: RecoverySlots
  var storm: CopyStorm
  var sources: [Source]
  var arrivals: Arrivals
  var hostDetections = Line<HostDetection>()
  var vmDetections = Line<VMDue>()
  var boots = Line<VMDue>()
  /// Sources down that block recoveries.
  var blockers = 0
  var isSettling = false
  /// Planned work that waits until the region is no longer degraded.
  var postponed: [Int32] = []
  /// Replicas up of each service, and when it went out, in microseconds; -1 if it is not out.
  var replicasUp: [Int32]
  var outSince: [Int64]
  /// The instant of the last event, in microseconds.
  var lastInstant: Int64 = 0
  var timeline: DownTimeline?
  /// What was measured so far.
  package internal(set) var measures: RegionMeasures

  /// A region whose parts are all up, at time zero.
  init(layout: RegionLayout, options: RegionOptions, replication: Int) {
    self.layout = layout
    self.options = options
    self.replication = UInt64(replication)
    hosts = layout.hosts
    vms = RegionVMs(layout)
    queue = RecoveryQueue(layout)
    slots = RecoverySlots(count: layout.rules.parallel)
    storm = CopyStorm(bytesPerSecond: layout.rules.bandwidth?.bytesPerSecond ?? 1)
    sources = layout.sources.map { source in
      func stream(_ purpose: Purpose) -> RandomStream {
        RandomStream(
          seed: options.seed, replication: UInt64(replication), purpose: purpose,
          subject: source.subject)
      }
      return Source(failures: stream(.failures), repairs: stream(.repairs))
    }
    arrivals = Arrivals(vms: layout.homes.count)
    replicasUp = layout.needed.indices.map { Int32(layout.replicas(of: $0).count) }
    outSince = [Int64](repeating: -1, count: layout.needed.count)
    measures = RegionMeasures(layout: layout, claim: options.claim, start: 0)
  }

  /// Schedules the first failure or date of each source and the end of the warm-up.
  package mutating func begin(_ agenda: inout Agenda) {
    for source in sources.indices {
      switch layout.sources[source].timing {
      case .drawn: scheduleFailure(of: source, &agenda)
      case .dates(let first, _, _):
        agenda.schedule(
          at: SimulatedTime(microseconds: first), kind: .due, subject: Int32(source))
      }
    }
    if options.warmUpHours > 0 {
      let end = RegionLayout.microseconds(hours: options.warmUpHours)
      agenda.schedule(at: SimulatedTime(microseconds: end), kind: .measured, subject: 0)
    }
  }

  /// Lets an event happen and asks for the end of its instant where something may begin then.
  package mutating func handle(_ event: Event, agenda: inout Agenda) -> Bool {
    count(until: event.time.microseconds)
    switch event.kind {
    case .sourceUp: sourceUp(Int(event.subject), &agenda)
    case .served: served(Int(event.subject), &agenda)
    case .copied: copied(&agenda)
    case .booted: booted(at: event.time.microseconds)
    case .measured: beginMeasuring(at: event.time.microseconds)
    case .sourceDown: sourceDown(Int(event.subject), &agenda)
    case .due: due(Int(event.subject), &agenda)
    case .detected: detect(at: event.time.microseconds)
    default: settle(&agenda)
    }
    if !postponed.isEmpty { beginPostponed(&agenda) }
    askToSettle(&agenda)
    timeline?.note(vms.downCount, at: event.time.microseconds)
    return true
  }

  /// Adds what went on since the last event to the integrals over time.
  @inline(__always)
  mutating func count(until now: Int64) {
    if blockers > 0 {
      let since = max(lastInstant, measures.start)
      if now > since {
        measures.blockedMicroseconds += now - since
        measures.blockedWaiting += Int128(now - since) * Int128(queue.queuedCount)
      }
    }
    lastInstant = now
  }

  @inline(__always)
  private mutating func askToSettle(_ agenda: inout Agenda) {
    if isSettling { return }
    let canBegin = blockers == 0 && slots.hasFree && queue.hasCandidates
    guard arrivals.count > 0 || canBegin else { return }
    isSettling = true
    agenda.schedule(at: agenda.now, kind: .settled, subject: 0)
  }

  /// Forgets what was measured in the warm-up; losses and outages that last go on.
  private mutating func beginMeasuring(at now: Int64) {
    measures = RegionMeasures(layout: layout, claim: options.claim, start: now)
  }

  /// Counts what is still down at the end of the measured time, which no recovery ended.
  package mutating func finish(at end: SimulatedTime) {
    let now = end.microseconds
    count(until: now)
    for (vm, record) in vms.records.enumerated() where record.phase != .running {
      let service = Int(layout.traits[vm].service)
      let isPlanned = record.marks.contains(.isPlanned)
      let lost = now - max(record.lostAt, measures.start)
      measures.classes[Int(record.kind)].addLost(lost, isPlanned: isPlanned)
      if service >= 0 {
        measures.replicas[service].addLost(lost, isPlanned: isPlanned)
      }
    }
    for service in outSince.indices where outSince[service] >= 0 {
      measures.services[service].add(
        from: max(0, outSince[service] - measures.start), to: now - measures.start,
        hasEnded: false)
    }
    measures.close(at: now)
  }
}
