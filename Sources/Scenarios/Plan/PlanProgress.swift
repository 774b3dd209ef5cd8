package import CloudModel
import Documents

/// How far a plan came.
package enum MoveStanding: String, Sendable, CaseIterable {
  /// Over; the VM is where it was to be, or off as it was to be.
  case done
  /// Tried in vain; it is planned anew.
  case failed
  /// Under way: it holds a place on both hosts.
  case running
  /// Not tried.
  case open
  /// The VM is there no more.
  case gone
}

/// What a journal makes of a cloud: finished moves carried out, those under way held on both sides.
///
/// A newer cloud is believed where it and the journal differ; the cloud that the plan was made of
/// only changes by what the journal says.
package struct PlanProgress: Sendable {
  /// The cloud as it is now, for planning what is left.
  package internal(set) var cloud: Cloud
  /// How far each move of the plan came.
  package internal(set) var standing: [MoveStanding]
  /// Hosts that refused a VM, by VM.
  package internal(set) var refusedTargets: [Int: Set<Int>] = [:]
  /// Where journal and cloud differ, and what else is not as planned.
  package internal(set) var findings: [PlanFinding] = []

  let plan: PlanRecord
  let isNewer: Bool
  let hostOfName: [String: Int]
  let out: Set<Int>
  /// VMs that were ended and whose successors no file knows.
  private var ended: [Int] = []

  /// The progress of a plan in a cloud.
  ///
  /// `isNewer`: the cloud was recorded after the journal began; else it is the one of the plan.
  ///
  /// **Errors**: `invalid` with the lines that name hosts which the cloud does not have.
  package init(
    of plan: PlanRecord, journal: PlanJournal, in cloud: Cloud, isNewer: Bool
  ) throws(ScenarioError) {
    self.plan = plan
    self.cloud = cloud
    self.isNewer = isNewer
    hostOfName = cloud.hosts.names.indexByName()
    out = Set(plan.hosts.compactMap { [hostOfName] in hostOfName[$0] })
    standing = Array(repeating: .open, count: plan.moves.count)
    try checkHosts(journal)
    let vmOfID = cloud.vms.ids.indexByName()
    for (index, move) in plan.moves.enumerated() {
      guard let vm = vmOfID[move.vmID] else {
        loseVM(index, journal.entries[index])
        continue
      }
      standing[index] =
        isNewer
        ? observe(vm, move, journal.entries[index])
        : apply(vm, move, journal.entries[index])
    }
    for vm in ended { placeSuccessor(of: vm) }
  }

  private func checkHosts(_ journal: PlanJournal) throws(ScenarioError) {
    var reading = journal.reading
    for index in journal.entries.keys.sorted() {
      guard let record = journal.entries[index]?.record else { continue }
      for (key, name) in [("source", record.source), ("host", record.host)] {
        guard let name, hostOfName[name] == nil else { continue }
        let near = NearMiss.nearest(to: name, among: hostOfName.keys.sorted())
        reading.report(
          .unknownReference,
          "`\(key)` must be a host of the cloud `\(cloud.name)`, found "
            + Reading.shown(.text(name)), at: record.place,
          help: near.map { "did you mean `\($0)`?" }
            ?? "is it the journal of another cloud? correct the line")
      }
    }
    guard reading.isValid else { throw .invalid(reading) }
  }

  private mutating func loseVM(_ index: Int, _ entry: PlanJournal.Entry?) {
    let move = plan.moves[index]
    let isEnded = entry?.outcome == .done && move.action == .recreate
    standing[index] = isEnded ? .done : .gone
    guard !isEnded else { return }
    findings.append(
      PlanFinding(
        .vmGone, vm: move.vm, host: move.source, planned: move.action.rawValue,
        now: "not in the cloud", stops: false,
        advice: isNewer
          ? "nothing is left to do for it" : "is this the cloud that the plan was made of?"))
  }
}

/// The cloud of the plan: the journal says what became of it.
extension PlanProgress {
  private mutating func apply(
    _ vm: Int, _ move: MoveRecord, _ entry: PlanJournal.Entry?
  ) -> MoveStanding {
    guard let entry else { return .open }
    let host = entry.record.host.flatMap { hostOfName[$0] }
    let target = move.target.flatMap { hostOfName[$0] }
    switch entry.outcome {
    case .done:
      finish(vm, move, host ?? target)
      return .done
    case .elsewhere:
      note(move, entry, now: "on \(entry.record.host ?? "?")")
      if let host { cloud.vms.host[vm] = host }
      return isToLeave(vm) ? .failed : .done
    case .timeout, .running:
      hold(vm, move, target)
      return .running
    case .refused, .failed:
      return fail(vm, move, entry, host, target)
    case .skipped:
      if let source = entry.record.source, source != move.source, let now = hostOfName[source] {
        note(move, entry, now: "on \(source)")
        cloud.vms.host[vm] = now
        return isToLeave(vm) ? .open : .done
      }
      return .open
    }
  }

