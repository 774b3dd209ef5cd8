import CloudModel
import Collector
import Scenarios

/// The figures of inventories of hosts: tables beside the cloud that is made of them.
enum InventoryFigures {
  /// A host as far as the figures tell.
  struct Machine {
    var zone: String
    var vcpus: Int64
    var memoryGiB: Double
    var devices: Int
  }

  static func figures(_ table: ChameleonTable) -> [DemandFigure] {
    DemandFigure.paired(
      quantities(
        table.nodes.map {
          Machine(
            zone: $0.site, vcpus: $0.threads, memoryGiB: $0.memoryGiB, devices: Int($0.gpus))
        }, vcpus: "threads", hasDevices: true),
      quantities(machines(of: table.cloud), vcpus: "threads", hasDevices: true))
  }

  static func figures(_ table: SolvinityTable) -> [DemandFigure] {
    DemandFigure.paired(
      quantities(
        table.machines.map {
          Machine(zone: $0.datacentre, vcpus: $0.cores, memoryGiB: $0.memoryGiB, devices: 0)
        }, vcpus: "cores", hasDevices: false),
      quantities(machines(of: table.cloud), vcpus: "cores", hasDevices: false))
  }

  /// The columns of a converted cloud.
  static func built(_ record: CloudRecord) -> Cloud {
    var reading = Reading()
    let cloud = CloudFile.build(record, &reading)
    guard let cloud else { preconditionFailure("A converted cloud refers only to what it has.") }
    return cloud
  }

  /// How many devices each host has.
  static func devices(of cloud: Cloud) -> [Int] {
    var counts = [Int](repeating: 0, count: cloud.hosts.count)
    for pool in cloud.devicePools { counts[pool.host] += pool.total }
    return counts
  }

  private static func machines(of record: CloudRecord) -> [Machine] {
    let cloud = built(record)
    let devices = devices(of: cloud)
    return (0..<cloud.hosts.count).map { host in
      let capacity = cloud.hosts.capacity[host]
      return Machine(
        zone: cloud.zones[cloud.hosts.zone[host]].name, vcpus: capacity.vcpus,
        memoryGiB: Double(capacity.memoryMiB) / 1024, devices: devices[host])
    }
  }

  private static func quantities(
    _ machines: [Machine], vcpus: String, hasDevices: Bool
  ) -> Quantities {
    var quantities = Quantities()
    quantities.add("hosts", machines.count, of: machines.count)
    for zone in Set(machines.map(\.zone)).sorted() {
      quantities.add("hosts.\(zone)", machines.count { $0.zone == zone }, of: machines.count)
    }
    quantities.add(vcpus, machines.reduce(0) { $0 + $1.vcpus }, of: machines.count)
    quantities.add(
      "memory_gib", machines.reduce(0) { $0 + $1.memoryGiB }, of: machines.count)
    if hasDevices {
      quantities.add("gpu_hosts", machines.count { $0.devices > 0 }, of: machines.count)
      quantities.add("gpus", machines.reduce(0) { $0 + $1.devices }, of: machines.count)
    }
    return quantities
  }
}
