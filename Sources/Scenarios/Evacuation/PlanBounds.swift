import CloudModel
import Migration
import Simulator

/// What limits a plan, and how near it comes: time at each source, room in each zone, devices,
/// groups.
struct PlanBounds {
  /// All bounds, the nearest to its limit first.
  let all: [BoundRecord]
  /// What no order of these moves can undercut, in seconds.
  let leastSeconds: Double

  init(draft: PlanDraft) {
    let question = draft.question
    let sources = draft.execution.bounds()
    let waits = draft.decision.waits.reduce(0) { $0 + $1.wait.seconds }
    let longest = sources.map { $0.bounds.bound.seconds }.max() ?? 0
    leastSeconds = max(longest, waits) + question.work.seconds
    let available = question.window.seconds - question.work.seconds
    var bounds = sources.map { source in
      Self.bound(
        source.bounds.binding.rawValue, draft.cloud.hosts.names[source.host],
        source.bounds.bound.seconds, available, "s")
    }
    let rules = TargetRules(cloud: draft.cloud, out: question.task.out)
    let state = CloudState(of: draft.cloud)
    bounds += Self.rooms(draft.decision.moves, rules, state) + Self.devices(draft, rules, state)
    bounds += Self.groups(draft, rules)
    all = bounds.enumerated().sorted {
      ($1.element.share, $0.offset) < ($0.element.share, $1.offset)
    }
    .map(\.element)
  }

  /// A limit with a share that is finite whatever the limit.
  static func bound(
    _ name: String, _ subject: String, _ value: Double, _ limit: Double, _ unit: String
  ) -> BoundRecord {
    var record = BoundRecord()
    record.name = name
    record.subject = subject
    record.value = value
    record.limit = limit
    record.unit = unit
    record.share = limit > 0 ? value / limit : value > 0 ? 1e9 : 0
    return record
  }

  /// Memory, virtual CPUs and disk in use in each zone on the hosts that stay open, when the plan
  /// is over.
  static func rooms(
    _ moves: [Move], _ rules: TargetRules, _ before: CloudState
  ) -> [BoundRecord] {
    let cloud = rules.cloud
    var state = before
    for move in moves {
      if let target = move.target { state.move(move.vm, to: target, in: cloud) }
    }
    return cloud.zones.indices.flatMap { zone -> [BoundRecord] in
      let hosts = (0..<cloud.hosts.count).filter {
        rules.isOpen($0) && cloud.hosts.zone[$0] == zone
      }
      guard !hosts.isEmpty else { return [] }
      let capacity = hosts.reduce(Resources.zero) { $0 + cloud.hosts.capacity[$1] }
      let used = hosts.reduce(capacity) { $0 - state.free[$1] }
      let name = cloud.zones[zone].name
      return [
        bound("memory", name, gibibytes(used), gibibytes(capacity), "GiB"),
        bound("vcpu", name, Double(used.vcpus), Double(capacity.vcpus), "vCPU"),
        bound("disk", name, Double(used.diskGiB), Double(capacity.diskGiB), "GiB"),
      ]
    }
  }

  private static func gibibytes(_ amount: Resources) -> Double { Double(amount.memoryMiB) / 1024 }

  /// Devices asked for by VMs on the hosts to empty, against those free elsewhere.
  private static func devices(
    _ draft: PlanDraft, _ rules: TargetRules, _ state: CloudState
  ) -> [BoundRecord] {
    let cloud = draft.cloud
    return cloud.deviceTypes.indices.compactMap { type in
      let asked = draft.decision.classes.reduce(0) { asked, entry in
        let needsTarget = [.live, .cold].contains(entry.resolved.effective)
        return asked + (needsTarget ? cloud.devicesUsed(by: entry.vm, ofType: type) : 0)
      }
      guard asked > 0 else { return nil }
      let free = (0..<cloud.hosts.count).filter(rules.isOpen)
        .reduce(0) { $0 + max(0, state.freeDevices(ofType: type, on: $1)) }
      return bound("device", cloud.deviceTypes[type].name, Double(asked), Double(free), "devices")
    }
  }

  /// Members of hard anti-affinity groups on the hosts to empty and on those that stay, against the
  /// places that open hosts have for them.
  private static func groups(_ draft: PlanDraft, _ rules: TargetRules) -> [BoundRecord] {
    let cloud = draft.cloud
    let open = (0..<cloud.hosts.count).filter(rules.isOpen).count
    let concerned = Set(draft.decision.classes.map { cloud.vms.group[$0.vm] })
    let members = cloud.membersByGroup()
    return concerned.sorted().compactMap { group in
      guard group >= 0, cloud.groups[group].policy == .antiAffinity else { return nil }
      let count = members[group].filter { vm in
        let host = cloud.vms.host[vm]
        return host >= 0 && (rules.isOut[host] || rules.isOpen(host))
      }.count
      return bound(
        "group", cloud.groups[group].name, Double(count),
        Double(open * cloud.groups[group].maxPerHost), "members")
    }
  }
}
