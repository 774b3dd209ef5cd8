import CloudModel

/// What is free while a wave is out: capacity of hosts that are out is missing for new VMs too.
struct WaveRooms {
  /// The flavor of most VMs, in which room is counted; nil: there are no VMs.
  let flavor: Int?
  private let cloud: Cloud
  private var state: CloudState

  init(_ cloud: Cloud) {
    self.cloud = cloud
    state = CloudState(of: cloud)
    var counts = [Int](repeating: 0, count: cloud.flavors.count)
    for vm in 0..<cloud.vms.count where cloud.vms.host[vm] >= 0 {
      counts[cloud.vms.flavor[vm]] += 1
    }
    let most = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) }
    flavor = most.flatMap { counts[$0] > 0 ? $0 : nil }
  }

  /// The free share of memory in the fullest zone with hosts out, and the new VMs for which all open
  /// hosts have room, while a wave is out. Where VMs stay their moves count from then on.
  mutating func during(
    _ wave: RollingMoves.Wave, returns: Bool
  ) -> (freeMemory: Double, arrivals: Int) {
    let before = state
    for move in wave.drain {
      if let target = move.target { state.move(move.vm, to: target, in: cloud) }
    }
    defer { if returns { state = before } }
    let out = Set(wave.hosts)
    let zones = Set(wave.hosts.map { cloud.hosts.zone[$0] })
    var free = [Int64](repeating: 0, count: cloud.zones.count)
    var capacity = free
    var arrivals = 0
    for host in 0..<cloud.hosts.count where cloud.hosts.state[host] == .enabled {
      guard !out.contains(host) else { continue }
      let zone = cloud.hosts.zone[host]
      free[zone] += max(0, state.free[host].memoryMiB)
      capacity[zone] += cloud.hosts.capacity[host].memoryMiB
      arrivals += flavor.map { count(cloud.flavors[$0].demand, in: state.free[host]) } ?? 0
    }
    let shares = zones.map { capacity[$0] > 0 ? Double(free[$0]) / Double(capacity[$0]) : 0 }
    return (min(1, shares.min() ?? 0), arrivals)
  }

  private func count(_ demand: Resources, in free: Resources) -> Int {
    let pairs = [
      (free.vcpus, demand.vcpus), (free.memoryMiB, demand.memoryMiB),
      (free.diskGiB, demand.diskGiB),
    ]
    return Int(pairs.filter { $0.1 > 0 }.map { max(0, $0.0) / $0.1 }.min() ?? 0)
  }
}
