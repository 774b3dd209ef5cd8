import CloudModel

/// The steps of a recovery: fences, rebuilds of a host's VMs behind its fence, starts of those that
/// ran.
struct RecoverySteps {
  private(set) var all: [StepRecord] = []

  init(plan: PlanRecord) {
    var fences: [String: Int64] = [:]
    for host in plan.hosts {
      fences[host] = add(.fence, host: host) { step in
        step.onFailure = "do not rebuild: power it off by hand first"
        step.undo =
          "start its compute service, then openstack compute service set --up \(host) nova-compute"
      }
    }
    var before: [Int64] = []
    for wave in plan.waves.map(\.wave) {
      var ends: [Int64] = []
      for move in plan.moves where move.wave == wave && move.action == .rebuild {
        let after = before + [fences[move.source]].compactMap { $0 }
        ends.append(addRebuild(of: move, after: after))
      }
      if !ends.isEmpty { before = ends }
    }
    for move in plan.moves where move.action == .recreate {
      _ = add(.recreate, vm: move.vm, host: move.source) {
        $0.onFailure = "ask the owner of its orchestrator"
      }
    }
  }

  /// Adds a rebuild and, where the VM ran, its start; the number of the rebuild.
  private mutating func addRebuild(of move: MoveRecord, after: [Int64]) -> Int64 {
    let rebuilt = add(.rebuild, vm: move.vm, host: move.source) { step in
      step.target = move.target
      step.after = after
      step.onFailure = "look at its state and its volumes, then once more to another host"
    }
    if move.isRunning {
      _ = add(.start, vm: move.vm, host: move.target) { step in
        step.after = [rebuilt]
        step.onFailure = "look at its console"
      }
    }
    return rebuilt
  }

  private mutating func add(
    _ kind: StepKind, vm: String? = nil, host: String?, _ change: (inout StepRecord) -> Void
  ) -> Int64 {
    var step = StepRecord()
    step.id = Int64(all.count + 1)
    step.kind = kind
    step.vm = vm
    step.host = host
    change(&step)
    all.append(step)
    return step.id
  }
}
