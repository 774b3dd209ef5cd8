import CloudModel
import Policies

/// Rolling problems small enough to solve by hand, with one resource.
struct RollingToy {
  var hosts = RollingProblem.Hosts()
  var vms = RollingProblem.VMs()
  var groups = RollingProblem.Groups()
  var limits = RollingProblem.Limits()
  var reserve = RollingProblem.Reserve.none

  /// Adds a host that is due and holds VMs of these sizes.
  @discardableResult
  mutating func host(
    _ capacity: Int64, holding sizes: [Int64] = [], zone: Int = 0, rack: Int = -1,
    isDue: Bool = true
  ) -> Int {
    let host = hosts.count
    hosts.zone.append(zone)
    hosts.rack.append(rack)
    hosts.kind.append(0)
    hosts.isDue.append(isDue)
    hosts.isOpen.append(true)
    hosts.capacity.append(capacity)
    for size in sizes { vm(size, on: host) }
    return host
  }

  mutating func vm(
    _ size: Int64, on host: Int, _ movement: RollingProblem.Movement = .moves, group: Int = -1
  ) {
    vms.host.append(host)
    vms.kind.append(0)
    vms.movement.append(movement)
    vms.isRestarted.append(movement != .stopsInPlace)
    vms.group.append(group)
    vms.demand.append(size)
  }

  mutating func group(mostOnHost: Int = 1, mostStopped: Int = 0) -> Int {
    groups.mostOnHost.append(mostOnHost)
    groups.mostStopped.append(mostStopped)
    return groups.count - 1
  }

  var problem: RollingProblem {
    RollingProblem(
      resources: [.memory], hosts: hosts, vms: vms, groups: groups, limits: limits,
      reserve: reserve)
  }

  /// Whether the waves empty every due host once and leave no host overfull.
  func isSound(_ waves: [RollingWave], returning: Bool) -> Bool {
    var places = vms.host
    for wave in waves {
      if returning { places = vms.host }
      for move in wave.moves {
        guard wave.hosts.contains(places[move.vm]), !wave.hosts.contains(move.target) else {
          return false
        }
        places[move.vm] = move.target
      }
      let isLeft = vms.host.indices.contains {
        vms.movement[$0] == .moves && wave.hosts.contains(places[$0])
      }
      guard !isLeft, loads(places).allSatisfy({ $0 >= 0 }) else { return false }
    }
    return waves.flatMap(\.hosts).sorted() == hosts.isDue.indices.filter { hosts.isDue[$0] }
  }

  /// What each host has left with the VMs at these places.
  func loads(_ places: [Int]) -> [Int64] {
    var free = hosts.capacity
    for (vm, host) in places.enumerated() { free[host] -= vms.demand[vm] }
    return free
  }
}
