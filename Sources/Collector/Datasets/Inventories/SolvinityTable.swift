package import Scenarios

/// The hosts behind the VM traces of Solvinity (Bitbrains), as their table holds them.
///
/// **Source**: `atlarge-research/opendc`, `solvinity.json`.
package struct SolvinityTable: Sendable {
  /// The name of the file.
  package static let fileName = "hosts.csv"

  /// A machine.
  package struct Machine: Sendable, Equatable {
    /// The data centre.
    package var datacentre: String
    /// The cluster.
    package var cluster: String
    /// The name.
    package var name: String
    /// CPU cores.
    package var cores: Int64
    /// Clock of a core in MHz.
    package var megahertz: Int64
    /// Memory in GiB, as recorded.
    package var memoryGiB: Double
    /// Memory in whole MiB.
    package var memoryMiB: Int64
  }

  /// The hosts, in the order of the file.
  package private(set) var machines: [Machine] = []
  /// What was read.
  package let files: [DatasetFile]

  /// Reads the table of a folder.
  ///
  /// **Errors**: `DatasetError` with file and line.
  package init(folder: String) throws(DatasetError) {
    let table = try DatasetTable(Self.fileName, in: folder)
    files = [table.file]
    let (datacentre, cluster) = (try table.column("datacentre"), try table.column("cluster"))
    let (name, cores) = (try table.column("host"), try table.column("cores"))
    let (clock, memory) = (try table.column("core_mhz"), try table.column("memory_gib"))
    var names: Set<String> = []
    var machines: [Machine] = []
    try table.forEachRow { row throws(DatasetError) in
      let machine = Machine(
        datacentre: try row.name(datacentre), cluster: try row.name(cluster),
        name: try row.name(name), cores: try row.whole(cores, atMost: 1_000_000),
        megahertz: try row.whole(clock, atMost: 1 << 20),
        memoryGiB: try row.decimal(memory, atMost: 1_048_576),
        memoryMiB: try row.mebibytes(ofGiB: memory))
      guard names.insert(machine.name).inserted else { throw row.error(name, "a new name") }
      machines.append(machine)
    }
    self.machines = machines
  }

  /// The hosts as a cloud: a data centre is a zone. A cluster is an aggregate and no rack, because
  /// nothing says that its hosts share power or a switch.
  package var cloud: CloudRecord {
    var builder = InventoryBuilder(name: "solvinity-topology")
    for machine in machines {
      var host = HostRecord()
      host.name = machine.name
      host.vcpus = machine.cores
      host.memory = machine.memoryMiB << 20
      host.zone = builder.zone(machine.datacentre)
      host.aggregates = [builder.aggregate(machine.cluster)]
      host.hostClass = builder.hostClass("\(machine.megahertz) MHz")
      builder.cloud.hosts.append(host)
    }
    return builder.cloud
  }
}
