import CloudModel
import Collector
import Stochastics

/// The figures of nodes and tasks of a GPU cluster: tables beside the converted cloud and the
/// replayed demand.
struct AlibabaFigures {
  private let tables: AlibabaTables

  init(_ tables: AlibabaTables) {
    self.tables = tables
  }

  /// All figures, tables beside cloud and replay.
  func figures(seed: UInt64) -> [DemandFigure] {
    let packing = DemandDraws(tables.staticDemand, seed: seed)
    let asked = UnlimitedReplay(packing)
    let timed = UnlimitedReplay(DemandDraws(tables.demand, seed: seed))
    let devices = packing.requests.map { $0.devices.first }
    let nodes = DemandFigure.paired(Self.quantities(of: measuredNodes), convertedNodes)
    let tasks = DemandFigure.paired(
      quantities(
        tasks: tables.tasks.map { task in
          let shape = tables.shapes[task.shape]
          return Task(
            milliCPU: shape.milliCPU, memoryMiB: shape.memoryMiB, gpus: shape.gpus,
            milliGPU: shape.milliGPU)
        }, lives: tables.tasks.map { Double($0.deleted - $0.created) / 3600 },
        peak: measuredPeak),
      quantities(
        tasks: asked.requests.map { request in
          let device = devices[Int(request)]
          let request = packing.requests[Int(request)]
          return Task(
            milliCPU: request.milliCPU, memoryMiB: request.memoryMiB, gpus: device?.count ?? 0,
            milliGPU: device?.share ?? 0)
        },
        lives: zip(timed.arrivals, timed.ends).map { Double($1 - $0) / 3_600_000_000 },
        peak: timed.peak.vms))
    return nodes + tasks
  }

  private struct Task {
    var milliCPU, memoryMiB, gpus, milliGPU: Int32
  }

  private struct Node {
    var vcpus: Int64
    var memoryMiB: Int64
    var gpus: Int64
  }

  private var measuredNodes: [Node] {
    tables.nodes.map {
      Node(vcpus: $0.milliCPU / 1000, memoryMiB: $0.memoryMiB, gpus: $0.gpus)
    }
  }

  private var convertedNodes: Quantities {
    let cloud = InventoryFigures.built(tables.cloud)
    let gpus = InventoryFigures.devices(of: cloud)
    return Self.quantities(
      of: zip(cloud.hosts.capacity, gpus).map { capacity, gpus in
        Node(vcpus: capacity.vcpus, memoryMiB: capacity.memoryMiB, gpus: Int64(gpus))
      })
  }

  private static func quantities(of nodes: [Node]) -> Quantities {
    var quantities = Quantities()
    quantities.add("nodes", nodes.count, of: nodes.count)
    quantities.add("cores", nodes.reduce(0) { $0 + $1.vcpus }, of: nodes.count)
    quantities.add(
      "memory_tib", Double(nodes.reduce(0) { $0 + $1.memoryMiB }) / 1_048_576, of: nodes.count)
    quantities.add("gpus", nodes.reduce(0) { $0 + $1.gpus }, of: nodes.count)
    for gpus in Set(nodes.map(\.gpus)).sorted() {
      quantities.add("nodes_with_\(gpus)_gpus", nodes.count { $0.gpus == gpus }, of: nodes.count)
    }
    return quantities
  }

  private func quantities(tasks: [Task], lives: [Double], peak: Int) -> Quantities {
    var quantities = Quantities()
    let milliGPU = tasks.reduce(0) { $0 + Int64($1.gpus) * Int64($1.milliGPU) }
    quantities.add("tasks", tasks.count, of: tasks.count)
    quantities.add(
      "asked_cores", Double(tasks.reduce(0) { $0 + Int64($1.milliCPU) }) / 1000, of: tasks.count)
    quantities.add(
      "asked_memory_tib", Double(tasks.reduce(0) { $0 + Int64($1.memoryMiB) }) / 1_048_576,
      of: tasks.count)
    quantities.add("asked_gpus", Double(milliGPU) / 1000, of: tasks.count)
    let offered = tables.nodes.reduce(0) { $0 + $1.gpus }
    quantities.add(
      "gpu_load.share", Double(milliGPU) / 1000 / Double(max(1, offered)), of: tasks.count)
    quantities.add(
      "tasks_with_part_of_a_gpu", tasks.count { $0.gpus == 1 && $0.milliGPU < 1000 },
      of: tasks.count)
    for gpus in Set(tables.shapes.map(\.gpus)).sorted() {
      quantities.add("tasks_with_\(gpus)_gpus", tasks.count { $0.gpus == gpus }, of: tasks.count)
    }
    let sorted = lives.sorted()
    for (name, share) in [("p25", 0.25), ("p50", 0.5), ("p75", 0.75)] {
      quantities.add("lifetime_h.\(name)", Quantile.ofSorted(sorted, share) ?? 0, of: sorted.count)
    }
    quantities.add("peak_tasks", peak, of: tasks.count)
    return quantities
  }

  private var measuredPeak: Int {
    let tasks = tables.tasks
    return PeakLoad(arrivals: tasks.map(\.created), ends: tasks.map(\.deleted)) { _ in (0, 0) }.vms
  }
}
