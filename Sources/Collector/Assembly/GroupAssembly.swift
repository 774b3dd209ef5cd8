import CloudModel
import Scenarios

/// Server groups and who is in them.
struct GroupAssembly {
  /// In ascending order of name, then id.
  private(set) var records: [GroupRecord] = []
  private(set) var findings: [FindingRecord] = []
  /// The group of each server, by the servers' ids.
  private(set) var groupOfServer: [String: String] = [:]

  /// **Errors**: `contradiction` for an id that is there twice or a limit that cannot be.
  init(
    _ groups: [Recorded<OpenStackGroup>], servers: [OpenStackServer]
  ) throws(CollectorError) {
    let alive = Set(servers.map(\.id))
    var ids: Set<String> = []
    var unlimited: [String] = []
    for group in groups {
      let value = group.value
      guard ids.insert(value.id).inserted else {
        throw group.contradiction("id", value.id, allowed: "an id that is listed once")
      }
      guard let record = try record(of: group) else { continue }
      records.append(record)
      if value.policy == nil && record.policy == .antiAffinity { unlimited.append(value.name) }
      addMembers(of: value, alive: alive)
    }
    if !unlimited.isEmpty {
      findings.append(
        FindingKind.groupLimitsUnknown.finding(
          unlimited.sorted().joined(separator: ", "),
          "How many members a host may have is told from version 2.64 on; one is assumed."))
    }
    records.sort { ($0.name, $0.id ?? "") < ($1.name, $1.id ?? "") }
    addHinted(servers, known: ids)
  }

  /// The record of a group; nil for one with a policy that is not known.
  private mutating func record(
    of group: Recorded<OpenStackGroup>
  ) throws(CollectorError) -> GroupRecord? {
    let value = group.value
    let word = value.policy ?? value.policies?.first ?? ""
    guard let policy = GroupPolicy(rawValue: word) else {
      findings.append(
        FindingKind.groupPolicyUnknown.finding(
          value.name, "Its policy is \"\(word)\"; the group is left out."))
      return nil
    }
    var record = GroupRecord()
    record.id = value.id
    record.name = value.name
    record.policy = policy
    if let limit = value.rules?.maxServerPerHost {
      guard (1...1_000_000).contains(limit) else {
        throw group.contradiction(
          "rules.max_server_per_host", String(limit), allowed: "1 to 1000000")
      }
      record.maxPerHost = limit
    }
    return record
  }

  private mutating func addMembers(of group: OpenStackGroup, alive: Set<String>) {
    for member in group.members where alive.contains(member) { groupOfServer[member] = group.id }
    let gone = group.members.filter { !alive.contains($0) }.sorted()
    guard !gone.isEmpty else { return }
    findings.append(
      FindingKind.groupMembersGone.finding(
        group.name,
        "\(gone.count) of its \(group.members.count) members are no longer there: "
          + gone.joined(separator: ", ")))
  }

  /// A server that failed at boot is no member, but its hint says where it wanted to be.
  private mutating func addHinted(_ servers: [OpenStackServer], known: Set<String>) {
    let kept = Set(records.compactMap(\.id))
    for server in servers where groupOfServer[server.id] == nil {
      guard let hint = server.hintedGroup else { continue }
      if kept.contains(hint) {
        groupOfServer[server.id] = hint
      } else if !known.contains(hint) {
        findings.append(
          FindingKind.groupUnknown.finding(
            server.name, "It was made with a hint to the group \(hint), which is not listed."))
      }
    }
  }
}
