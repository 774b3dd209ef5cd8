/// Why a host cannot take a VM, in the fixed order in which rules are asked; a host counts for the
/// first rule that refuses it.
package enum RejectionRule: String, Sendable, CaseIterable, Comparable {
  /// Taken out, closed for new VMs or down.
  case out
  /// In another zone than the VM or its volumes may leave.
  case zone
  /// Not in an aggregate that the flavor asks for.
  case aggregate
  /// Lacks a trait that is required or has one that is forbidden.
  case trait
  /// Another architecture or hypervisor, or, for a running VM, a CPU without its features.
  case cpuModel = "cpu_model"
  /// No free passthrough device.
  case device
  /// No NUMA node of the shape asked for.
  case numa
  /// Not enough memory.
  case memory
  /// Not enough virtual CPUs.
  case vcpu
  /// Not enough local disk.
  case disk
  /// The server group forbids it.
  case group
  /// The reserve for failures would be used up.
  case reserve
  /// The links would carry too much.
  case bandwidth
  /// It would take too long.
  case time
  /// The tenant was told too late.
  case notice
  /// The tenant's budget of interruptions is used up.
  case budget

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Order of asking.
  package static func < (left: Self, right: Self) -> Bool { left.order < right.order }
}

/// How many hosts each rule refused; rules that refused none are absent.
package struct Rejections: Sendable, Equatable {
  /// Counts in the order of the rules.
  package private(set) var counts: [(rule: RejectionRule, hosts: Int)] = []

  /// Hosts for which a rule is the only one that refuses, by rule; those that pass all else.
  package private(set) var soleCounts: [RejectionRule: Int] = [:]

  /// No refusal yet.
  package init() {}

  /// Notes the rules that refuse one host, in order; the first counts.
  package mutating func note(_ refusing: [RejectionRule]) {
    guard let first = refusing.first else { return }
    if let place = counts.firstIndex(where: { $0.rule == first }) {
      counts[place].hosts += 1
    } else {
      counts.append((first, 1))
      counts.sort { $0.rule < $1.rule }
    }
    if refusing.count == 1 { soleCounts[first, default: 0] += 1 }
  }

  /// The rule that decides: the one that stops most of the hosts that pass all other rules; where
  /// every host breaks several, the last rule that was the first to refuse one.
  package var decisive: RejectionRule? {
    let sole = counts.map(\.rule).filter { $0 != .out }
      .max { (soleCounts[$0] ?? 0, $1) < (soleCounts[$1] ?? 0, $0) }
    if let sole, (soleCounts[sole] ?? 0) > 0 { return sole }
    return counts.last { $0.rule != .out }?.rule ?? counts.last?.rule
  }

  /// Whether two tables hold the same counts.
  package static func == (left: Self, right: Self) -> Bool {
    left.counts.elementsEqual(right.counts) { $0 == $1 } && left.soleCounts == right.soleCounts
  }
}
