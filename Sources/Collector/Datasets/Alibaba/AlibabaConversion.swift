package import Scenarios

extension AlibabaTables {
  /// The nodes as hosts of one zone, their GPUs as devices.
  package var cloud: CloudRecord {
    var cloud = CloudRecord()
    cloud.name = "alibaba-gpu-2023"
    cloud.source = "data set alibaba-gpu-2023"
    var zone = ZoneRecord()
    zone.name = "cluster"
    cloud.zones = [zone]
    cloud.deviceTypes = models.map { model in
      var type = DeviceTypeRecord()
      type.name = model
      return type
    }
    cloud.hosts = nodes.map { node in
      var host = HostRecord()
      host.name = node.name
      host.zone = zone.name
      host.vcpus = node.milliCPU / 1000
      host.memory = node.memoryMiB << 20
      if node.gpus > 0 { host.devices = [HostDeviceRecord(node.model, count: node.gpus)] }
      return host
    }
    return cloud
  }

  /// The tasks as requests at the recorded instants, each with the life that was recorded.
  package var demand: ConvertedDemand {
    var demand = ConvertedDemand(flavors: flavors)
    for task in tasks {
      let life = task.deleted - task.created
      demand.append(time: task.created, flavor: task.shape, lifetime: life...life)
    }
    return demand
  }

  /// The tasks as requests one second apart in the order of their file, each of which stays: the
  /// static packing for which the set was published. By their times no more than 56 run at once.
  package var staticDemand: ConvertedDemand {
    var demand = ConvertedDemand(flavors: flavors)
    for (second, task) in tasks.enumerated() {
      demand.append(time: Int64(second), flavor: task.shape, lifetime: nil)
    }
    return demand
  }

  /// A flavor for each shape; its name says the shape, such as `12cpu-16384mib-0.46gpu`.
  private var flavors: [DemandFlavor] {
    let all = models
    return shapes.map { shape in
      var flavor = DemandFlavor(
        name: Self.name(of: shape), milliCPU: shape.milliCPU, memoryMiB: shape.memoryMiB)
      if shape.gpus > 0 {
        flavor.devices = [
          DemandFlavor.Devices(
            types: shape.models.isEmpty ? all : shape.models, count: shape.gpus,
            share: shape.milliGPU)
        ]
      }
      return flavor
    }
  }

  private static func name(of shape: Shape) -> String {
    var name = "\(thousandths(shape.milliCPU))cpu-\(shape.memoryMiB)mib"
    if shape.gpus > 0 { name += "-\(thousandths(shape.gpus * shape.milliGPU))gpu" }
    return ([name] + shape.models).joined(separator: "-")
  }

  /// A number of thousandths as a decimal number, exactly.
  private static func thousandths(_ value: Int32) -> String {
    var digits = String(1000 + value % 1000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(value / 1000)" + (digits.isEmpty ? "" : ".\(digits)")
  }
}

extension HostDeviceRecord {
  /// A number of devices of one type.
  init(_ type: String, count: Int64) {
    self.init()
    self.type = type
    self.count = count
  }
}
