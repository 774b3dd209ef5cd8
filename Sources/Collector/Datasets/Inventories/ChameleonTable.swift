package import Scenarios

/// The bare-metal nodes of the Chameleon testbed, as their table holds them.
///
/// **Source**: `ChameleonCloud/reference-repository`.
package struct ChameleonTable: Sendable {
  /// The name of the file.
  package static let fileName = "nodes.csv"

  /// A machine.
  package struct Node: Sendable, Equatable {
    /// The site, which is a data centre.
    package var site: String
    /// The kind of node.
    package var kind: String
    /// Hardware threads.
    package var threads: Int64
    /// Memory in GiB, as recorded.
    package var memoryGiB: Double
    /// Memory in whole MiB.
    package var memoryMiB: Int64
    /// Disk in GiB.
    package var diskGiB: Int64
    /// How many GPUs.
    package var gpus: Int64
    /// Their model; empty without GPUs.
    package var model: String
    /// Whether it has InfiniBand.
    package var hasInfiniBand: Bool
    /// Whether it has a field-programmable gate array.
    package var hasFPGA: Bool
    /// CPU model.
    package var cpuModel: String
    /// The rack's name within the site; empty: not known.
    package var rack: String
  }

  /// The nodes, in the order of the file.
  package private(set) var nodes: [Node] = []
  /// What was read.
  package let files: [DatasetFile]

  /// Reads the table of a folder.
  ///
  /// **Errors**: `DatasetError` with file and line.
  package init(folder: String) throws(DatasetError) {
    let table = try DatasetTable(Self.fileName, in: folder)
    files = [table.file]
    let columns = try NodeColumns(table)
    var nodes: [Node] = []
    try table.forEachRow { row throws(DatasetError) in nodes.append(try columns.node(of: row)) }
    self.nodes = nodes
  }

  /// The nodes as hosts: a site is a zone, InfiniBand and gate arrays are traits.
  package var cloud: CloudRecord {
    var builder = InventoryBuilder(name: "chameleon-inventory")
    var numbers: [String: Int] = [:]
    for node in nodes {
      let prefix = "\(node.site)-\(node.kind)"
      numbers[prefix, default: 0] += 1
      var host = HostRecord()
      host.name = "\(prefix)-\(InventoryBuilder.digits(numbers[prefix] ?? 1))"
      host.vcpus = node.threads
      host.memory = node.memoryMiB << 20
      host.disk = node.diskGiB << 30
      host.zone = builder.zone(node.site)
      if !node.rack.isEmpty {
        host.rack = builder.rack("\(node.site)-rack\(node.rack)", in: node.site)
      }
      let traits =
        (node.hasInfiniBand ? ["CUSTOM_INFINIBAND"] : []) + (node.hasFPGA ? ["CUSTOM_FPGA"] : [])
      let model = node.cpuModel.isEmpty ? "unknown" : node.cpuModel
      host.hostClass = builder.hostClass(
        ([model] + traits).joined(separator: " "), cpuModel: node.cpuModel, traits: traits)
      if node.gpus > 0 {
        host.devices = [
          HostDeviceRecord(builder.deviceType(node.model), count: node.gpus)
        ]
      }
      builder.cloud.hosts.append(host)
    }
    return builder.cloud
  }
}

/// Where the columns of the nodes stand.
private struct NodeColumns {
  let site, kind, threads, memory, disk, gpus, model, infiniBand, fpga, cpuModel, rack: Int

  init(_ table: DatasetTable) throws(DatasetError) {
    site = try table.column("site")
    kind = try table.column("node_type")
    threads = try table.column("threads")
    memory = try table.column("ram_gib")
    disk = try table.column("disk_gib")
    gpus = try table.column("gpu_count")
    model = try table.column("gpu_model")
    infiniBand = try table.column("infiniband")
    fpga = try table.column("fpga")
    cpuModel = try table.column("cpu_model")
    rack = try table.column("rack")
  }

  func node(of row: DatasetRow) throws(DatasetError) -> ChameleonTable.Node {
    let node = ChameleonTable.Node(
      site: try row.name(site), kind: try row.name(kind),
      threads: try row.whole(threads, atMost: 1_000_000),
      memoryGiB: try row.decimal(memory, atMost: 1_048_576),
      memoryMiB: try row.mebibytes(ofGiB: memory), diskGiB: try row.whole(disk, atMost: 1 << 20),
      gpus: try row.whole(gpus, atMost: 1000), model: row.text(model),
      hasInfiniBand: try row.flag(infiniBand), hasFPGA: try row.flag(fpga),
      cpuModel: row.text(cpuModel), rack: row.text(rack))
    guard node.gpus == 0 || !node.model.isEmpty else {
      throw row.error(model, "a model where there are GPUs")
    }
    // Racks are named after their site, and no two of different sites alike.
    guard !node.rack.contains("-rack") else { throw row.error(rack, "a name without -rack") }
    return node
  }
}
