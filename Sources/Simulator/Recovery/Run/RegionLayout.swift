import CloudModel
import Stochastics

/// What stays the same while a region is simulated: worked out once, shared by all replications.
///
/// Parts that belong to a source or a service lie one after the other in one column, with a column
/// of starts that has one entry more than there are owners.
struct RegionLayout: Sendable {
  /// When a source goes down and comes up.
  enum Timing: Sendable {
    /// Times drawn in turn, in hours.
    case drawn(up: LifetimeModel, down: LifetimeModel)
    /// Dates, in microseconds; with `every` zero only the first.
    case dates(first: Int64, every: Int64, length: Int64)
  }

  /// A source of outages or planned work.
  struct Source: Sendable {
    var timing: Timing
    var blocksRecovery: Bool
    var share: Double
    var isPlanned: Bool
    var toleratedHosts: Int32
    var subject: UInt64
  }

  /// What the recovery of a VM asks for.
  struct Traits: Sendable {
    var lane: Int32
    var service: Int32
    var kind: UInt8
    var movesElsewhere: Bool
  }

  /// A size with the zone that it cannot leave.
  struct Shape: Sendable, Hashable {
    var milliCPU: Int32
    var memoryMiB: Int32
    /// -1 for any zone.
    var zone: Int32

    var need: FirstFitTree.Room { .init(milliCPU: milliCPU, memoryMiB: memoryMiB) }
  }

  /// VMs of one priority for which the same hosts will do.
  struct Lane: Sendable, Hashable {
    var shape: Shape
    var priority: UInt8
    /// The service whose other replicas are kept away from; -1 for none.
    var apart: Int32
  }

  var rules: RecoveryRules
  var sources: [Source] = []
  var scopeStart: [Int32] = [0]
  var scopeHosts: [Int32] = []
  var homes: [Int32] = []
  var traits: [Traits] = []
  var lanes: [Lane] = []
  /// The plan of each lane.
  var plans: [RegionHosts.Plan] = []
  var copiedBytes: [Int64] = []
  /// Subjects of the VMs; empty where no draw needs them.
  var vmSubjects: [UInt64] = []
  var replicaStart: [Int32] = []
  var replicas: [Int32] = []
  var needed: [Int32] = []
  /// VMs of each class, by its place among all cases.
  var classCounts = [Int](repeating: 0, count: RecoveryClass.allCases.count)
  var hosts: RegionHosts
  /// Number of priorities: one more than the greatest.
  var priorities = 1
  /// Whether some source hits only a part of the VMs.
  var hasPartialSources = false

  /// The layout of a region that was checked.
  ///
  /// **Complexity**: O(hosts + VMs + hosts in scopes + cells of the index).
  init(_ region: RecoveryRegion) {
    rules = region.rules
    hosts = RegionHosts(region)
    layVMs(region)
    plans = lanes.map { hosts.plan($0.shape) }
    layServices(region)
    layOutages(region)
    layPlanned(region)
    hasPartialSources = sources.contains { $0.share < 1 }
    var drawsService = false
    if case .drawn = rules.service { drawsService = true }
    if hasPartialSources || drawsService {
      vmSubjects = region.vms.map { ComponentStream.subject($0.name) }
    }
  }

  /// The places of a source's hosts in `scopeHosts`.
  @inline(__always)
  func scope(_ source: Int) -> Range<Int> {
    Int(scopeStart[source])..<Int(scopeStart[source + 1])
  }

  /// The places of a service's VMs in `replicas`.
  func replicas(of service: Int) -> Range<Int> {
    Int(replicaStart[service])..<Int(replicaStart[service + 1])
  }

  private mutating func layVMs(_ region: RecoveryRegion) {
    var known: [Lane: Int32] = [:]
    for vm in region.vms {
      let service = Int32(vm.service ?? -1)
      let isApart = vm.service.map { region.services[$0].isApart } ?? false
      let lane = Lane(
        shape: Shape(
          milliCPU: vm.milliCPU, memoryMiB: vm.memoryMiB, zone: Int32(vm.zone ?? -1)),
        priority: vm.priority, apart: isApart ? service : -1)
      let number = known[lane] ?? Int32(lanes.count)
      if Int(number) == lanes.count {
        lanes.append(lane)
        known[lane] = number
      }
      let kind = RecoveryClass.allCases.firstIndex(of: vm.recovery) ?? 0
      classCounts[kind] += 1
      priorities = max(priorities, Int(vm.priority) + 1)
      homes.append(Int32(vm.host))
      copiedBytes.append(vm.copied.count)
      traits.append(
        Traits(
          lane: number, service: service, kind: UInt8(kind),
          movesElsewhere: vm.recovery.movesElsewhere))
    }
  }

  private mutating func layServices(_ region: RecoveryRegion) {
    needed = region.services.map { Int32($0.needed) }
    var members = [[Int32]](repeating: [], count: region.services.count)
    for (vm, traits) in traits.enumerated() where traits.service >= 0 {
      members[Int(traits.service)].append(Int32(vm))
    }
    replicaStart = [0]
    for list in members {
      replicas += list
      replicaStart.append(Int32(replicas.count))
    }
  }

  private mutating func layOutages(_ region: RecoveryRegion) {
    for outage in region.outages {
      sources.append(
        Source(
          timing: .drawn(up: outage.up, down: outage.down),
          blocksRecovery: outage.blocksRecovery, share: outage.share, isPlanned: false,
          toleratedHosts: 0, subject: ComponentStream.subject(outage.name)))
      layScope(outage.scope, region)
    }
  }

  private mutating func layPlanned(_ region: RecoveryRegion) {
    for work in region.planned {
      sources.append(
        Source(
          timing: .dates(
            first: Self.microseconds(hours: work.firstHour),
            every: Self.microseconds(hours: work.everyHours),
            length: Self.microseconds(hours: work.hours)),
          blocksRecovery: work.blocksRecovery, share: 1, isPlanned: true,
          toleratedHosts: Int32(clamping: work.toleratedHosts),
          subject: ComponentStream.subject(work.name)))
      layScope(work.scope, region)
    }
  }

  private mutating func layScope(_ scope: OutageScope, _ region: RecoveryRegion) {
    let all = region.hosts.indices
    switch scope {
    case .none: break
    case .host(let host): scopeHosts.append(Int32(host))
    case .rack(let rack):
      scopeHosts += all.filter { region.hosts[$0].rack == rack }.map { Int32($0) }
    case .zone(let zone):
      scopeHosts += all.filter { region.hosts[$0].zone == zone }.map { Int32($0) }
    case .hosts(let list): scopeHosts += list.map { Int32($0) }
    case .region: scopeHosts += all.map { Int32($0) }
    }
    scopeStart.append(Int32(scopeHosts.count))
  }

  /// A number of hours in whole microseconds; one at least.
  static func microseconds(hours: Double) -> Int64 {
    max(1, SimulatedDuration(seconds: 3600 * hours).microseconds)
  }
}
