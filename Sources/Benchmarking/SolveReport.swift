package import Policies

/// The answer to one instance, with its bound and what it cost.
package struct SolveReport: Sendable {
  /// VMs of a flavor on a host.
  package struct Count: Sendable, Equatable {
    /// Index of the host.
    package var host: Int
    /// The name of the flavor.
    package var flavor: String
    /// How many VMs.
    package var count: Int
  }

  /// A VM with its host.
  package struct Assignment: Sendable, Equatable {
    /// Index of the VM.
    package var vm: Int
    /// Index of its new host; nil if it has none.
    package var host: Int?
  }

  /// What was found.
  package enum Answer: Sendable {
    /// Batches by zone, with the bound of each, and the VMs that show it.
    case headroom(zones: [(zone: Int, value: Int, bound: Int)], counts: [Count])
    /// VMs left out with their bound, the reference slots left, and where each VM goes.
    case evacuation(unplaced: Int, bound: Int, slots: Int, assignment: [Assignment])
  }

  /// The name of the instance.
  package let name: String
  /// The word of the problem.
  package let problem: String
  /// What was found.
  package let answer: Answer
  /// CPU time of the process for the search, in seconds.
  package let cpuSeconds: Double
  /// Most memory the process ever held, in bytes.
  package let peakMemoryBytes: Int64

  /// The problems that can be solved.
  package static let problems = ["evacuation", "headroom"]

  /// Parses and solves an instance of any problem that is known.
  ///
  /// **Errors**: `PlacementInstanceError`; `otherProblem` for one that is not known.
  package init(
    json: [UInt8], packing: PackingOptions = PackingOptions(),
    headroom: HeadroomOptions = HeadroomOptions()
  ) throws(PlacementInstanceError) {
    do {
      self.init(try HeadroomInstance(json: json), headroom)
    } catch {
      guard case .otherProblem(found: "evacuation") = error else { throw error }
      self.init(try PlacementInstance(json: json), packing)
    }
  }

  /// Solves a headroom instance and measures.
  package init(_ instance: HeadroomInstance, _ options: HeadroomOptions = HeadroomOptions()) {
    let before = ProcessUsage.cpuSeconds
    var zones: [(zone: Int, value: Int, bound: Int)] = []
    var counts: [Count] = []
    for zone in instance.zones {
      let (problem, hosts) = instance.problem(ofZone: zone)
      let result = problem.solve(options)
      zones.append((zone, result.value, result.bound))
      for (part, placements) in zip(instance.mix, result.placements) {
        counts += placements.map {
          Count(
            host: hosts[$0.bin], flavor: instance.flavorNames[part.flavor], count: $0.count)
        }
      }
    }
    counts.sort { ($0.host, $0.flavor) < ($1.host, $1.flavor) }
    name = instance.name
    problem = "headroom"
    answer = .headroom(zones: zones, counts: counts)
    cpuSeconds = ProcessUsage.cpuSeconds - before
    peakMemoryBytes = ProcessUsage.peakMemoryBytes
  }

  /// Solves an evacuation instance and measures.
  package init(_ instance: PlacementInstance, _ options: PackingOptions = PackingOptions()) {
    let before = ProcessUsage.cpuSeconds
    let (packing, hosts, members) = instance.packing
    let result = packing.solve(options)
    cpuSeconds = ProcessUsage.cpuSeconds - before
    peakMemoryBytes = ProcessUsage.peakMemoryBytes
    var assignment: [Assignment] = []
    for (vms, placements) in zip(members, result.placements) {
      let targets = placements.flatMap { [Int](repeating: hosts[$0.bin], count: $0.count) }
      for (index, vm) in vms.enumerated() {
        assignment.append(Assignment(vm: vm, host: index < targets.count ? targets[index] : nil))
      }
    }
    assignment.sort { $0.vm < $1.vm }
    name = instance.name
    problem = "evacuation"
    answer = .evacuation(
      unplaced: result.unplacedCount, bound: result.bound,
      slots: instance.referenceSlotsLeft(assignment), assignment: assignment)
  }
}

extension PlacementInstance {
  /// How many VMs of 8 vCPUs and 32 GiB still fit on the hosts without GPU that are not emptied,
  /// one host after the other, when the VMs are where an assignment puts them.
  func referenceSlotsLeft(_ assignment: [SolveReport.Assignment]) -> Int {
    var free = hosts.map(\.capacity)
    func take(_ vm: Int, from host: Int) {
      for resource in 0..<Self.resourceCount {
        free[host][resource] -= flavors[vms[vm].flavor][resource]
      }
    }
    for vm in vms.indices where !hosts[vms[vm].host].isDrained { take(vm, from: vms[vm].host) }
    for target in assignment {
      if let host = target.host { take(target.vm, from: host) }
    }
    return hosts.indices.reduce(0) { sum, host in
      guard !hosts[host].isDrained, hosts[host].capacity[3] == 0 else { return sum }
      return sum + Int(max(0, min(free[host][0] / 8, free[host][1] / 32)))
    }
  }
}

extension SolveReport {
  /// Whether no answer is better in what is bounded.
  package var isProven: Bool {
    switch answer {
    case .headroom(let zones, _): zones.allSatisfy { $0.value == $0.bound }
    case .evacuation(let unplaced, let bound, _, _): unplaced == bound
    }
  }

  /// |value - bound| / max(1, |bound|) of the number that is optimised: the least zone's batches,
  /// or the VMs left out.
  package var gap: Double {
    switch answer {
    case .headroom(let zones, _):
      let value = zones.map(\.value).min() ?? 0
      let bound = zones.map(\.bound).min() ?? 0
      return Double(bound - value) / Double(max(1, bound))
    case .evacuation(let unplaced, let bound, _, _):
      return Double(unplaced - bound) / Double(max(1, bound))
    }
  }
}
