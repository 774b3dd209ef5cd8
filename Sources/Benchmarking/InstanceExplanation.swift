package import Policies

/// Why not all VMs of an evacuation instance find a place: what each family of constraints costs, a
/// minimal set of families in conflict, and single changes that are enough.
///
/// Every number comes from solving again.
package struct InstanceExplanation: Sendable {
  /// What a family costs.
  package struct Family: Sendable, Equatable {
    /// The word of the family: a key of `rejected_hosts`.
    package var family: String
    /// VMs without a place if the whole family were lifted.
    package var leftBehindWithout: Int
    /// The smallest single change of the family that was found to be enough; nil if none was.
    package var change: String?
  }

  /// One of the constraints that together cannot be met.
  package struct Conflict: Sendable, Equatable {
    /// Its family.
    package var family: String
    /// What it is about.
    package var what: String
  }

  /// VMs without a place as things are.
  package private(set) var leftBehind = 0
  /// A minimal set in conflict, at most ten.
  package private(set) var conflict: [Conflict] = []
  /// Families by what they cost, the costliest first.
  package private(set) var families: [Family] = []

  private let instance: PlacementInstance
  private let options: PackingOptions

  /// Explains an instance.
  ///
  /// **Complexity**: about fifty solutions of the first goal.
  package init(of instance: PlacementInstance, _ options: PackingOptions = PackingOptions()) {
    self.instance = instance
    // Fifty answers near the best say more than one that is.
    var options = options
    options.workLimit /= 10
    self.options = options
    let base = unplaced(instance)
    leftBehind = base.count
    guard !base.isEmpty else { return }
    for family in InstanceFamily.allCases {
      let left = unplaced(instance.without(family)).count
      families.append(
        Family(
          family: family.rawValue, leftBehindWithout: left,
          change: left == 0 ? change(family, base) : nil))
    }
    families = families.enumerated().sorted {
      ($0.element.leftBehindWithout, $0.offset) < ($1.element.leftBehindWithout, $1.offset)
    }.map(\.element)
    conflict = minimalConflict
  }

  /// The VMs without a place.
  private func unplaced(_ instance: PlacementInstance) -> [Int] {
    let packed = instance.packing
    let result = packed.problem.withoutReference.solve(options)
    return zip(packed.members, result.placements).flatMap { vms, placements in
      vms.dropFirst(placements.reduce(0) { $0 + $1.count })
    }
  }

  /// Each family is dropped in turn and stays dropped where the rest is in conflict without it. Room
  /// comes last, so that what is left names it.
  private var minimalConflict: [Conflict] {
    var rest = instance
    var kept: [InstanceFamily] = []
    for family in [InstanceFamily.group, .device, .cpuModel, .zone, .disk, .vcpu, .memory] {
      let without = rest.without(family)
      if unplaced(without).isEmpty { kept.append(family) } else { rest = without }
    }
    return kept.map { Conflict(family: $0.rawValue, what: instance.words(about: $0)) }
  }

  private func change(_ family: InstanceFamily, _ left: [Int]) -> String? {
    guard family.resource == nil || family == .device else { return moreHosts }
    for vms in [left, Array(instance.vms.indices)] {
      if unplaced(instance.without(family, for: Set(vms))).isEmpty {
        return "lift it for \(vms.count == left.count ? "the \(left.count) VMs left" : "all VMs")"
      }
    }
    return nil
  }

  /// Spare hosts, the kind that helps most first, up to eight.
  private var moreHosts: String? {
    var enlarged = instance
    var added: [PlacementInstance.Pool: Int] = [:]
    let kinds = instance.pools.pools
    for _ in 0..<8 {
      var best: (left: Int, kind: PlacementInstance.Pool, instance: PlacementInstance)?
      for kind in kinds {
        let tried = enlarged.adding(kind)
        let left = unplaced(tried).count
        if left < best?.left ?? .max { best = (left, kind, tried) }
        if left == 0 { break }
      }
      guard let best else { return nil }
      enlarged = best.instance
      added[best.kind, default: 0] += 1
      if best.left == 0 { return text(added) }
    }
    return nil
  }

  private func text(_ added: [PlacementInstance.Pool: Int]) -> String {
    added.sorted {
      ($0.key.zone, $0.key.hostClass, $0.key.hasGPU ? 1 : 0)
        < ($1.key.zone, $1.key.hostClass, $1.key.hasGPU ? 1 : 0)
    }.map { kind, count in
      "\(count) more host\(count == 1 ? "" : "s") of class \(kind.hostClass)"
        + (kind.hasGPU ? " with GPUs" : "") + " in zone \(kind.zone)"
    }.joined(separator: " and ")
  }
}

/// A family of constraints of an instance.
enum InstanceFamily: String, CaseIterable {
  case zone
  case cpuModel = "cpu_model"
  case device, memory, vcpu, disk, group

  /// The resource that it is about.
  var resource: Int? {
    switch self {
    case .vcpu: 0
    case .memory: 1
    case .disk: 2
    case .device: 3
    case .zone, .cpuModel, .group: nil
    }
  }
}

extension PlacementInstance {
  /// The instance without a family of constraints; of some VMs only, if they are given.
  func without(_ family: InstanceFamily, for some: Set<Int>? = nil) -> PlacementInstance {
    var lifted = self
    switch family {
    case .device:
      for flavor in flavors.indices { lifted.flavors[flavor][3] = 0 }
    case .memory, .vcpu, .disk:
      guard let resource = family.resource else { return self }
      let all = vms.reduce(Int64(0)) { $0 + flavors[$1.flavor][resource] }
      for host in hosts.indices { lifted.hosts[host].capacity[resource] += all }
    case .zone, .cpuModel, .group:
      for vm in vms.indices where some?.contains(vm) ?? true {
        if family == .zone { lifted.vms[vm].isPinnedToZone = false }
        if family == .cpuModel { lifted.vms[vm].cpuNeed = nil }
        if family == .group { lifted.vms[vm].group = nil }
      }
    }
    return lifted
  }

  /// The instance with one more empty host like the largest of a pool.
  func adding(_ pool: Pool) -> PlacementInstance {
    let like = hosts.filter {
      $0.zone == pool.zone && $0.hostClass == pool.hostClass
        && ($0.capacity[3] > 0) == pool.hasGPU
    }.max { $0.capacity[1] < $1.capacity[1] }
    guard var host = like else { return self }
    host.isDrained = false
    var larger = self
    larger.hosts.append(host)
    return larger
  }

  /// What a family is about: room free and asked for, or VMs that are bound.
  func words(about family: InstanceFamily) -> String {
    let moving = vms.filter { $0.mayMove && hosts[$0.host].isDrained }
    if let resource = family.resource {
      let asked = moving.reduce(Int64(0)) { $0 + flavors[$1.flavor][resource] }
      var free = hosts.filter { !$0.isDrained }.reduce(Int64(0)) { $0 + $1.capacity[resource] }
      for vm in vms where !hosts[vm.host].isDrained { free -= flavors[vm.flavor][resource] }
      return "\(family.rawValue): \(asked) asked for, \(free) free on open hosts"
    }
    let bound = moving.filter { vm in
      switch family {
      case .zone: vm.isPinnedToZone
      case .cpuModel: vm.cpuNeed != nil
      default: vm.group != nil
      }
    }
    return "\(family.rawValue): binds \(bound.count) of \(moving.count) VMs to move"
  }
}
