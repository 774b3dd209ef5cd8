import CloudModel
import Policies

/// A family of constraints that can be lifted as a whole, to see what it costs.
///
/// The words are those of `RejectionRule`, and two about the VMs themselves.
package enum ConstraintFamily: String, Sendable, CaseIterable {
  /// Another host than those taken out.
  case out
  case zone
  case aggregate
  case trait
  case cpuModel = "cpu_model"
  case device
  case memory
  case vcpu
  case disk
  case group
  /// The policy class of a VM.
  case policyClass = "class"
  /// The state of a VM.
  case state
  /// The window.
  case time

  /// The families of which one can be lifted for all VMs and hosts at once.
  static let liftable: [ConstraintFamily] = [
    .zone, .aggregate, .trait, .cpuModel, .device, .memory, .vcpu, .disk, .group, .policyClass,
    .state,
  ]

  /// A task without this family of constraints.
  func lifted(from task: EvacuationTask) -> EvacuationTask {
    var task = task
    lift(from: &task.cloud)
    if self == .policyClass { task.rules = Self.withoutClasses(task.rules) }
    return task
  }

  private func lift(from cloud: inout Cloud) {
    switch self {
    case .zone:
      for vm in 0..<cloud.vms.count { cloud.vms.pinnedZone[vm] = -1 }
      cloud.vms.disks = Self.withoutZones(cloud.vms)
    case .aggregate: removeSpecs(from: &cloud) { $0.hasPrefix("aggregate_instance_extra_specs:") }
    case .trait: removeSpecs(from: &cloud) { $0.hasPrefix("trait:") }
    case .cpuModel:
      removeSpecs(from: &cloud) { $0.hasPrefix("capabilities:") }
      for index in cloud.hostClasses.indices {
        cloud.hostClasses[index] = HostClass(traits: cloud.hostClasses[index].traits)
      }
    case .device:
      for index in cloud.flavors.indices { cloud.flavors[index].devices = [] }
    case .memory: enlarge(&cloud) { $0.memoryMiB += $1.memoryMiB }
    case .vcpu: enlarge(&cloud) { $0.vcpus += $1.vcpus }
    case .disk: enlarge(&cloud) { $0.diskGiB += $1.diskGiB }
    case .group:
      for index in cloud.groups.indices {
        let isApart = [.antiAffinity, .softAntiAffinity].contains(cloud.groups[index].policy)
        cloud.groups[index].policy = isApart ? .softAntiAffinity : .softAffinity
        cloud.groups[index].minimumRunning = nil
      }
    case .state:
      for vm in 0..<cloud.vms.count
      where ![.active, .stopped].contains(cloud.vms.state[vm]) { cloud.vms.state[vm] = .active }
    case .out, .policyClass, .time: break
    }
  }

  /// Gives every host room for all VMs of the cloud.
  private func enlarge(_ cloud: inout Cloud, _ change: (inout Resources, Resources) -> Void) {
    let all = cloud.vms.demand.reduce(Resources.zero) { $0 + $1 }
    for host in 0..<cloud.hosts.count {
      change(&cloud.hosts.capacity[host], all)
      change(&cloud.hosts.largestVM[host], all)
    }
  }

  private func removeSpecs(from cloud: inout Cloud, where isMeant: (String) -> Bool) {
    for index in cloud.flavors.indices {
      let kept = cloud.flavors[index].extraSpecs.entries.filter { !isMeant($0.key) }
      cloud.flavors[index].extraSpecs = Properties(kept.map { ($0.key, $0.value) })
    }
    guard self == .trait else { return }
    for index in cloud.images.indices {
      let kept = cloud.images[index].properties.entries.filter { !isMeant($0.key) }
      cloud.images[index].properties = Properties(kept.map { ($0.key, $0.value) })
    }
  }

  private static func withoutZones(_ vms: VMColumns) -> Adjacency<Disk> {
    var disks = Adjacency<Disk>()
    for vm in 0..<vms.count {
      disks.append(vms.disks[vm].map { Disk(kind: $0.kind, size: $0.size) })
    }
    return disks
  }

  /// Every owner agrees to whatever the facts permit, at least to a stop.
  private static func withoutClasses(_ rules: ClassRules) -> ClassRules {
    var rules = rules
    rules.wishes = [WishRule(selector: VMSelector(), wish: .live, fallback: .stop)]
    rules.fallback = .stop
    return rules
  }
}
