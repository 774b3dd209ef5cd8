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

  /// VMs left out and the reference slots left, or bounds of the two.
  package struct Evacuation: Sendable, Equatable {
    /// VMs without a place.
    package var unplaced: Int
    /// How many more VMs of the reference size fit.
    package var slots: Int

    /// VMs left out and slots left.
    package init(unplaced: Int, slots: Int) {
      self.unplaced = unplaced
      self.slots = slots
    }
  }

  /// What was found.
  package enum Answer: Sendable {
    /// Batches by zone, with the bound of each, and the VMs that show it.
    case headroom(zones: [(zone: Int, value: Int, bound: Int)], counts: [Count])
    /// What is left out and left free, with the bounds, and where each VM goes.
    case evacuation(value: Evacuation, bound: Evacuation, assignment: [Assignment])
    /// The emptied hosts, the moves with their bound, and where each moved VM goes; no moves if
    /// fewer hosts can be emptied than asked for, no bound if that is certain.
    case consolidation(hosts: [Int], moves: Int?, bound: Int?, assignment: [Assignment])
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
  package static let problems = ["evacuation", "headroom", "consolidate"]

  /// Parses and solves an instance of any problem that is known.
  ///
  /// **Errors**: `PlacementInstanceError`; `otherProblem` for one that is not known.
  package init(
    json: [UInt8], _ options: PackingOptions = PackingOptions(),
    solver: ComparedSolver = .recipe
  ) throws(PlacementInstanceError) {
    do {
      self.init(try PlacementInstance(json: json), options, solver: solver)
    } catch .otherProblem(found: "headroom") {
      self.init(try HeadroomInstance(json: json), options.headroom)
    } catch .otherProblem(found: "consolidate") {
      self.init(try ConsolidationInstance(json: json), options.consolidation)
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

  /// Solves an evacuation instance and measures; the solver has to be installed.
  package init(
    _ instance: PlacementInstance, _ options: PackingOptions = PackingOptions(),
    solver: ComparedSolver = .recipe
  ) {
    let packed = instance.packing
    guard let outcome = solver.solve(packed.problem, options) else {
      preconditionFailure("The solver \(solver.name) is not installed.")
    }
    let result = outcome.result
    cpuSeconds = outcome.cpuSeconds
    peakMemoryBytes = ProcessUsage.peakMemoryBytes
    let violations = packed.problem.violations(of: result)
    precondition(violations.isEmpty, "The packing breaks its own rules: \(violations).")
    let assignment = Self.assignment(packed.members, result.placements, hosts: packed.hosts)
    name = instance.name
    problem = "evacuation"
    let slots = instance.referenceSlotsLeft(assignment)
    answer = .evacuation(
      value: .init(unplaced: result.unplacedCount, slots: slots),
      bound: .init(unplaced: result.bound, slots: result.referenceBound ?? slots),
      assignment: assignment)
  }

  /// Solves a consolidation instance and measures.
  package init(
    _ instance: ConsolidationInstance, _ options: ConsolidationOptions = ConsolidationOptions()
  ) {
    let before = ProcessUsage.cpuSeconds
    let (problem, hosts, members) = instance.problem
    let result = problem.solve(options)
    cpuSeconds = ProcessUsage.cpuSeconds - before
    peakMemoryBytes = ProcessUsage.peakMemoryBytes
    var leaving = problem.types.map { _ in [Int]() }
    for candidate in result.emptied {
      for (content, vms) in zip(problem.candidates[candidate].contents, members[candidate]) {
        leaving[content.type] += vms
      }
    }
    name = instance.name
    self.problem = "consolidate"
    answer = .consolidation(
      hosts: result.emptied.map { hosts[problem.candidates[$0].bin] },
      moves: result.isComplete ? result.moves : nil, bound: result.bound,
      assignment: Self.assignment(leaving, result.placements, hosts: hosts))
  }

  /// Hands the places of each type out to its VMs.
  private static func assignment(
    _ members: [[Int]], _ placements: [[PackingResult.Placement]], hosts: [Int]
  ) -> [Assignment] {
    var assignment: [Assignment] = []
    for (vms, placements) in zip(members, placements) {
      let targets = placements.flatMap { [Int](repeating: hosts[$0.bin], count: $0.count) }
      for (index, vm) in vms.enumerated() {
        assignment.append(Assignment(vm: vm, host: index < targets.count ? targets[index] : nil))
      }
    }
    return assignment.sorted { $0.vm < $1.vm }
  }
}

extension PackingOptions {
  /// The same limits for a headroom.
  fileprivate var headroom: HeadroomOptions {
    var options = HeadroomOptions()
    options.timeLimit = timeLimit
    return options
  }

  /// The same limits for a consolidation.
  fileprivate var consolidation: ConsolidationOptions {
    var options = ConsolidationOptions()
    options.timeLimit = timeLimit
    return options
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
