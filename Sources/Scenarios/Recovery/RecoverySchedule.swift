import CloudModel
import Migration
import Simulator

/// When the VMs of failed hosts are built and give service again.
///
/// A host is found to be down and then fenced; from there on its VMs are asked for in their order.
/// Each target builds a limited number at once, the others wait in line; a guest boots without
/// holding its place in that line.
///
/// **Source**: `docs/physics.md`, recovery after a failure.
struct RecoverySchedule {
  private let moves: [Move]
  private let isRunning: [Bool]
  private let ready: [SimulatedDuration]
  private let model: MigrationModel

  /// When a VM is asked for, built, and gives service, after the failure.
  struct Times: Equatable {
    var start = SimulatedDuration.zero
    var end = SimulatedDuration.zero
  }

  /// A schedule for moves of a recovery.
  init(of moves: [Move], in cloud: Cloud, model: MigrationModel) {
    self.moves = moves
    self.model = model
    isRunning = moves.map { cloud.vms.state[$0.vm] == .active }
    let parameters = model.parameters
    ready = moves.map { move in
      // A host that the cloud records as down has been detected already.
      let isDetected = cloud.hosts.state[move.source] == .down
      let seconds =
        (isDetected ? 0 : parameters.detect.value)
        + (move.action == .rebuild ? parameters.fence.value : 0)
      return SimulatedDuration(seconds: seconds)
    }
  }

  /// Builds that one host does at once.
  var buildsPerHost: Int { Int(model.parameters.buildsPerHost.value) }

  /// The times of all moves under drawn factors, in the order of the moves.
  ///
  /// **Complexity**: O(moves x builds at once).
  func times(_ factors: (_ vm: Int) -> SpreadFactors) -> [Times] {
    var times = [Times](repeating: Times(), count: moves.count)
    var waveStart = SimulatedDuration.zero
    for wave in Set(moves.map(\.wave)).sorted() {
      let rebuilds = moves.indices.filter { moves[$0].wave == wave && moves[$0].action == .rebuild }
      var lines: [Int: [SimulatedDuration]] = [:]
      for index in rebuilds.sorted(by: { (ready[$0], $0) < (ready[$1], $1) }) {
        let (build, boot) = parts(index, factors)
        let target = moves[index].target ?? -1
        var line =
          lines[target] ?? Array(repeating: SimulatedDuration.zero, count: buildsPerHost)
        let place = line.indices.min { (line[$0], $0) < (line[$1], $1) } ?? 0
        times[index].start = max(waveStart, ready[index], line[place])
        line[place] = times[index].start + build
        lines[target] = line
        times[index].end = line[place] + boot
      }
      // An orchestrator goes by its own clock.
      for index in moves.indices where moves[index].wave == wave && moves[index].action != .rebuild
      {
        let (build, boot) = parts(index, factors)
        times[index] = Times(start: ready[index], end: ready[index] + build + boot)
      }
      waveStart = rebuilds.map { times[$0].end }.max() ?? waveStart
    }
    return times
  }

  /// The times without spread.
  var nominal: [Times] { times { _ in .nominal } }

  /// What no order of these builds can undercut: one VM alone, and all of one target in its line.
  var bound: SimulatedDuration {
    bounds.map(\.least).max() ?? .zero
  }

  /// That bound for each target, by host index, ascending; -1: what orchestrators make anew.
  var bounds: [(target: Int, least: SimulatedDuration)] {
    Set(moves.map { $0.target ?? -1 }).sorted().map { target in
      let own = moves.indices.filter { (moves[$0].target ?? -1) == target }
      var (longest, work) = (SimulatedDuration.zero, Int64(0))
      var first = SimulatedDuration(microseconds: .max)
      var shortestBoot = SimulatedDuration(microseconds: .max)
      for index in own {
        let (build, boot) = parts(index) { _ in .nominal }
        longest = max(longest, ready[index] + build + boot)
        work += build.microseconds
        first = min(first, ready[index])
        shortestBoot = min(shortestBoot, boot)
      }
      guard target >= 0 else { return (target, longest) }
      let share = SimulatedDuration(microseconds: work / Int64(buildsPerHost))
      return (target, max(longest, first + share + shortestBoot))
    }
  }

  /// What holds a place in a target's line, and what follows until service; a VM that was off is
  /// not started.
  private func parts(
    _ index: Int, _ factors: (_ vm: Int) -> SpreadFactors
  ) -> (build: SimulatedDuration, boot: SimulatedDuration) {
    let move = moves[index]
    let request = MigrationRequest(kind: move.action.kind, memory: Bytes(0))
    var (build, boot) = (SimulatedDuration.zero, SimulatedDuration.zero)
    for phase in model.course(of: request, under: factors(move.vm)).phases {
      guard case .time(let duration) = phase.work else { continue }
      switch phase.activity {
      case .detect, .fence: break
      case .boot, .becomeReady: boot += duration
      default: build += duration
      }
    }
    return (build, isRunning[index] ? boot : .zero)
  }
}
