/// Capacity of a host that is taken by something which is no VM there: the old side of a move that
/// waits for confirmation, or an allocation that nobody owns.
package struct HeldCapacity: Sendable {
  /// Index of the host.
  package var host: Int
  /// How much is taken.
  package var amount: Resources
  /// What holds it, in words for the reader.
  package var holder: String

  /// Capacity held on a host.
  package init(host: Int, amount: Resources, holder: String) {
    self.host = host
    self.amount = amount
    self.holder = holder
  }
}

/// A cloud as it was recorded: what there is and where it runs.
///
/// Hosts and VMs are flat columns with integer ids, names on the side, so that 100,000 hosts and
/// 1,000,000 VMs stay well below 1 GiB. A `Cloud` is not changed after it was built; what moves is
/// in `CloudState`.
package struct Cloud: Sendable {
  /// The name of the cloud.
  package var name = ""
  /// Regions.
  package var regions: [Region] = []
  /// Availability zones.
  package var zones: [Zone] = []
  /// Racks.
  package var racks: [Rack] = []
  /// Host aggregates.
  package var aggregates: [Aggregate] = []
  /// Names of all traits that a host has or a VM asks for.
  package var traits: [String] = []
  /// Kinds of hosts.
  package var hostClasses: [HostClass] = []
  /// Types of passthrough devices.
  package var deviceTypes: [DeviceType] = []
  /// Device pools in ascending order of their hosts.
  package var devicePools: [DevicePool] = []
  /// Flavors.
  package var flavors: [Flavor] = []
  /// Images.
  package var images: [Image] = []
  /// Projects.
  package var projects: [Project] = []
  /// Server groups.
  package var groups: [ServerGroup] = []
  /// Sets of labels of VMs.
  package var labels: [VMLabels] = []
  /// Hosts.
  package var hosts = HostColumns()
  /// VMs.
  package var vms = VMColumns()
  /// Capacity taken by what is no VM.
  package var held: [HeldCapacity] = []

  /// An empty cloud.
  package init() {}

  /// The VMs of each group, in ascending order.
  package func membersByGroup() -> [[Int]] {
    var members = [[Int]](repeating: [], count: groups.count)
    for vm in 0..<vms.count where vms.group[vm] >= 0 {
      members[vms.group[vm]].append(vm)
    }
    return members
  }

  /// The VMs of each host, in ascending order.
  package func vmsByHost() -> [[Int]] {
    var result = [[Int]](repeating: [], count: hosts.count)
    for vm in 0..<vms.count where vms.host[vm] >= 0 {
      result[vms.host[vm]].append(vm)
    }
    return result
  }

  /// How many devices of a type a VM uses.
  package func devicesUsed(by vm: Int, ofType type: Int) -> Int {
    flavors[vms.flavor[vm]].devices.reduce(0) { $0 + ($1.type == type ? $1.count : 0) }
  }

  /// Whether a VM has passed-through devices.
  package func hasDevices(_ vm: Int) -> Bool {
    deviceTypes.indices.contains { devicesUsed(by: vm, ofType: $0) > 0 }
  }

  /// How a VM is shown to people: its name, and its id where the name occurs twice.
  package func label(ofVM vm: Int) -> String {
    vms.names[vm]
  }
}
