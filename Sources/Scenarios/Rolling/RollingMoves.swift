import CloudModel
import Policies

/// What is done with the VMs of each wave: off its hosts, and home again.
struct RollingMoves {
  /// One wave.
  struct Wave {
    /// The hosts that are out.
    var hosts: [Int]
    /// Moves, stops and ends before the work, the largest VMs first.
    var drain: [Move]
    /// The moves home after it; none where VMs stay.
    var back: [Move]
  }

  /// The waves; where VMs go back their order is free.
  let waves: [Wave]
  /// The classes of the VMs on all due hosts, by VM, ascending.
  let classes: [(vm: Int, resolved: ResolvedClass)]

  /// What a plan of a problem means for the VMs of the question's cloud.
  ///
  /// **Errors**: `ClassError` where a key about migration cannot be read.
  init(
    _ plan: RollingPlan, of problem: RollingProblem, _ question: RollingQuestion
  ) throws(ClassError) {
    let resolver = ClassResolver(cloud: question.cloud, rules: question.rules)
    let due = Set(question.due)
    var places = question.cloud.vms.host
    var resolved: [Int: ResolvedClass] = [:]
    for vm in places.indices where due.contains(places[vm]) {
      resolved[vm] = try resolver.resolve(vm)
    }
    var waves: [Wave] = []
    for wave in plan.waves {
      for moves in wave.moves where resolved[problem.vmNumbers[moves.vm]] == nil {
        let vm = problem.vmNumbers[moves.vm]
        resolved[vm] = try resolver.resolve(vm)
      }
      for part in Self.parts(of: wave, problem, places, question.calendar) {
        let builder = WaveBuilder(question.cloud, resolved, places)
        let made = builder.wave(part, number: waves.count + 1, returns: question.policy.returns)
        if !question.policy.returns {
          for move in made.drain { if let target = move.target { places[move.vm] = target } }
        }
        waves.append(made)
      }
    }
    self.waves = waves
    classes = resolved.keys.sorted().compactMap { vm in resolved[vm].map { (vm, $0) } }
  }

  /// A wave with the VMs of the cloud.
  struct Part {
    var hosts: [Int]
    var moves: [RollingWave.Move]
  }

  /// A wave whose hosts have no time in common is divided by their times: fewer hosts out at once
  /// are always allowed.
  private static func parts(
    of wave: RollingWave, _ problem: RollingProblem, _ places: [Int],
    _ calendar: MaintenanceCalendar
  ) -> [Part] {
    let moves = wave.moves.map {
      RollingWave.Move(vm: problem.vmNumbers[$0.vm], target: $0.target)
    }
    guard calendar.hasWindows, calendar.openings(of: wave.hosts).isEmpty else {
      return [Part(hosts: wave.hosts, moves: moves)]
    }
    let byWindows = Dictionary(grouping: wave.hosts) { calendar.windows(of: $0) }
    return byWindows.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { windows in
      let hosts = byWindows[windows, default: []].sorted()
      let own = Set(hosts)
      return Part(hosts: hosts, moves: moves.filter { own.contains(places[$0.vm]) })
    }
  }
}

/// Builds the moves of one wave.
private struct WaveBuilder {
  private let cloud: Cloud
  private let resolved: [Int: ResolvedClass]
  private let places: [Int]

  init(_ cloud: Cloud, _ resolved: [Int: ResolvedClass], _ places: [Int]) {
    self.cloud = cloud
    self.resolved = resolved
    self.places = places
  }

  func wave(_ part: RollingMoves.Part, number: Int, returns: Bool) -> RollingMoves.Wave {
    let hosts = Set(part.hosts)
    let drain = part.moves.sorted { left, right in
      let (first, second) = (memory(left.vm), memory(right.vm))
      return first == second ? left.vm < right.vm : first > second
    }.map { move(of: $0.vm, to: $0.target, wave: number) }
    let moved = Set(part.moves.map(\.vm))
    let stops = places.indices.filter { hosts.contains(places[$0]) && !moved.contains($0) }
      .map { stop(of: $0, wave: number) }
    let back: [Move] =
      returns
      ? drain.map { move in
        var back = move
        back.source = move.target ?? move.source
        back.target = move.source
        return back
      } : []
    return RollingMoves.Wave(hosts: part.hosts, drain: drain + stops, back: back)
  }

  private func memory(_ vm: Int) -> Int64 { cloud.vms.demand[vm].memoryMiB }

  private func move(of vm: Int, to target: Int, wave: Int) -> Move {
    let effective = resolved[vm]?.effective ?? .live
    return Move(
      vm: vm, policyClass: effective, action: effective == .live ? .live : .cold,
      source: places[vm], target: target, wave: wave, reason: reason(vm, effective))
  }

  private func stop(of vm: Int, wave: Int) -> Move {
    let effective = resolved[vm]?.effective ?? .stop
    return Move(
      vm: vm, policyClass: effective, action: effective == .none ? .recreate : .stop,
      source: places[vm], target: nil, wave: wave, reason: reason(vm, effective))
  }

  private func reason(_ vm: Int, _ effective: PolicyClass) -> MoveReason? {
    effective == .live ? nil : resolved[vm].map { EvacuationDraft.reason(of: $0) }
  }
}
