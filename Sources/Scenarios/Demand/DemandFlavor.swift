/// A size of VM in a demand: what it asks of its host.
package struct DemandFlavor: Sendable, Hashable {
  /// Devices that it asks for.
  package struct Devices: Sendable, Hashable {
    /// Names of the types that will do.
    package var types: [String]
    /// How many devices; at least one.
    package var count: Int32
    /// How much of each, in thousandths.
    package var share: Int32

    /// A demand for devices.
    package init(types: [String], count: Int32 = 1, share: Int32 = 1000) {
      self.types = types
      self.count = count
      self.share = share
    }
  }

  /// The name, by which rows name it.
  package var name: String
  /// Virtual CPUs in thousandths.
  package var milliCPU: Int32
  /// Memory in MiB.
  package var memoryMiB: Int32
  /// Local disk in GiB.
  package var diskGiB: Int32
  /// Devices; mostly none.
  package var devices: [Devices]
  /// Traits that the host must have, or must not have if `!` stands before the name.
  package var traits: [String]

  /// A flavor.
  package init(
    name: String, milliCPU: Int32, memoryMiB: Int32, diskGiB: Int32 = 0, devices: [Devices] = [],
    traits: [String] = []
  ) {
    self.name = name
    self.milliCPU = milliCPU
    self.memoryMiB = memoryMiB
    self.diskGiB = diskGiB
    self.devices = devices
    self.traits = traits
  }
}
