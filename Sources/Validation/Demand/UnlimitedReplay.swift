import CloudModel
import Simulator

/// What happens when a demand meets hosts without end: every VM is placed when it comes.
package struct UnlimitedReplay: Sendable {
  /// When each VM arrives, in microseconds since the start, ascending.
  package private(set) var arrivals: [Int64] = []
  /// When it leaves; `Int64.max` for one that stays.
  package private(set) var ends: [Int64] = []
  /// Index of its type of request.
  package private(set) var requests: [Int32] = []
  /// The most that was there at once.
  package private(set) var peak = PeakLoad()

  /// Replays a demand.
  ///
  /// **Complexity**: O(n log n).
  init(_ draws: DemandDraws) {
    var source = draws
    var block = DemandBlock()
    while true {
      block.removeAll()
      source.fill(&block)
      if block.count == 0 { break }
      for index in 0..<block.count {
        let life = block.lives[index]
        arrivals.append(block.times[index])
        ends.append(life < 0 ? .max : block.times[index] + life)
        requests.append(block.requests[index])
      }
    }
    let (kinds, types) = (requests, draws.requests)
    peak = PeakLoad(arrivals: arrivals, ends: ends) { vm in
      let request = types[Int(kinds[vm])]
      return (Int64(request.milliCPU), Int64(request.memoryMiB))
    }
  }
}

/// The most that VMs ask for at one instant, each resource by itself.
package struct PeakLoad: Sendable, Equatable {
  /// VMs.
  package private(set) var vms = 0
  /// Virtual CPUs in thousandths.
  package private(set) var milliCPU: Int64 = 0
  /// Memory in MiB.
  package private(set) var memoryMiB: Int64 = 0

  /// Nothing.
  package init() {}

  /// The peaks of VMs that arrive and end; one that ends when another arrives makes room for it.
  ///
  /// **Shape**: arrivals ascending; an end of `Int64.max` never comes.
  package init(
    arrivals: [Int64], ends: [Int64], size: (Int) -> (milliCPU: Int64, memoryMiB: Int64)
  ) {
    let leaving = ends.indices.filter { ends[$0] != .max }
      .sorted { (ends[$0], $0) < (ends[$1], $1) }
    var now = (vms: 0, milliCPU: Int64(0), memoryMiB: Int64(0))
    var next = 0
    // A VM whose life is zero leaves after it came, though at the same instant.
    for (vm, arrival) in arrivals.enumerated() {
      while next < leaving.count, ends[leaving[next]] <= arrival, leaving[next] < vm {
        let size = size(leaving[next])
        now = (now.vms - 1, now.milliCPU - size.milliCPU, now.memoryMiB - size.memoryMiB)
        next += 1
      }
      let size = size(vm)
      now = (now.vms + 1, now.milliCPU + size.milliCPU, now.memoryMiB + size.memoryMiB)
      vms = max(vms, now.vms)
      milliCPU = max(milliCPU, now.milliCPU)
      memoryMiB = max(memoryMiB, now.memoryMiB)
    }
  }
}
