/// What is believed of a number in an answer, and Placement's units as bytes.
enum ResourceAmounts {
  /// The largest amount of one resource class: 2^30, which is 1 PiB of memory in MiB.
  static let limit: Int64 = 1 << 30
  /// The largest allocation ratio.
  static let ratioLimit = 1_000.0

  /// Resource classes that count as virtual CPUs: shared ones and dedicated ones.
  static let processorClasses = ["PCPU", "VCPU"]
  static let memoryClass = "MEMORY_MB"
  static let diskClass = "DISK_GB"

  /// The amount, if it is from 0 to `upper`.
  ///
  /// **Errors**: `contradiction`.
  static func checked(
    _ amount: Int64, upTo upper: Int64 = limit, file: String, path: String
  ) throws(CollectorError) -> Int64 {
    guard (0...upper).contains(amount) else {
      throw .contradiction(
        file: file, path: path, value: String(amount), allowed: "0 to \(upper)")
    }
    return amount
  }

  /// Bytes of mebibytes.
  static func bytes(mebibytes: Int64) -> Int64 { mebibytes << 20 }

  /// Bytes of gibibytes.
  static func bytes(gibibytes: Int64) -> Int64 { gibibytes << 30 }

  /// Whether a class stands for passthrough devices without a flavor saying so.
  static func isDeviceClass(_ name: String) -> Bool {
    name.hasPrefix("CUSTOM_PCI_")
      || ["FPGA", "PCI_DEVICE", "PGPU", "SRIOV_NET_VF", "VGPU"].contains(name)
  }
}

/// What a provider offers of a class to allocations.
struct OfferedAmount: Sendable {
  /// (total - reserved) x ratio, rounded down as Placement does.
  var capacity: Int64
  /// The most that one allocation may have.
  var largest: Int64

  init(
    _ inventory: OpenStackInventory, class name: String, file: String
  ) throws(CollectorError) {
    let path = "inventories.\(name)"
    let total = try ResourceAmounts.checked(
      inventory.total, file: file, path: "\(path).total")
    let reserved = try ResourceAmounts.checked(
      inventory.reserved ?? 0, upTo: total, file: file, path: "\(path).reserved")
    let ratio = inventory.allocationRatio ?? 1
    guard ratio >= 0, ratio <= ResourceAmounts.ratioLimit else {
      throw .contradiction(
        file: file, path: "\(path).allocation_ratio", value: "\(ratio)",
        allowed: "0 to \(ResourceAmounts.ratioLimit)")
    }
    // 2^32 GiB are 2^62 bytes, the most that still leaves room for sums of two.
    capacity = try ResourceAmounts.checked(
      Int64((Double(total - reserved) * ratio).rounded(.down)), upTo: 1 << 32, file: file,
      path: path)
    largest = try ResourceAmounts.checked(
      inventory.maxUnit ?? total, upTo: .max, file: file, path: "\(path).max_unit")
  }
}
