import CloudModel

/// The hosts divided by what a request can demand of them besides room: the zone, the traits and
/// whether there are devices.
///
/// A request names the partitions that will do once, for its type; a placement then never meets a
/// host of the wrong zone, and a trait that one host in fifty has costs no search among the others.
struct HostPartitions: Sendable {
  /// Index of the partition of each host, in the order in which partitions first appear.
  private(set) var ofHost: [Int32] = []
  /// The hosts of all partitions, each partition's ascending and together.
  private(set) var members: [Int32] = []
  /// Where the members of each partition begin; one entry more than partitions.
  private(set) var memberStart: [Int32] = [0]
  /// Zone of each partition.
  private(set) var zone: [Int32] = []
  private var traitBits: [UInt64] = []
  private var hasDevices: [Bool] = []

  private struct Key: Hashable {
    var zone: Int32
    var traitBits: UInt64
    var hasDevices: Bool
  }

  /// Divides the hosts of a fleet, open or not.
  ///
  /// **Complexity**: O(hosts).
  init(_ fleet: Fleet) {
    var known: [Key: Int32] = [:]
    var sizes: [Int32] = []
    ofHost.reserveCapacity(fleet.count)
    for host in 0..<fleet.count {
      let key = Key(
        zone: fleet.zone[host], traitBits: fleet.traitBits[host],
        hasDevices: fleet.deviceStart[host + 1] > fleet.deviceStart[host])
      let partition = known[key] ?? Int32(sizes.count)
      if partition == sizes.count {
        known[key] = partition
        zone.append(key.zone)
        traitBits.append(key.traitBits)
        hasDevices.append(key.hasDevices)
        sizes.append(0)
      }
      sizes[Int(partition)] += 1
      ofHost.append(partition)
    }
    listMembers(sizes)
  }

  private mutating func listMembers(_ sizes: [Int32]) {
    for size in sizes { memberStart.append((memberStart.last ?? 0) + size) }
    members = [Int32](repeating: 0, count: ofHost.count)
    var next = memberStart
    for (host, partition) in ofHost.enumerated() {
      members[Int(next[Int(partition)])] = Int32(host)
      next[Int(partition)] += 1
    }
  }

  /// How many partitions there are.
  var count: Int { zone.count }

  /// Where the members of a partition stand.
  func range(_ partition: Int) -> Range<Int> {
    Int(memberStart[partition])..<Int(memberStart[partition + 1])
  }

  /// The partitions whose hosts meet what a request demands besides room, ascending.
  func eligible(_ request: PlacementRequest) -> [Int32] {
    (0..<count).filter { partition in
      (request.zone < 0 || zone[partition] == request.zone)
        && traitBits[partition] & request.requiredTraits == request.requiredTraits
        && traitBits[partition] & request.forbiddenTraits == 0
        && (request.devices.isEmpty || hasDevices[partition])
    }.map { Int32($0) }
  }
}
