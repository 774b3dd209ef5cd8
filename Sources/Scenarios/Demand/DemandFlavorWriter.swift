import Documents

/// Writes the table of flavors that stands beside a demand.
package enum DemandFlavorWriter {
  /// The columns of the table.
  package static let header =
    "flavor,vcpus,memory_mib,disk_gib,device_types,device_count,device_share,traits"

  /// The table as CSV. A flavor may ask for devices once in this form.
  package static func csv(_ flavors: [DemandFlavor]) -> [UInt8] {
    var bytes = Array(header.utf8) + [0x0A]
    for flavor in flavors { append(flavor, to: &bytes) }
    return bytes
  }

  /// Writes the table to a file.
  ///
  /// **Errors**: `ScenarioError.document` if it exists already and is not to be replaced, or cannot
  /// be written.
  package static func write(
    _ flavors: [DemandFlavor], to path: String, replace: Bool = false
  ) throws(ScenarioError) {
    do throws(DocumentError) {
      try AtomicFile.write(csv(flavors), to: path, replace: replace)
    } catch { throw .document(error) }
  }

  private static func append(_ flavor: DemandFlavor, to bytes: inout [UInt8]) {
    precondition(
      flavor.devices.count <= 1, "A table of flavors has columns for one demand for devices.")
    let comma = UInt8(ascii: ",")
    DemandText.append(flavor.name, to: &bytes)
    bytes.append(comma)
    DemandText.append(Int64(flavor.milliCPU), digits: 3, to: &bytes)
    bytes.append(comma)
    DemandText.append(Int64(flavor.memoryMiB), digits: 0, to: &bytes)
    bytes.append(comma)
    DemandText.append(Int64(flavor.diskGiB), digits: 0, to: &bytes)
    bytes.append(comma)
    let devices = flavor.devices.first
    if let devices { DemandText.append(devices.types.joined(separator: "|"), to: &bytes) }
    bytes.append(comma)
    if let devices { DemandText.append(Int64(devices.count), digits: 0, to: &bytes) }
    bytes.append(comma)
    if let devices { DemandText.append(Int64(devices.share), digits: 0, to: &bytes) }
    bytes.append(comma)
    DemandText.append(flavor.traits.joined(separator: "|"), to: &bytes)
    bytes.append(0x0A)
  }
}
