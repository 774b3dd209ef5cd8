import CloudModel
import Synchronization

/// The growths of fragments that were computed before, for each host and type of request.
///
/// A placement changes one host, so nearly all growths of the next one are known. An entry counts
/// only while the host is in the state for which it was computed, so the table never changes a
/// result: it may be shared by runs that are in different states, and they may run at once.
///
/// **Complexity**: 8 bytes for each host and type of request.
final class FragmentationTable: Sendable {
  /// More hosts times types than this, 64 MiB, are not kept.
  private static let mostEntries = 1 << 23

  private let measure: FragmentationMeasure
  private let columns: [PlacementRequest: Int]
  private let state: Mutex<State>

  /// An empty table for a fleet and the types of requests that can come.
  init(
    _ measure: FragmentationMeasure, of fleet: Fleet, requests: [PlacementRequest]
  ) {
    self.measure = measure
    var columns: [PlacementRequest: Int] = [:]
    if fleet.count * requests.count <= Self.mostEntries {
      for request in requests where columns[request] == nil { columns[request] = columns.count }
    }
    self.columns = columns
    state = Mutex(State(fleet, columns: columns.count))
  }

  /// Calls a function with the hosts of a block on which a request fits, and by how much the
  /// fragments of each would grow; the growth is often less than 0.
  func forEachFitting(
    _ request: PlacementRequest, in block: Range<Int>, of fleet: Fleet,
    _ body: (_ host: Int, _ growth: Int64) -> Void
  ) {
    let column = columns[request]
    state.withLock { state in
      for host in block where fleet.fits(request, on: host) {
        state.refresh(host, fleet)
        body(host, state.growth(host, fleet, request, column, measure))
      }
    }
  }
}

/// States of hosts with what was computed for them.
private struct State {
  private static let unknown = Int64.min

  private let hosts: Int
  private let columns: Int
  private var milliCPU: [Int32]
  private var memoryMiB: [Int32]
  private var diskGiB: [Int32]
  private var deviceFree: [Int32]
  /// Fragments of each host in its state.
  private var amount: [Int64]
  /// Growths by type and then by host, as blocks of hosts are asked for one type.
  private var growth: [Int64]
  private var left = FragmentationMeasure.Residual()
  private var taken: [Bool] = []

  init(_ fleet: Fleet, columns: Int) {
    hosts = fleet.count
    self.columns = columns
    milliCPU = fleet.freeMilliCPU
    memoryMiB = fleet.freeMemoryMiB
    diskGiB = fleet.freeDiskGiB
    deviceFree = fleet.deviceFree
    amount = [Int64](repeating: Self.unknown, count: hosts)
    growth = [Int64](repeating: Self.unknown, count: hosts * columns)
  }

  /// Forgets what was computed for a host if it is in another state now.
  mutating func refresh(_ host: Int, _ fleet: Fleet) {
    let devices = Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    var isSame =
      milliCPU[host] == fleet.freeMilliCPU[host] && memoryMiB[host] == fleet.freeMemoryMiB[host]
      && diskGiB[host] == fleet.freeDiskGiB[host]
    for device in devices where deviceFree[device] != fleet.deviceFree[device] { isSame = false }
    guard !isSame else { return }
    milliCPU[host] = fleet.freeMilliCPU[host]
    memoryMiB[host] = fleet.freeMemoryMiB[host]
    diskGiB[host] = fleet.freeDiskGiB[host]
    for device in devices { deviceFree[device] = fleet.deviceFree[device] }
    amount[host] = Self.unknown
    for column in 0..<columns { growth[column * hosts + host] = Self.unknown }
  }

  /// By how much the fragments of a host grow with a request that fits.
  mutating func growth(
    _ host: Int, _ fleet: Fleet, _ request: PlacementRequest, _ column: Int?,
    _ measure: FragmentationMeasure
  ) -> Int64 {
    guard let column else { return computedGrowth(host, fleet, request, measure) }
    let place = column * hosts + host
    if growth[place] == Self.unknown {
      growth[place] = computedGrowth(host, fleet, request, measure)
    }
    return growth[place]
  }

  private mutating func computedGrowth(
    _ host: Int, _ fleet: Fleet, _ request: PlacementRequest, _ measure: FragmentationMeasure
  ) -> Int64 {
    let first = Int(fleet.deviceStart[host])
    left.milliCPU = milliCPU[host]
    left.memoryMiB = memoryMiB[host]
    left.diskGiB = diskGiB[host]
    left.deviceFree.removeAll(keepingCapacity: true)
    left.deviceFree.append(contentsOf: deviceFree[first..<Int(fleet.deviceStart[host + 1])])
    if amount[host] == Self.unknown {
      amount[host] = measure.amount(on: host, of: fleet, left: &left)
    }
    left.milliCPU -= request.milliCPU
    left.memoryMiB -= request.memoryMiB
    left.diskGiB -= request.diskGiB
    taken.removeAll(keepingCapacity: true)
    taken.append(contentsOf: repeatElement(false, count: left.deviceFree.count))
    for demand in request.devices { take(demand, fleet.deviceType, first: first) }
    return measure.amount(on: host, of: fleet, left: &left) - amount[host]
  }

  /// Takes the devices with the least left that suffice, of equal ones the first; each serves a
  /// request once.
  private mutating func take(_ demand: DeviceDemand, _ types: [UInt8], first: Int) {
    for _ in 0..<demand.count {
      var best = -1
      for device in left.deviceFree.indices
      where !taken[device] && left.deviceFree[device] >= demand.share
        && demand.types >> UInt64(types[first + device]) & 1 == 1
        && (best < 0 || left.deviceFree[device] < left.deviceFree[best])
      { best = device }
      guard best >= 0 else { return }
      taken[best] = true
      left.deviceFree[best] -= demand.share
    }
  }
}
