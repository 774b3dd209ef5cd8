import CloudModel
import Policies

/// What a reader of a recovery should know, in sentences.
struct RecoveryNotes {
  private(set) var all: [String] = []

  init(decision: RecoveryDecision, cloud: Cloud, names: VMNames) {
    let rebuilt = decision.moves.filter { $0.action == .rebuild }
    let sources = Set(rebuilt.map(\.source))
    if sources.contains(where: { cloud.hosts.state[$0] != .down }) {
      all.append(
        "times count from the failure; make sure that the failed hosts are off before anything is"
          + " rebuilt: two copies of a VM destroy its volume")
    }
    if sources.contains(where: { cloud.hosts.state[$0] == .down }) {
      all.append("hosts that the cloud records as down count as detected: only fencing is left")
    }
    let unknown = rebuilt.filter {
      cloud.vms.disks[$0.vm].isEmpty && cloud.localDisk(ofVM: $0.vm).count == 0
        && cloud.vms.demand[$0.vm].diskGiB > 0
    }
    if !unknown.isEmpty {
      all.append(
        "the cloud says nothing about the disks of \(unknown.count) rebuilt VMs, which count as kept"
          + " on shared storage: \(Self.list(unknown.map { names[$0.vm] }))")
    }
    if rebuilt.contains(where: { cloud.vms.state[$0.vm] == .active }) {
      all.append("from version 2.95 of Nova's API on rebuilt VMs stay off until they are started")
    }
    let recreated = decision.moves.filter { $0.action == .recreate }
    if !recreated.isEmpty {
      all.append(
        "room is set aside for \(recreated.count) VMs that their orchestrators make anew with other"
          + " identities: \(Self.list(recreated.map { names[$0.vm] }))")
    }
    all += decision.notes
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ")
      + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
