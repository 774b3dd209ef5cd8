import CloudModel

/// The steps of a rolling maintenance, wave by wave: cordons, moves off, a check that the hosts are
/// empty, the work, starts, the opening of the hosts, moves home, a check that all is well.
struct RollingSteps {
  private(set) var all: [StepRecord] = []

  init(plan: PlanRecord) {
    let byWave = Dictionary(grouping: plan.moves, by: \.wave)
    var before: [Int64] = []
    for notice in plan.rolling?.notices ?? [] {
      let who = notice.project.map { "project \($0)" } ?? "owners without a project"
      before.append(
        add(.notify) {
          $0.onFailure = "do not begin wave \(notice.wave): tell \(who) first"
        })
    }
    let notices = before
    before = []
    for wave in plan.rolling?.waves ?? [] {
      let own = byWave[wave.wave, default: []]
      before = add(
        wave, own.filter { $0.phase != .back }, own.filter { $0.phase == .back },
        after: before.isEmpty ? notices : before)
    }
  }

  /// Adds a wave; the number of the step after which the next may begin.
  private mutating func add(
    _ wave: RollingWaveRecord, _ drain: [MoveRecord], _ back: [MoveRecord], after: [Int64]
  ) -> [Int64] {
    let cordons = wave.hosts.map { host in
      add(.cordon, host: host, after: after) { step in
        step.undo = "openstack compute service set --enable \(host) nova-compute"
      }
    }
    let moved = drain.map { add($0, after: [cordons[0]]) }
    let empty = add(.check, after: moved.isEmpty ? cordons : moved) { step in
      step.onFailure =
        "do not begin the work: open the hosts again"
        + (back.isEmpty ? "" : " and send back what has moved")
    }
    let tasks = wave.hosts.map { add(.task, host: $0, after: [empty]) { _ in } }
    let starts = drain.filter { $0.action == .stop && $0.isRunning }.map { move in
      add(.start, vm: move.vm, host: move.source, after: tasks) {
        $0.onFailure = "look at its console"
      }
    }
    let opened = wave.hosts.indices.map { place in
      add(.uncordon, host: wave.hosts[place], after: [tasks[place]] + starts) { _ in }
    }
    let home = back.map { add($0, after: [opened[0]]) }
    return [
      add(.check, after: home.isEmpty ? opened : home) { step in
        step.onFailure = "do not begin the next wave before the hosts are healthy"
      }
    ]
  }

  /// Adds the steps of a move and returns the number of the last.
  private mutating func add(_ move: MoveRecord, after: [Int64]) -> Int64 {
    let kind: StepKind =
      switch move.action {
      case .live: .live
      case .cold: .cold
      case .stop: .stop
      case .recreate: .recreate
      case .rebuild: .rebuild
      }
    let number = add(kind, vm: move.vm, host: move.source, target: move.target, after: after) {
      $0.onFailure =
        switch move.action {
        case .live: "it runs on at its source: once more, then leave it and postpone its host"
        case .cold: "look at its state before anything else; start it at its source"
        case .stop: "switch it off after the time its owner agreed to"
        case .recreate, .rebuild: "ask the owner of its orchestrator"
        }
      $0.undo =
        switch move.action {
        case .live: "live migration back to \(move.source)"
        case .cold: "revert the migration before it is confirmed"
        case .stop: "start it"
        case .recreate, .rebuild: nil
        }
    }
    guard move.action == .cold else { return number }
    return add(.confirm, vm: move.vm, host: move.source, target: move.target, after: [number]) {
      _ in
    }
  }

  private mutating func add(
    _ kind: StepKind, vm: String? = nil, host: String? = nil, target: String? = nil,
    after: [Int64] = [], _ change: (inout StepRecord) -> Void
  ) -> Int64 {
    var step = StepRecord()
    step.id = Int64(all.count + 1)
    step.kind = kind
    step.vm = vm
    step.host = host
    step.target = target
    step.after = after
    change(&step)
    all.append(step)
    return step.id
  }
}
