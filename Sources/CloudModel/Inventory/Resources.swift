/// The three resources that every host offers and every VM asks for.
///
/// **Units**: virtual CPUs after the allocation ratio; mebibytes of memory; gibibytes of local
/// disk, Nova's `DISK_GB`.
package struct Resources: Sendable, Hashable {
  /// Virtual CPUs.
  package var vcpus: Int64
  /// Memory in MiB.
  package var memoryMiB: Int64
  /// Local disk in GiB.
  package var diskGiB: Int64

  /// An amount of each resource.
  package init(vcpus: Int64, memoryMiB: Int64, diskGiB: Int64) {
    self.vcpus = vcpus
    self.memoryMiB = memoryMiB
    self.diskGiB = diskGiB
  }

  /// Nothing of any resource.
  package static let zero = Resources(vcpus: 0, memoryMiB: 0, diskGiB: 0)

  /// Whether every amount is at most that of another.
  package func fits(in room: Resources) -> Bool {
    vcpus <= room.vcpus && memoryMiB <= room.memoryMiB && diskGiB <= room.diskGiB
  }

  /// Sum by resource.
  package static func + (left: Self, right: Self) -> Self {
    Resources(
      vcpus: left.vcpus + right.vcpus, memoryMiB: left.memoryMiB + right.memoryMiB,
      diskGiB: left.diskGiB + right.diskGiB)
  }

  /// Difference by resource; may be negative on an overfull host.
  package static func - (left: Self, right: Self) -> Self {
    Resources(
      vcpus: left.vcpus - right.vcpus, memoryMiB: left.memoryMiB - right.memoryMiB,
      diskGiB: left.diskGiB - right.diskGiB)
  }

  /// Adds by resource.
  package static func += (left: inout Self, right: Self) { left = left + right }

  /// Takes away by resource.
  package static func -= (left: inout Self, right: Self) { left = left - right }
}
