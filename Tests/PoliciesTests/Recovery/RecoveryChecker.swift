import CloudModel
import Policies
import TestSupport

/// Proves that a recovery breaks no rule: the checker of evacuations with all claims at once, and
/// what only a recovery has to keep.
enum RecoveryChecker {
  static func problems(
    of decision: RecoveryDecision, in cloud: Cloud, failed: [Int]
  ) -> [String] {
    // A rebuild arrives like a cold move; what an orchestrator makes anew leaves like a stop.
    var evacuation = EvacuationDecision(
      moves: decision.moves, leftBehind: decision.leftBehind, classes: decision.classes)
    for index in evacuation.moves.indices { evacuation.moves[index].wave = 1 }
    var problems = DecisionChecker.problems(of: evacuation, in: cloud, out: failed)
    for move in decision.moves {
      let name = cloud.vms.names[move.vm]
      switch move.action {
      case .rebuild:
        if move.target == nil { problems.append("\(name) is rebuilt nowhere") }
        if ![.active, .stopped, .error].contains(cloud.vms.state[move.vm]) {
          problems.append("\(name) is in a state in which nothing is rebuilt")
        }
        let group = cloud.vms.group[move.vm]
        if group >= 0, cloud.groups[group].policy == .affinity {
          let hosts = (0..<cloud.vms.count).filter { cloud.vms.group[$0] == group }
            .map { cloud.vms.host[$0] }
          if !hosts.contains(move.target ?? -1) { problems.append("\(name) leaves its group") }
        }
      case .recreate:
        if move.target != nil { problems.append("\(name) is given a host by nobody") }
      default: problems.append("\(name) is moved off a failed host")
      }
    }
    return problems
  }
}
