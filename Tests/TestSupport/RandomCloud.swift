package import CloudModel
import Stochastics

/// Small clouds drawn from a seed, tight enough that not everything fits.
package enum RandomCloud {
  /// A cloud and the hosts to empty; equal seeds give equal clouds.
  package static func make(
    seed: UInt64, hosts hostCount: Int = 8, vms vmCount: Int = 40
  ) -> (cloud: Cloud, out: [Int]) {
    var draw = RandomStream(seed: seed, replication: 0, purpose: .generation)
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let classes = [
      HostClass(cpuFeatures: ["a", "b"]), HostClass(cpuFeatures: ["a", "b", "c"]),
    ]
    for host in 0..<hostCount {
      tiny.host(
        "h\(host)", zone: host % 2, memory: Int64(16 + draw.integer(below: 16)),
        vcpus: Int64(24 + draw.integer(below: 24)), hostClass: classes[draw.integer(below: 2)],
        devices: draw.integer(below: 3) == 0 ? [("gpu", 2)] : [])
    }
    let groups = [
      tiny.group("apart", .antiAffinity), tiny.group("pairs", .antiAffinity, maxPerHost: 2),
      tiny.group("soft", .softAntiAffinity), tiny.group("together", .affinity),
    ]
    for vm in 0..<vmCount {
      let trial = tiny
      let host = draw.integer(below: hostCount)
      let hasDevice = draw.integer(below: 8) == 0
      tiny.vm(
        "v\(vm)", on: host, memory: Int64(1 + draw.integer(below: 6)),
        vcpus: Int64(1 + draw.integer(below: 4)),
        group: draw.integer(below: 4) == 0 ? groups[draw.integer(below: 4)] : -1,
        state: [.active, .active, .active, .active, .stopped, .paused, .error][
          draw.integer(below: 7)],
        pinnedZone: draw.integer(below: 3) == 0 ? host % 2 : -1,
        tags: [[], [], [], ["scs:migration=cold"], ["scs:migration=none"]][
          draw.integer(below: 5)],
        devices: hasDevice ? [("gpu", 1)] : [])
      if !isLegal(tiny.cloud, lastVM: tiny.cloud.vms.count - 1, on: host) { tiny = trial }
    }
    let first = draw.integer(below: hostCount)
    return (tiny.cloud, [first, (first + 1 + draw.integer(below: hostCount - 1)) % hostCount])
  }

  /// Whether the cloud as it stands breaks no rule by its newest VM.
  private static func isLegal(_ cloud: Cloud, lastVM vm: Int, on host: Int) -> Bool {
    let state = CloudState(of: cloud)
    let free = state.free[host]
    guard free.vcpus >= 0, free.memoryMiB >= 0, free.diskGiB >= 0 else { return false }
    for type in cloud.deviceTypes.indices
    where state.freeDevices(ofType: type, on: host) < 0 { return false }
    let group = cloud.vms.group[vm]
    guard group >= 0 else { return true }
    switch cloud.groups[group].policy {
    case .antiAffinity:
      return state.groups.members(of: group, on: host) <= cloud.groups[group].maxPerHost
    case .affinity: return state.groups.hosts(of: group).count == 1
    case .softAffinity, .softAntiAffinity: return true
    }
  }
}

/// Tries every placement of a small cloud: the slow and obvious answer.
package enum ExhaustivePlacement {
  /// Whether the VMs that may be moved can be placed so that the hosts are empty of those that need
  /// a target, whatever is moved and however often.
  package static func exists(in cloud: Cloud, out: [Int]) -> Bool {
    var search = Search(cloud: cloud, out: Set(out))
    return search.place(0)
  }

  private struct Search {
    let cloud: Cloud
    let out: Set<Int>
    let rules: TargetRules
    let vms: [(vm: Int, arrival: Arrival, mustLeave: Bool)]
    var state: CloudState

    init(cloud: Cloud, out: Set<Int>) {
      self.cloud = cloud
      self.out = out
      rules = TargetRules(cloud: cloud, out: out.sorted())
      let resolver = ClassResolver(cloud: cloud, rules: ClassRules(), out: out)
      var vms: [(vm: Int, arrival: Arrival, mustLeave: Bool)] = []
      for vm in 0..<cloud.vms.count {
        guard let resolved = try? resolver.resolve(vm), resolved.ceiling.blockingState == nil
        else { continue }
        let mustLeave = out.contains(cloud.vms.host[vm])
        if resolved.effective == .live {
          vms.append((vm, .running, mustLeave))
        } else if resolved.effective == .cold, cloud.vms.state[vm] != .paused, mustLeave {
          vms.append((vm, .stopped, mustLeave))
        }
      }
      self.vms = vms
      state = CloudState(of: cloud)
      for item in vms { state.release(item.vm, on: cloud.vms.host[item.vm], in: cloud) }
    }

    mutating func place(_ index: Int) -> Bool {
      guard index < vms.count else { return true }
      let (vm, arrival, mustLeave) = vms[index]
      let requirement = rules.requirement(of: vm)
      for host in 0..<cloud.hosts.count where !out.contains(host) {
        let isHome = host == cloud.vms.host[vm] && !mustLeave
        let refusals = rules.refusals(
          of: host, for: vm, requirement: requirement, arriving: arrival, state: state)
        guard refusals.isEmpty || (isHome && fits(vm, on: host)) else { continue }
        state.claim(vm, on: host, in: cloud)
        if place(index + 1) { return true }
        state.release(vm, on: host, in: cloud)
      }
      return false
    }

    private func fits(_ vm: Int, on host: Int) -> Bool {
      cloud.vms.demand[vm].fits(in: state.free[host])
    }
  }
}
