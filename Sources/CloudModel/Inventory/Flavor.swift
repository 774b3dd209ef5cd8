/// A size of VM that a cloud offers, with the extra specs that constrain where it may run.
package struct Flavor: Sendable {
  /// The name, unique in the cloud.
  package var name: String
  /// What a VM of this flavor takes from a host.
  package var demand: Resources
  /// Nova's extra specs.
  package var extraSpecs: Properties
  /// Whether tenants may use it without being named.
  package var isPublic: Bool
  /// The passthrough devices that each VM asks for.
  package var devices: [DeviceRequest]
  /// What the name promises if it follows the SCS standard, else nil.
  package var scsName: SCSFlavorName?

  /// A flavor; the promises of its name are read from the name.
  package init(
    name: String, demand: Resources, extraSpecs: Properties = Properties(),
    isPublic: Bool = true, devices: [DeviceRequest] = []
  ) {
    self.name = name
    self.demand = demand
    self.extraSpecs = extraSpecs
    self.isPublic = isPublic
    self.devices = devices
    let standardName = extraSpecs["scs:name-v2"] ?? name
    scsName = FlavorNameReading(standardName, mode: .checker).flavor
  }
}

/// A number of devices of one type that a flavor asks for.
package struct DeviceRequest: Sendable, Hashable {
  /// Index into `Cloud.deviceTypes`.
  package var type: Int
  /// How many of them; at least one.
  package var count: Int

  /// A request for a number of devices of a type.
  package init(type: Int, count: Int) {
    self.type = type
    self.count = count
  }
}

/// An image that VMs were made from, with the properties that constrain where they may run.
package struct Image: Sendable {
  /// The name as shown to tenants; not unique.
  package var name: String
  /// The identifier in the image service.
  package var id: String
  /// Properties such as `architecture`, `hw_disk_bus`, `trait:X`.
  package var properties: Properties

  /// An image.
  package init(name: String, id: String, properties: Properties = Properties()) {
    self.name = name
    self.id = id
    self.properties = properties
  }
}
