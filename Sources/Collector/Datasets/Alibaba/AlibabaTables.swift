/// Nodes and tasks of a production GPU cluster, as their tables hold them.
///
/// **Source**: `alibaba/clusterdata`, cluster-trace-gpu-v2023 (Weng et al., USENIX ATC 2023).
package struct AlibabaTables: Sendable {
  /// Which list of tasks is read.
  package enum Variant: String, CaseIterable, Sendable {
    /// The tasks as recorded; none names a model of GPU.
    case standard = "default"
    /// A third of the GPU tasks name the models that will do.
    case gpuspec33

    /// The name of its file.
    package var file: String { "openb_pod_list_\(rawValue).csv.gz" }
  }

  /// The name of the file of nodes.
  package static let nodesFile = "openb_node_list_all_node.csv.gz"

  /// A machine.
  package struct Node: Sendable, Equatable {
    /// The name.
    package var name: String
    /// Virtual CPUs in thousandths.
    package var milliCPU: Int64
    /// Memory in MiB.
    package var memoryMiB: Int64
    /// How many GPUs.
    package var gpus: Int64
    /// Their model; empty without GPUs.
    package var model: String
  }

  /// What a task asks for.
  package struct Shape: Sendable, Hashable {
    /// Virtual CPUs in thousandths.
    package var milliCPU: Int32
    /// Memory in MiB.
    package var memoryMiB: Int32
    /// How many GPUs.
    package var gpus: Int32
    /// How much of each, in thousandths; 0 without GPUs.
    package var milliGPU: Int32
    /// Models that will do, in ascending order; empty: any.
    package var models: [String]
  }

  /// A task, which is run as a container.
  package struct Task: Sendable, Equatable {
    /// Index of what it asks for.
    package var shape: Int
    /// When it was made, in seconds.
    package var created: Int64
    /// When it was deleted, in seconds.
    package var deleted: Int64
  }

  /// The nodes, in the order of their file.
  package private(set) var nodes: [Node] = []
  /// What tasks ask for, in the order of their first appearance.
  package private(set) var shapes: [Shape] = []
  /// The tasks, in the order of their file.
  package private(set) var tasks: [Task] = []
  /// What was read.
  package private(set) var files: [DatasetFile] = []

  /// Reads the tables of a folder.
  ///
  /// **Errors**: `DatasetError` with file and line.
  package init(folder: String, variant: Variant = .standard) throws(DatasetError) {
    let nodes = try DatasetTable(Self.nodesFile, in: folder)
    let tasks = try DatasetTable(variant.file, in: folder)
    files = [nodes.file, tasks.file]
    try readNodes(nodes)
    try readTasks(tasks)
  }

  /// The models of GPUs that nodes have, ascending.
  package var models: [String] { Set(nodes.map(\.model)).subtracting([""]).sorted() }

  private mutating func readNodes(_ table: DatasetTable) throws(DatasetError) {
    let (name, cpu) = (try table.column("sn"), try table.column("cpu_milli"))
    let (memory, gpus) = (try table.column("memory_mib"), try table.column("gpu"))
    let model = try table.column("model")
    var names: Set<String> = []
    var nodes: [Node] = []
    try table.forEachRow { row throws(DatasetError) in
      let node = Node(
        name: try row.name(name), milliCPU: try row.whole(cpu, atMost: 1_000_000_000),
        memoryMiB: try row.whole(memory, atMost: 1 << 30),
        gpus: try row.whole(gpus, atMost: 1000), model: row.text(model))
      guard names.insert(node.name).inserted else { throw row.error(name, "a new name") }
      guard node.model.isEmpty == (node.gpus == 0) else {
        throw row.error(model, "a model where there are GPUs, and only there")
      }
      nodes.append(node)
    }
    self.nodes = nodes
  }

  private mutating func readTasks(_ table: DatasetTable) throws(DatasetError) {
    let columns = try TaskColumns(table)
    let known = Set(models)
    var indices: [Shape: Int] = [:]
    var (shapes, tasks): ([Shape], [Task]) = ([], [])
    try table.forEachRow { row throws(DatasetError) in
      let shape = try columns.shape(of: row, known)
      let task = Task(
        shape: indices[shape] ?? shapes.count, created: try row.whole(columns.created),
        deleted: try row.whole(columns.deleted))
      guard task.created >= tasks.last?.created ?? 0 else {
        throw row.error(columns.created, "no less than in the row before")
      }
      guard task.deleted >= task.created else {
        throw row.error(columns.deleted, "no less than creation_time, \(task.created)")
      }
      if task.shape == shapes.count {
        indices[shape] = shapes.count
        shapes.append(shape)
      }
      tasks.append(task)
    }
    (self.shapes, self.tasks) = (shapes, tasks)
  }
}

/// Where the columns of the tasks stand.
private struct TaskColumns {
  let cpu, memory, gpus, milliGPU, models, created, deleted: Int

  init(_ table: DatasetTable) throws(DatasetError) {
    cpu = try table.column("cpu_milli")
    memory = try table.column("memory_mib")
    gpus = try table.column("num_gpu")
    milliGPU = try table.column("gpu_milli")
    models = try table.column("gpu_spec")
    created = try table.column("creation_time")
    deleted = try table.column("deletion_time")
  }

  func shape(
    of row: DatasetRow, _ known: Set<String>
  ) throws(DatasetError) -> AlibabaTables.Shape {
    let count = try row.whole(gpus, atMost: 1000)
    let share = try row.whole(milliGPU, atMost: 1000)
    guard count == 0 ? share == 0 : count == 1 ? share > 0 : share == 1000 else {
      throw row.error(
        milliGPU, count == 0 ? "0 without GPUs" : count == 1 ? "from 1 to 1000" : "1000")
    }
    let named = Set(row.text(models).split(separator: "|").map(String.init)).sorted()
    guard named.allSatisfy(known.contains), count > 0 || named.isEmpty else {
      throw row.error(models, "models that nodes have, where there are GPUs")
    }
    return AlibabaTables.Shape(
      milliCPU: Int32(try row.whole(cpu, atMost: 1_000_000_000)),
      memoryMiB: Int32(try row.whole(memory, atMost: 1 << 30)), gpus: Int32(count),
      milliGPU: Int32(share), models: named)
  }
}
