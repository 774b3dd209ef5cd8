/// What is believed of a number in an answer, and Placement's units as bytes.
enum ResourceAmounts {
  /// The largest amount of a class that is believed: 1 PiB of memory, 256 PiB of disk (one pool may
  /// be a whole storage cluster), 2^24 of anything else.
  static func limit(of name: String) -> Int64 {
    switch name {
    case memoryClass: 1 << 30
    case diskClass: 1 << 28
    default: 1 << 24
    }
  }

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
    _ amount: Int64, upTo upper: Int64, file: String, path: String
  ) throws(CollectorError) -> Int64 {
    guard (0...upper).contains(amount) else {
      throw .contradiction(
        file: file, path: path, value: String(amount), allowed: "0 to \(upper)")
    }
    return amount
  }

  /// Bytes of mebibytes; the largest number where they would pass it.
  static func bytes(mebibytes: Int64) -> Int64 { product(mebibytes, 1 << 20) }

  /// Bytes of gibibytes; the largest number where they would pass it.
  static func bytes(gibibytes: Int64) -> Int64 { product(gibibytes, 1 << 30) }

  private static func product(_ amount: Int64, _ unit: Int64) -> Int64 {
    let (bytes, isTooLarge) = amount.multipliedReportingOverflow(by: unit)
    return isTooLarge ? .max : bytes
  }

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
      inventory.total, upTo: ResourceAmounts.limit(of: name), file: file, path: "\(path).total")
    let reserved = try ResourceAmounts.checked(
      inventory.reserved ?? 0, upTo: total, file: file, path: "\(path).reserved")
    let ratio = inventory.allocationRatio ?? 1
    guard ratio >= 0, ratio <= ResourceAmounts.ratioLimit else {
      throw .contradiction(
        file: file, path: "\(path).allocation_ratio", value: "\(ratio)",
        allowed: "0 to \(ResourceAmounts.ratioLimit)")
    }
    capacity = try ResourceAmounts.checked(
      Int64((Double(total - reserved) * ratio).rounded(.down)),
      upTo: ResourceAmounts.limit(of: name), file: file,
      path: path)
    largest = try ResourceAmounts.checked(
      inventory.maxUnit ?? total, upTo: .max, file: file, path: "\(path).max_unit")
  }
}
