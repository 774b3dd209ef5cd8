import CloudModel

/// Deals like VMs over hosts in turn.
///
/// Every record that names the same hosts goes on where the last one ended, so that no host gets
/// more than its share.
struct VMDealing {
  private var turns: [[String]: Int] = [:]

  /// The hosts over which a record's VMs are dealt, by index.
  func hosts(of vm: VMRecord, among names: [String], _ reading: inout Reading) -> [Int] {
    if vm.host != nil {
      reading.report(
        .contradiction, "VM `\(vm.name)` has both `host` and `spread_over`", at: vm.origin.place,
        help: "leave one of the two out")
      return []
    }
    let hosts = names.indices.filter { host in
      vm.spreadOver.contains { VMSelector.wildcard($0, matches: names[host]) }
    }
    if hosts.isEmpty {
      let patterns = vm.spreadOver.joined(separator: ", ")
      reading.report(
        .unknownReference, "VM `\(vm.name)` is spread over \(patterns), which names no host",
        at: vm.origin.place, help: "write the start of the hosts' names with a star, such as `a-*`")
    }
    return hosts
  }

  /// The next of the hosts that a record's patterns name.
  mutating func next(of hosts: [Int], for vm: VMRecord) -> Int {
    let turn = turns[vm.spreadOver, default: 0]
    turns[vm.spreadOver] = turn + 1
    return hosts[turn % hosts.count]
  }
}

/// Names of things that one record stands for.
enum Numbering {
  /// The name of one of several, which sort as they are counted; of a single one its own.
  static func name(_ name: String, _ number: Int64, of count: Int64) -> String {
    guard count > 1 else { return name }
    let digits = String(number)
    let zeros = String(repeating: "0", count: String(count).count - digits.count)
    return "\(name)-\(zeros)\(digits)"
  }
}
