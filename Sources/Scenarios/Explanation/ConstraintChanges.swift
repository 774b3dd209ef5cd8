import CloudModel
import Policies

/// Single changes of one family each with which nobody would be left behind, the smallest first;
/// each is tried by planning again.
struct ConstraintChanges {
  private let task: EvacuationTask
  private let left: [LeftBehind]
  private let names: VMNames
  private let leftBehind: (EvacuationTask) throws(StrategyError) -> Int

  /// Changes of a task in which VMs are left behind; `leftBehind` plans again.
  init(
    _ task: EvacuationTask, left: [LeftBehind],
    leftBehind: @escaping (EvacuationTask) throws(StrategyError) -> Int
  ) {
    self.task = task
    self.left = left
    self.leftBehind = leftBehind
    names = VMNames(task.cloud)
  }

  /// The smallest change of a family that is enough; nil if none that is tried is.
  func smallest(of family: ConstraintFamily) throws(StrategyError) -> String? {
    switch family {
    case .memory, .vcpu, .disk: try moreHosts()
    case .out: try oneHostLater()
    case .zone: try forVMs("untie from their zones") { $0.untie($1) }
    case .device: try moreDevices()
    case .group: try looserGroups()
    case .policyClass:
      try forVMs("their owners agree to a stop:") { task, vms in
        var selector = VMSelector()
        selector.names = vms.map { task.cloud.vms.ids[$0] }
        task.rules.wishes.insert(
          WishRule(selector: selector, wish: .stop, fallback: .stop), at: 0)
      }
    case .cpuModel: try coldInstead()
    case .state: try settledStates()
    case .trait, .aggregate, .time: nil
    }
  }

  private func isEnough(_ task: EvacuationTask) throws(StrategyError) -> Bool {
    try leftBehind(task) == 0
  }

  /// The hosts that are asked for, but one: the first without which the rest can be emptied.
  private func oneHostLater() throws(StrategyError) -> String? {
    guard task.out.count > 1 else { return nil }
    for (place, host) in task.out.enumerated() {
      var fewer = task
      fewer.out.remove(at: place)
      if try isEnough(fewer) { return "take \(task.cloud.hosts.names[host]) another time" }
    }
    return nil
  }

  /// Spare hosts like the largest open one of a zone, one zone after the other: where most VMs were
  /// left behind first.
  private func moreHosts() throws(StrategyError) -> String? {
    var changed = task
    var added: [Int: Int] = [:]
    let zones = Set(left.map { task.cloud.hosts.zone[task.cloud.vms.host[$0.vm]] }).sorted()
    for _ in 0..<8 {
      var best: (left: Int, zone: Int, task: EvacuationTask)?
      for zone in zones {
        guard let model = model(in: zone) else { continue }
        var tried = changed
        tried.cloud.addHost(like: model, named: "spare-\(added.values.reduce(1, +))")
        let left = try leftBehind(tried)
        if best == nil || left < best?.left ?? 0 { best = (left, zone, tried) }
        if left == 0 { break }
      }
      guard let best else { return nil }
      changed = best.task
      added[best.zone, default: 0] += 1
      if best.left == 0 { return text(added) }
    }
    return nil
  }

  private func text(_ added: [Int: Int]) -> String {
    added.keys.sorted().map { zone in
      let count = added[zone] ?? 0
      let like = model(in: zone).map { task.cloud.hosts.names[$0] } ?? ""
      return "\(count) more host\(count == 1 ? "" : "s") like \(like) in "
        + task.cloud.zones[zone].name
    }.joined(separator: " and ")
  }

  /// The open host with most memory of a zone, without devices where there is one.
  private func model(in zone: Int) -> Int? {
    let cloud = task.cloud
    let rules = TargetRules(cloud: cloud, out: task.out)
    let withDevices = Set(cloud.devicePools.map(\.host))
    return (0..<cloud.hosts.count).filter { cloud.hosts.zone[$0] == zone && rules.isOpen($0) }
      .max { left, right in
        func key(_ host: Int) -> (Int, Int64, Int) {
          (withDevices.contains(host) ? 0 : 1, cloud.hosts.capacity[host].memoryMiB, -host)
        }
        return key(left) < key(right)
      }
  }

