import CloudModel

/// The steps of a plan, with what must come before each: cordons, moves by wave, confirmations, the
/// work, starts, the opening of the hosts.
struct PlanSteps {
  private(set) var all: [StepRecord] = []

  init(plan: PlanRecord) {
    let cordons = plan.hosts.map { host in
      add(.cordon, host: host, undo: "openstack compute service set --enable \(host) nova-compute")
    }
    var before = cordons
    for wave in plan.waves.map(\.wave) {
      var ends: [Int64] = []
      for move in plan.moves where move.wave == wave { ends.append(add(move, after: before)) }
      if !ends.isEmpty { before = ends }
    }
    let tasks = plan.hosts.map { add(.task, host: $0, after: before) }
    let starts = plan.moves.filter { $0.action == .stop && $0.isRunning }.map { move in
      add(.start, vm: move.vm, host: move.source, after: tasks)
    }
    for host in plan.hosts { _ = add(.uncordon, host: host, after: tasks + starts) }
  }

  /// Adds the steps of a move and returns the number of the last.
  private mutating func add(_ move: MoveRecord, after: [Int64]) -> Int64 {
    let (source, target) = (move.source, move.target)
    switch move.action {
    case .live:
      return add(
        .live, vm: move.vm, host: source, target: target, after: after,
        onFailure: "the VM runs on at its source: once more, then leave it and ask its owner",
        undo: "live migration back to \(source)")
    case .cold:
      let moved = add(
        .cold, vm: move.vm, host: source, target: target, after: after,
        onFailure: "look at its state before anything else; start it at its source",
        undo: "revert the migration before it is confirmed")
      return add(.confirm, vm: move.vm, host: source, target: target, after: [moved])
    case .stop:
      return add(
        .stop, vm: move.vm, host: source, after: after,
        onFailure: "switch it off after the time its owner agreed to", undo: "start it")
    case .recreate:
      return add(
        .recreate, vm: move.vm, host: source, after: after,
        onFailure: "ask the owner of its orchestrator")
    case .rebuild:
      return add(
        .rebuild, vm: move.vm, host: source, target: target, after: after,
        onFailure: "look at its state and its volumes, then once more to another host")
    }
  }

  private mutating func add(
    _ kind: StepKind, vm: String? = nil, host: String?, target: String? = nil,
    after: [Int64] = [], onFailure: String? = nil, undo: String? = nil
  ) -> Int64 {
    var step = StepRecord()
    step.id = Int64(all.count + 1)
    step.kind = kind
    step.vm = vm
    step.host = host
    step.target = target
    step.after = after
    step.onFailure = onFailure
    step.undo = undo
    all.append(step)
    return step.id
  }
}
