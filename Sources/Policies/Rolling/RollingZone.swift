import CloudModel

/// One zone of a problem in flat arrays, with hosts and VMs renumbered within it.
///
/// VMs never leave their zone, so all that couples zones is how many of them, and how many stopped
/// members of a group, are out at once.
final class RollingZone: Sendable {
  /// The number of the zone.
  let number: Int
  /// The host of the problem that each host is.
  let hosts: [Int]
  let resourceCount: Int
  /// Host by host, an amount per resource.
  let capacity: [Int]
  let isDue: [Bool]
  let isOpen: [Bool]
  /// Racks are counted within the zone; a host without rack has one of its own.
  let rack: [Int]
  let rackCount: Int
  /// Hosts that may fail together.
  let units: [[Int]]
  /// Whether a rack with hosts out is the one that fails.
  let countsRackOut: Bool

  /// The VM of the problem that each VM is.
  let vms: [Int]
  /// The host on which each VM is at the beginning.
  let home: [Int]
  /// VMs of one shape have equal demand and kind.
  let shape: [Int]
  /// Groups are counted within the zone; -1 stands for none.
  let group: [Int]
  let movement: [RollingProblem.Movement]
  let isRestarted: [Bool]
  /// Shape by shape, an amount per resource.
  let demand: [Int]
  /// Whether VMs of a shape may run on a host, shape by shape.
  let isAllowed: [Bool]
  /// The group of the problem that each group is.
  let groups: [Int]
  let mostOnHost: [Int]
  /// For each due host the groups with a limit of stopped members, and how many it would stop.
  let stopped: [[(group: Int, members: Int)]]

  var hostCount: Int { hosts.count }

  init(_ number: Int, of problem: RollingProblem) {
    self.number = number
    resourceCount = problem.resources.count
    let hosts = problem.hosts.zone.indices.filter { problem.hosts.zone[$0] == number }
    self.hosts = hosts
    var localHost = [Int](repeating: -1, count: problem.hosts.count)
    for (local, host) in hosts.enumerated() { localHost[host] = local }
    isDue = hosts.map { problem.hosts.isDue[$0] }
    isOpen = hosts.map { problem.hosts.isOpen[$0] }
    let resources = problem.resources.count
    capacity = hosts.flatMap { host in
      (0..<resources).map { Int(problem.hosts.capacity[host * resources + $0]) }
    }
    countsRackOut = problem.reserve == .rackOnce
    let racks = Self.racks(problem, hosts)
    rack = racks
    rackCount = (racks.max() ?? -1) + 1
    switch problem.reserve {
    case .none: units = []
    case .host: units = hosts.indices.map { [$0] }
    case .rack, .rackOnce:
      units = (0..<rackCount).map { number in hosts.indices.filter { racks[$0] == number } }
    }

    let vms = problem.vms.host.indices.filter { localHost[problem.vms.host[$0]] >= 0 }
    self.vms = vms
    home = vms.map { localHost[problem.vms.host[$0]] }
    movement = vms.map { problem.vms.movement[$0] }
    isRestarted = vms.map { problem.vms.isRestarted[$0] }
    let shapes = Self.shapes(problem, vms)
    shape = shapes.ofVM
    demand = shapes.list.flatMap { $0.demand.map { Int($0) } }
    isAllowed = shapes.list.flatMap { shape in
      hosts.map { problem.allows(vmKind: shape.kind, hostKind: problem.hosts.kind[$0]) }
    }
    let groups = Set(vms.lazy.map { problem.vms.group[$0] }.filter { $0 >= 0 }).sorted()
    self.groups = groups
    var localGroup = [Int](repeating: -1, count: problem.groups.count)
    for (local, group) in groups.enumerated() { localGroup[group] = local }
    group = vms.map { problem.vms.group[$0] < 0 ? -1 : localGroup[problem.vms.group[$0]] }
    mostOnHost = groups.map { problem.groups.mostOnHost[$0] }
    stopped = Self.stopped(problem, vms, localHost, count: hosts.count)
  }

  /// The only unit that still has to be able to fail while hosts are out, or nil if any may.
  func unitCountedAsFailed(_ out: [Int]) -> Int? {
    guard countsRackOut, let first = out.first else { return nil }
    return out.allSatisfy { rack[$0] == rack[first] } ? rack[first] : nil
  }

  private static func racks(_ problem: RollingProblem, _ hosts: [Int]) -> [Int] {
    var numbers: [Int: Int] = [:]
    var next = 0
    return hosts.map { host in
      let rack = problem.hosts.rack[host]
      if rack >= 0, let known = numbers[rack] { return known }
      if rack >= 0 { numbers[rack] = next }
      next += 1
      return next - 1
    }
  }

  private struct Shape: Hashable {
    var demand: [Int64]
    var kind: Int
  }

  private static func shapes(
    _ problem: RollingProblem, _ vms: [Int]
  ) -> (list: [Shape], ofVM: [Int]) {
    let resources = problem.resources.count
    var numbers: [Shape: Int] = [:]
    var list: [Shape] = []
    let ofVM = vms.map { vm in
      let shape = Shape(
        demand: Array(problem.vms.demand[vm * resources..<(vm + 1) * resources]),
        kind: problem.vms.kind[vm])
      let number = numbers[shape] ?? list.count
      if number == list.count {
        numbers[shape] = number
        list.append(shape)
      }
      return number
    }
    return (list, ofVM)
  }

  private static func stopped(
    _ problem: RollingProblem, _ vms: [Int], _ localHost: [Int], count: Int
  ) -> [[(group: Int, members: Int)]] {
    var stopped = [[(group: Int, members: Int)]](repeating: [], count: count)
    for vm in vms where problem.vms.movement[vm] == .stopsInPlace {
      let (group, host) = (problem.vms.group[vm], localHost[problem.vms.host[vm]])
      guard group >= 0, problem.groups.mostStopped[group] > 0 else { continue }
      if let place = stopped[host].firstIndex(where: { $0.group == group }) {
        stopped[host][place].members += 1
      } else {
        stopped[host].append((group, 1))
      }
    }
    return stopped
  }
}
