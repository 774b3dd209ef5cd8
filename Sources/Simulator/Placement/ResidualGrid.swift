import CloudModel

/// How what a host has left becomes a cell of a grid of steps of virtual CPUs and memory.
///
/// The step of either resource is the greatest common divisor of what hosts have left and what
/// requests ask for; then a cell says exactly how much is left. Where that makes the grid too
/// large, steps are doubled: cells then round down and the order of hosts is by step. Rows are the
/// resource that the order looks at first.
struct ResidualGrid: Sendable {
  /// Virtual CPUs of one step, in thousandths.
  private(set) var milliCPUStep: Int32
  /// Memory of one step, in MiB.
  private(set) var memoryStep: Int32
  /// Whether a cell says exactly what is left.
  private(set) var isExact = true
  /// Number of rows.
  private(set) var rows = 1
  /// Binary logarithm of the number of columns, which is 64 or more.
  private(set) var columnShift = 6
  /// Number of cells; a multiple of 64.
  private(set) var cells = 64
  /// Whether rows are steps of memory.
  let rowsAreMemory: Bool

  /// A grid that fits hosts and requests, with about so many cells in all partitions together.
  ///
  /// **Complexity**: O(hosts + requests).
  init(
    fleet: Fleet, requests: [PlacementRequest], partitions: Int, rowsAreMemory: Bool,
    cellLimit: Int
  ) {
    self.rowsAreMemory = rowsAreMemory
    milliCPUStep = Self.commonStep(fleet.freeMilliCPU, requests.map(\.milliCPU))
    memoryStep = Self.commonStep(fleet.freeMemoryMiB, requests.map(\.memoryMiB))
    let most = (cpu: fleet.freeMilliCPU.max() ?? 0, memory: fleet.freeMemoryMiB.max() ?? 0)
    while !settle(most: most, cellLimit: cellLimit / max(1, partitions)) { isExact = false }
  }

  /// Sets rows and columns; false if they were too many and the finer step was doubled.
  private mutating func settle(most: (cpu: Int32, memory: Int32), cellLimit: Int) -> Bool {
    let cpuCount = Int(max(0, most.cpu) / milliCPUStep) + 1
    let memoryCount = Int(max(0, most.memory) / memoryStep) + 1
    rows = rowsAreMemory ? memoryCount : cpuCount
    let columns = rowsAreMemory ? cpuCount : memoryCount
    columnShift = 6
    while 1 << columnShift < columns { columnShift += 1 }
    cells = rows << columnShift
    if cells <= cellLimit || (cpuCount <= 64 && memoryCount <= 64) { return true }
    if cpuCount > memoryCount { milliCPUStep *= 2 } else { memoryStep *= 2 }
    return false
  }

  private static func commonStep(_ left: [Int32], _ asked: [Int32]) -> Int32 {
    var divisor: Int32 = 0
    for amount in left where amount > 0 && divisor != 1 { divisor = gcd(divisor, amount) }
    for amount in asked where amount > 0 && divisor != 1 { divisor = gcd(divisor, amount) }
    return max(1, divisor)
  }

  private static func gcd(_ left: Int32, _ right: Int32) -> Int32 {
    var (larger, smaller) = (left, right)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }

  /// The cell of an amount of both resources, rounded down.
  @inline(__always)
  func cell(milliCPU: Int32, memoryMiB: Int32) -> Int {
    let cpu = Int(milliCPU / milliCPUStep)
    let memory = Int(memoryMiB / memoryStep)
    return rowsAreMemory ? memory << columnShift | cpu : cpu << columnShift | memory
  }

  /// The same for what a host has left.
  @inline(__always)
  func cell(_ left: FirstFitTree.Room) -> Int {
    cell(milliCPU: left.milliCPU, memoryMiB: left.memoryMiB)
  }

  /// The row of a cell.
  func row(_ cell: Int) -> Int { cell >> columnShift }

  /// The column of a cell.
  func column(_ cell: Int) -> Int { cell & (1 << columnShift - 1) }

  /// What is left at least in a cell, in thousandths of a virtual CPU.
  func milliCPU(_ cell: Int) -> Int {
    (rowsAreMemory ? column(cell) : row(cell)) * Int(milliCPUStep)
  }

  /// What is left at least in a cell, in MiB.
  func memoryMiB(_ cell: Int) -> Int {
    (rowsAreMemory ? row(cell) : column(cell)) * Int(memoryStep)
  }
}
