import CloudModel

/// What is worked out once for each type of request, so that a placement reads numbers only.
struct RequestPlan: Sendable {
  var milliCPU: Int32
  var memoryMiB: Int32
  var diskGiB: Int32
  var hasDevices: Bool
  /// Whether a host that the index offers has to be looked at before it is taken.
  var isChecked: Bool
  /// Whether every host that the index offers holds it, so that only predicates can object.
  var isHeldWhereOffered: Bool
  /// Whether no host of the fleet could ever hold it.
  var isBeyondGrid: Bool
  /// Where its row and column begin in the grid of what hosts have left.
  var needRow: Int32
  var needColumn: Int32
  /// By how much the bucket of a host changes if it takes one; of an exact grid.
  var step: Int32
  /// Where its partitions stand in the list of those of all requests.
  var firstPartition: Int32
  var endPartition: Int32
  /// What a unit that is left counts, for orders by weight.
  var weight: HostOrder.Weight

  /// What can be said before partitions and grid are known.
  init(_ request: PlacementRequest) {
    precondition(
      request.milliCPU >= 0 && request.memoryMiB >= 0 && request.diskGiB >= 0,
      "A request asks for zero or more of each resource.")
    milliCPU = request.milliCPU
    memoryMiB = request.memoryMiB
    diskGiB = request.diskGiB
    hasDevices = !request.devices.isEmpty
    (isChecked, isHeldWhereOffered, isBeyondGrid) = (true, false, false)
    (needRow, needColumn, step) = (0, 0, 0)
    (firstPartition, endPartition) = (0, 0)
    weight = HostOrder.Weight(perMilliCPU: 0, perMemoryMiB: 0)
  }

  /// Its partitions in the list of those of all requests.
  var partitions: Range<Int> { Int(firstPartition)..<Int(endPartition) }

  /// The least that a host in its partitions must have left.
  var need: FirstFitTree.Room { .init(milliCPU: milliCPU, memoryMiB: memoryMiB) }

  /// Finds its place in a grid.
  mutating func locate(in grid: ResidualGrid) {
    let cpu = milliCPU / grid.milliCPUStep
    let memory = memoryMiB / grid.memoryStep
    needRow = grid.rowsAreMemory ? memory : cpu
    needColumn = grid.rowsAreMemory ? cpu : memory
    isBeyondGrid = needRow >= grid.rows || needColumn >= 1 << Int32(grid.columnShift)
    if !isBeyondGrid { step = needRow << Int32(grid.columnShift) | needColumn }
  }
}