  private mutating func finish(_ vm: Int, _ move: MoveRecord, _ host: Int?) {
    if move.target != nil {
      if let host { cloud.vms.host[vm] = host }
    } else if move.action == .recreate {
      ended.append(vm)
    } else {
      park(vm)
      cloud.vms.state[vm] = .stopped
    }
  }

  private mutating func fail(
    _ vm: Int, _ move: MoveRecord, _ entry: PlanJournal.Entry, _ host: Int?, _ target: Int?
  ) -> MoveStanding {
    if let host, host != hostOfName[move.source] {
      // Done in fact, not in the records; or moved by somebody else.
      note(move, entry, now: "on \(cloud.hosts.names[host])")
      cloud.vms.host[vm] = host
      return isToLeave(vm) ? .failed : .done
    }
    refuse(vm, move, entry, target)
    return .failed
  }
}

extension PlanProgress {
  func isToLeave(_ vm: Int) -> Bool { out.contains(cloud.vms.host[vm]) }

  /// A VM that needs no further step on a host that takes no others: out of the way of planning.
  mutating func park(_ vm: Int) { cloud.vms.host[vm] = -1 }

  /// A VM under way counts on both hosts: it is taken to arrive, and its source holds its place.
  mutating func hold(_ vm: Int, _ move: MoveRecord, _ target: Int?) {
    guard let target else {
      park(vm)
      return
    }
    let source = hostOfName[move.source]
    cloud.held.removeAll { held in
      (held.host == target || held.host == source)
        && (held.holder.contains(move.vmID) || held.holder.contains(move.vm))
    }
    if let source {
      cloud.held.append(
        HeldCapacity(
          host: source, amount: cloud.vms.demand[vm],
          holder: "VM `\(move.vm)`, under way to \(cloud.hosts.names[target])"))
    }
    cloud.vms.host[vm] = target
    if cloud.vms.state[vm] == .busy { cloud.vms.state[vm] = .active }
  }

  mutating func refuse(
    _ vm: Int, _ move: MoveRecord, _ entry: PlanJournal.Entry, _ target: Int?
  ) {
    // 409 is about the VM's own state; its target has not been asked.
    guard entry.record.http != 409 else {
      findings.append(
        PlanFinding(
          .vmState, vm: move.vm, host: move.source, planned: move.action.rawValue,
          now: "refused: " + (entry.record.message ?? "its state"), stops: false,
          advice: isNewer
            ? "it is planned anew as the cloud shows it"
            : "its state is not that of the cloud file: record the cloud, name it with --snapshot"))
      return
    }
    if let target { refusedTargets[vm, default: []].insert(target) }
  }

  mutating func note(_ move: MoveRecord, _ entry: PlanJournal.Entry, now: String) {
    findings.append(
      PlanFinding(
        .journal, vm: move.vm, host: move.source,
        planned: move.target.map { "to \($0)" } ?? move.action.rawValue,
        now: "\(entry.outcome.rawValue), \(now)", stops: false,
        advice: "planned from where it is"))
  }

  /// The successor of an ended VM is taken to be on the first host with room, so that it counts.
  private mutating func placeSuccessor(of vm: Int) {
    park(vm)
    let rules = TargetRules(cloud: cloud, out: out.sorted())
    let state = CloudState(of: cloud)
    let requirement = rules.requirement(of: vm)
    let host = (0..<cloud.hosts.count).first { host in
      rules.refusals(
        of: host, for: vm, requirement: requirement, arriving: .stopped, state: state
      ).isEmpty
    }
    if let host { cloud.vms.host[vm] = host }
    findings.append(
      PlanFinding(
        .journal, vm: VMNames(cloud)[vm], host: host.map { cloud.hosts.names[$0] },
        planned: "made anew by its orchestrator",
        now: host == nil
          ? "no host has room for its successor" : "its successor is taken to be there",
        stops: false, advice: "a newer cloud file, named with --snapshot, knows where it is"))
  }
}
