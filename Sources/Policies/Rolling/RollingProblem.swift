package import CloudModel

/// Hosts that are due for work and have to be empty while they are out, wave after wave: what a
/// rolling maintenance asks, in columns.
///
/// A VM never leaves its zone. Amounts are whole numbers in any unit, one unit a resource.
package struct RollingProblem: Sendable, Equatable {
  /// What is done with a VM when its host goes out.
  package enum Movement: UInt8, Sendable {
    /// It goes to another host.
    case moves
    /// It is stopped where it is until the host is back, and keeps its place there.
    case stopsInPlace
    /// It stays and keeps its host from going out.
    case cannotLeave
  }

  /// What else may fail while hosts are out; the VMs of what fails have to fit on the rest.
  package enum Reserve: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// Any one host.
    case host
    /// All hosts of any one rack of a zone, also while hosts of another are out.
    case rack
    /// All hosts of any one rack of a zone, where a rack with hosts out counts as the one that
    /// fails: while hosts of a single rack are out, only the rest of that rack has to fit elsewhere.
    case rackOnce = "rack_once"
  }

  /// How many hosts may be out at once; 0 stands for no limit.
  package struct Limits: Sendable, Equatable {
    /// Hosts of one rack of one zone.
    package var hostsPerRack = 0
    /// Hosts of one zone.
    package var hostsPerZone = 0
    /// Hosts in all.
    package var hosts = 0
    /// Zones that have hosts out.
    package var zones = 0

    /// No limits.
    package init() {}
  }

  /// Hosts, a column for each attribute.
  package struct Hosts: Sendable, Equatable {
    /// The zone, from 0.
    package var zone: [Int] = []
    /// The rack, by any number that is its own within the zone; -1 stands alone.
    package var rack: [Int] = []
    /// The kind: hosts of one kind take the same kinds of VMs.
    package var kind: [Int] = []
    /// Whether it has to be out once.
    package var isDue: [Bool] = []
    /// Whether it takes VMs of others while it is not out.
    package var isOpen: [Bool] = []
    /// What it offers.
    ///
    /// **Shape**: host by host, an amount for each resource.
    package var capacity: [Int64] = []

    /// No hosts.
    package init() {}
    /// How many hosts there are.
    package var count: Int { zone.count }
  }

  /// VMs, a column for each attribute.
  package struct VMs: Sendable, Equatable {
    /// The host it runs on.
    package var host: [Int] = []
    /// The kind: VMs of one kind may run on the same kinds of hosts.
    package var kind: [Int] = []
    /// What is done with it.
    package var movement: [Movement] = []
    /// Whether it is started elsewhere if its host fails, so that the reserve has to hold it.
    package var isRestarted: [Bool] = []
    /// The group, or -1.
    package var group: [Int] = []
    /// What it takes.
    ///
    /// **Shape**: VM by VM, an amount for each resource.
    package var demand: [Int64] = []

    /// No VMs.
    package init() {}
    /// How many VMs there are.
    package var count: Int { host.count }
  }

  /// Groups, a column for each attribute.
  package struct Groups: Sendable, Equatable {
    /// Most members on one host.
    package var mostOnHost: [Int] = []
    /// Most members that may be stopped at once; 0 stands for no limit.
    package var mostStopped: [Int] = []

    /// No groups.
    package init() {}
    /// How many groups there are.
    package var count: Int { mostOnHost.count }
  }

  /// What a lack of each resource is called.
  package var resources: [RejectionRule]
  /// The hosts.
  package var hosts: Hosts
  /// The VMs that are on hosts.
  package var vms: VMs
  /// The groups.
  package var groups: Groups
  /// Number of kinds of hosts.
  package var hostKindCount: Int
  /// The first rule that keeps VMs of a kind off hosts of a kind, or nil where they may run.
  ///
  /// **Shape**: VM kind by VM kind, an entry for each kind of host.
  package var refusals: [RejectionRule?]
  /// How many hosts may be out at once.
  package var limits: Limits
  /// What else may fail.
  package var reserve: Reserve
  /// The VM of the cloud that each VM is, where the problem was made from a cloud; else empty.
  package var vmNumbers: [Int] = []

  /// A problem; its columns have to fit together.
  package init(
    resources: [RejectionRule], hosts: Hosts, vms: VMs, groups: Groups = Groups(),
    hostKindCount: Int = 1, refusals: [RejectionRule?] = [nil], limits: Limits = Limits(),
    reserve: Reserve = .none
  ) {
    self.resources = resources
    self.hosts = hosts
    self.vms = vms
    self.groups = groups
    self.hostKindCount = hostKindCount
    self.refusals = refusals
    self.limits = limits
    self.reserve = reserve
    checkHosts()
    checkVMs()
    precondition(
      groups.mostOnHost.count == groups.mostStopped.count
        && groups.mostOnHost.allSatisfy { $0 > 0 } && groups.mostStopped.allSatisfy { $0 >= 0 },
      "A group lets at least one member onto a host, and its limits are not negative.")
  }

  private func checkHosts() {
    let count = hosts.count
    precondition(
      [hosts.rack.count, hosts.kind.count, hosts.isDue.count, hosts.isOpen.count]
        .allSatisfy { $0 == count } && hosts.capacity.count == count * resources.count,
      "Every host needs an entry in every column.")
    precondition(
      hosts.zone.allSatisfy { $0 >= 0 } && hosts.kind.allSatisfy { (0..<hostKindCount) ~= $0 },
      "A host names a zone or a kind that is not there.")
    precondition(
      hosts.capacity.allSatisfy { (0...Self.largestAmount) ~= $0 },
      "Capacities lie between 0 and 10^12.")
  }

  private func checkVMs() {
    let count = vms.count
    let kinds = hostKindCount == 0 ? 0 : refusals.count / hostKindCount
    precondition(
      [vms.kind.count, vms.movement.count, vms.isRestarted.count, vms.group.count]
        .allSatisfy { $0 == count } && vms.demand.count == count * resources.count,
      "Every VM needs an entry in every column.")
    precondition(
      vms.host.allSatisfy(hosts.zone.indices.contains) && vms.kind.allSatisfy { (0..<kinds) ~= $0 }
        && vms.group.allSatisfy { (-1..<groups.count) ~= $0 },
      "A VM names a host, a kind or a group that is not there.")
    precondition(
      vms.demand.allSatisfy { (0...Self.largestAmount) ~= $0 }, "Demands lie between 0 and 10^12.")
  }

  /// Larger amounts could overflow in sums over a cloud.
  private static let largestAmount: Int64 = 1_000_000_000_000

  /// Whether VMs of a kind may run on hosts of a kind.
  package func allows(vmKind: Int, hostKind: Int) -> Bool {
    refusals[vmKind * hostKindCount + hostKind] == nil
  }
}