  /// Devices on an open host of the VM's zone, as many as are asked for by those left behind.
  private func moreDevices() throws(StrategyError) -> String? {
    let cloud = task.cloud
    let rules = TargetRules(cloud: cloud, out: task.out)
    for type in cloud.deviceTypes.indices {
      let asked = left.reduce(0) { $0 + cloud.devicesUsed(by: $1.vm, ofType: type) }
      guard asked > 0 else { continue }
      for host in 0..<cloud.hosts.count where rules.isOpen(host) {
        guard cloud.devicePools.contains(where: { $0.host == host && $0.type == type }) else {
          continue
        }
        var changed = task
        changed.cloud.devicePools.append(
          DevicePool(host: host, type: type, numaNode: nil, total: asked, evidence: .assumed))
        if try isEnough(changed) {
          return "\(asked) more free \(cloud.deviceTypes[type].name) on \(cloud.hosts.names[host])"
        }
      }
    }
    return nil
  }

  private func looserGroups() throws(StrategyError) -> String? {
    let cloud = task.cloud
    for group in Set(left.map { cloud.vms.group[$0.vm] }).sorted() where group >= 0 {
      var changed = task
      let isApart = cloud.groups[group].policy == .antiAffinity
      changed.cloud.groups[group].policy = isApart ? .softAntiAffinity : .softAffinity
      changed.cloud.groups[group].minimumRunning = nil
      if try isEnough(changed) { return "group \(cloud.groups[group].name) only as a preference" }
    }
    return nil
  }

  /// What has to be done with the VMs whose state permits no step.
  private func settledStates() throws(StrategyError) -> String? {
    let blocked = left.filter { $0.reason == .state }
    guard !blocked.isEmpty else { return nil }
    var changed = task
    for entry in blocked { changed.cloud.vms.state[entry.vm] = .active }
    guard try isEnough(changed) else { return nil }
    return blocked.prefix(5).map { "\(names[$0.vm]): \($0.advice)" }.joined(separator: "; ")
      + (blocked.count > 5 ? "; and \(blocked.count - 5) more" : "")
  }

  private func coldInstead() throws(StrategyError) -> String? {
    var changed = task
    changed.rules.fallback = .cold
    return try isEnough(changed) ? "permit `fallback: cold`" : nil
  }

  /// A change for the VMs left behind: for one of them, if that is enough, else for all.
  private func forVMs(
    _ words: String, _ change: (inout EvacuationTask, [Int]) -> Void
  ) throws(StrategyError) -> String? {
    for vms in left.prefix(4).map({ [$0.vm] }) + [left.map(\.vm)] {
      var changed = task
      change(&changed, vms)
      guard try isEnough(changed) else { continue }
      let shown = vms.prefix(5).map { names[$0] }.joined(separator: ", ")
      return "\(words) \(shown)" + (vms.count > 5 ? " and \(vms.count - 5) more" : "")
    }
    return nil
  }
}

extension EvacuationTask {
  /// Lets VMs leave their zones.
  fileprivate mutating func untie(_ vms: [Int]) {
    let untied = Set(vms)
    var disks = Adjacency<Disk>()
    for vm in 0..<cloud.vms.count {
      guard untied.contains(vm) else {
        disks.append(cloud.vms.disks[vm])
        continue
      }
      cloud.vms.pinnedZone[vm] = -1
      disks.append(cloud.vms.disks[vm].map { Disk(kind: $0.kind, size: $0.size) })
    }
    cloud.vms.disks = disks
  }
}

extension Cloud {
  /// Adds an empty host like another one, without its devices.
  fileprivate mutating func addHost(like model: Int, named name: String) {
    hosts.names.append(name)
    hosts.zone.append(hosts.zone[model])
    hosts.rack.append(hosts.rack[model])
    hosts.hostClass.append(hosts.hostClass[model])
    hosts.state.append(.enabled)
    hosts.capacity.append(hosts.capacity[model])
    hosts.largestVM.append(hosts.largestVM[model])
    hosts.aggregates.append(Array(hosts.aggregates[model]))
  }
}
