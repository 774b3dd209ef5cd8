/// What every arrival and departure counts, in one value that a loop over events can hold.
struct PlacementCounts: Sendable, Equatable {
  var arrivals = 0
  var placed = 0
  var departures = 0
  /// VMs that run, thousandths of virtual CPUs and MiB in use.
  private(set) var vms: Int64
  private var milliCPU: Int64
  private var memoryMiB: Int64
  /// The most of each so far.
  private(set) var peakVMs: Int64
  private(set) var peakMilliCPU: Int64
  private(set) var peakMemoryMiB: Int64
  /// Hosts with at least one VM.
  var activeHosts: PlacementMeasures.Tally

  /// The start.
  init(_ base: PlacementBase) {
    activeHosts = PlacementMeasures.Tally(count: base.activeHosts)
    vms = base.vms
    milliCPU = base.used.reduce(0) { $0 + $1.milliCPU }
    memoryMiB = base.used.reduce(0) { $0 + $1.memoryMiB }
    (peakVMs, peakMilliCPU, peakMemoryMiB) = (vms, milliCPU, memoryMiB)
  }

  /// Counts a VM more.
  @inline(__always)
  mutating func add(_ plan: RequestPlan) {
    vms &+= 1
    milliCPU &+= Int64(plan.milliCPU)
    memoryMiB &+= Int64(plan.memoryMiB)
    peakVMs = max(peakVMs, vms)
    peakMilliCPU = max(peakMilliCPU, milliCPU)
    peakMemoryMiB = max(peakMemoryMiB, memoryMiB)
  }

  /// Counts a VM less.
  @inline(__always)
  mutating func remove(_ plan: RequestPlan) {
    vms &-= 1
    milliCPU &-= Int64(plan.milliCPU)
    memoryMiB &-= Int64(plan.memoryMiB)
  }
}
