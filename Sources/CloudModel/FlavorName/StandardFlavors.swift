/// A flavor that an SCS standard lists.
package struct StandardFlavor: Hashable, Sendable {
  /// What the flavor's name says; print it in either syntax.
  package let name: SCSFlavorName

  /// Whether a provider must or should offer it.
  package let status: Status

  /// Whether a provider must or should offer a flavor.
  package enum Status: String, CaseIterable, Sendable {
    /// Must be offered.
    case mandatory
    /// Should be offered.
    case recommended
  }

  /// Virtual CPUs.
  package var vcpus: Int { name.cpus }

  /// Memory, to be matched exactly. Units: MiB.
  package var ramMebibytes: Int { name.ramHalfGibibytes * 512 }

  /// Size of the root disk, 0 for diskless flavors. Units: GB as the name counts.
  package var diskGigabytes: Int { name.totalDiskGigabytes ?? 0 }

  /// The kind of disk that the text demands: nil for diskless flavors, `any`, or `ssd`. The
  /// checker demands `name.specDiskTypes` instead, which says `network` for `any`.
  package var diskTypeInText: String? {
    name.disk.map { $0.medium?.specValue ?? "any" }
  }
}

/// The standard flavors by document and version.
package enum StandardFlavors: String, CaseIterable, Sendable {
  /// scs-0100-v1, version 1.1.
  case naming1
  /// scs-0100-v2, version 2.0.
  case naming2
  /// scs-0100-v3, version 3.0.
  case naming3
  /// scs-0103-v1, versions 1.0 and 1.1, which took the list over from scs-0100.
  case standard1
  /// scs-0103-v1, version 1.2.
  case standard12

  /// The document.
  package var document: String {
    switch self {
    case .naming1: "scs-0100-v1"
    case .naming2: "scs-0100-v2"
    case .naming3: "scs-0100-v3"
    case .standard1, .standard12: "scs-0103-v1"
    }
  }

  /// The version of the document.
  package var version: String {
    switch self {
    case .naming1: "1.1"
    case .naming2: "2.0"
    case .naming3: "3.0"
    case .standard1: "1.0/1.1"
    case .standard12: "1.2"
    }
  }

  /// The day since which the list holds, ISO 8601.
  package var since: String {
    switch self {
    case .naming1: "2022-09-08"
    case .naming2: "2023-02-21"
    case .naming3: "2023-06-14"
    case .standard1: "2024-02-08"
    case .standard12: "2025-12-01"
    }
  }

  /// The list in force today.
  package static let current = StandardFlavors.standard12

  /// The list of this version.
  ///
  /// Shape: mandatory before recommended; inside, diskless before those with a disk, in the order
  /// of the document's table.
  package var flavors: [StandardFlavor] {
    switch self {
    case .naming1, .naming2:
      return Self.diskless(.mandatory) + Self.withDisk(.mandatory)
    case .naming3, .standard1:
      return Self.diskless(.mandatory) + Self.solidState + Self.withDisk(.recommended)
    case .standard12:
      let large = [(16, 64), (8, 64), (16, 128)].map { cpus, gibibytes in
        StandardFlavor(
          name: SCSFlavorName(cpus: cpus, cpuType: .shared, ramHalfGibibytes: 2 * gibibytes),
          status: .recommended)
      }
      return Self.standard1.flavors + large
    }
  }

  /// One line of the table that all versions share.
  private typealias Shape = (
    cpus: Int, type: SCSFlavorName.CPUType, gibibytes: Int, diskGigabytes: Int
  )

  private static let shapes: [Shape] = [
    (1, .shared, 4, 10), (2, .shared, 8, 20), (4, .shared, 16, 50), (8, .shared, 32, 100),
    (1, .shared, 2, 5), (2, .shared, 4, 10), (4, .shared, 8, 20), (8, .shared, 16, 50),
    (16, .shared, 32, 100),
    (1, .shared, 8, 20), (2, .shared, 16, 50), (4, .shared, 32, 100),
    (1, .crowded, 1, 5),
  ]

  private static func diskless(_ status: StandardFlavor.Status) -> [StandardFlavor] {
    shapes.map { shape in
      StandardFlavor(
        name: SCSFlavorName(
          cpus: shape.cpus, cpuType: shape.type, ramHalfGibibytes: 2 * shape.gibibytes),
        status: status)
    }
  }

  private static func withDisk(_ status: StandardFlavor.Status) -> [StandardFlavor] {
    shapes.map { shape in
      StandardFlavor(
        name: SCSFlavorName(
          cpus: shape.cpus, cpuType: shape.type, ramHalfGibibytes: 2 * shape.gibibytes,
          disk: SCSFlavorName.Disk(gigabytes: shape.diskGigabytes)),
        status: status)
    }
  }

  /// The two SSD flavors that came with scs-0100-v3.
  private static var solidState: [StandardFlavor] {
    [(2, 4, 20), (4, 16, 100)].map { cpus, gibibytes, disk in
      StandardFlavor(
        name: SCSFlavorName(
          cpus: cpus, cpuType: .shared, ramHalfGibibytes: 2 * gibibytes,
          disk: SCSFlavorName.Disk(gigabytes: disk, medium: .solidState)),
        status: .mandatory)
    }
  }
}
