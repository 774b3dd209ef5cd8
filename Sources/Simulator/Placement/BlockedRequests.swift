import CloudModel

/// The requests that no host can take now, so that an overloaded cloud does not search for each of
/// them again.
///
/// A request is blocked when it was refused for want of room, and free again as soon as a host that
/// gave room back, or was opened, can take it; between the two room only shrinks. Its reason is the
/// one found when it was blocked.
///
/// **Complexity**: O(1) an arrival; of a departure O(blocked requests) on a host with as much left
/// as the least of them asks for, else O(1).
struct BlockedRequests: Sendable {
  /// One more than the code of the reason, 0 for a request that is not blocked.
  private var codes: [UInt8]
  private var ids: [Int32] = []
  private var least = FirstFitTree.Room(milliCPU: .max, memoryMiB: .max)

  init(count: Int) {
    codes = [UInt8](repeating: 0, count: count)
  }

  var isEmpty: Bool { ids.isEmpty }

  @inline(__always)
  func isBlocked(_ request: Int) -> Bool { codes[request] != 0 }

  /// Why a request is blocked; nil if it is not.
  func reason(_ request: Int) -> PlacementRefusal? {
    codes[request] == 0 ? nil : PlacementRefusal.allCases[Int(codes[request]) - 1]
  }

  /// Blocks a request that is not blocked.
  mutating func block(_ request: Int, _ reason: PlacementRefusal, _ plans: [RequestPlan]) {
    codes[request] = UInt8(reason.code + 1)
    ids.append(Int32(request))
    note(plans[request])
  }

  /// Frees the requests that a host can take.
  mutating func reconsider(
    _ host: Int, _ fleet: Fleet, _ requests: [PlacementRequest], _ plans: [RequestPlan]
  ) {
    let room = FirstFitTree.Room(
      milliCPU: fleet.freeMilliCPU[host], memoryMiB: fleet.freeMemoryMiB[host])
    guard !ids.isEmpty, room.holds(least) else { return }
    var kept = 0
    for place in ids.indices {
      let id = Int(ids[place])
      if room.holds(plans[id].need), fleet.takes(requests[id], on: host) {
        codes[id] = 0
      } else {
        ids[kept] = ids[place]
        kept += 1
      }
    }
    guard kept < ids.count else { return }
    ids.removeLast(ids.count - kept)
    least = .init(milliCPU: .max, memoryMiB: .max)
    for id in ids { note(plans[Int(id)]) }
  }

  private mutating func note(_ plan: RequestPlan) {
    least.milliCPU = min(least.milliCPU, plan.milliCPU)
    least.memoryMiB = min(least.memoryMiB, plan.memoryMiB)
  }
}
