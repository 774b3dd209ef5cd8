import Scenarios

/// A cloud file that is put together host by host; zones, racks and the like are added when a host
/// first names them.
struct InventoryBuilder {
  var cloud = CloudRecord()
  private var seen: Set<[String]> = []

  /// An empty cloud of a data set.
  init(name: String) {
    cloud.name = name
    cloud.source = "data set \(name)"
  }

  mutating func zone(_ name: String) -> String {
    guard seen.insert(["zone", name]).inserted else { return name }
    var zone = ZoneRecord()
    zone.name = name
    cloud.zones.append(zone)
    return name
  }

  mutating func rack(_ name: String, in zone: String) -> String {
    guard seen.insert(["rack", name]).inserted else { return name }
    var rack = RackRecord()
    rack.name = name
    rack.zone = zone
    cloud.racks.append(rack)
    return name
  }

  mutating func aggregate(_ name: String) -> String {
    guard seen.insert(["aggregate", name]).inserted else { return name }
    var aggregate = AggregateRecord()
    aggregate.name = name
    cloud.aggregates.append(aggregate)
    return name
  }

  mutating func deviceType(_ name: String) -> String {
    guard seen.insert(["device type", name]).inserted else { return name }
    var type = DeviceTypeRecord()
    type.name = name
    cloud.deviceTypes.append(type)
    return name
  }

  /// The class of hosts of a name; `cpuModel` is empty where it is not known.
  mutating func hostClass(_ name: String, cpuModel: String = "", traits: [String] = []) -> String {
    guard seen.insert(["class", name]).inserted else { return name }
    var kind = HostClassRecord()
    kind.name = name
    kind.cpuModel = cpuModel
    kind.traits = traits
    cloud.hostClasses.append(kind)
    return name
  }

  /// A number with three digits or more, so that names sort as they are counted.
  static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.count)) + text
  }
}
