package import CloudModel
import Optimization

/// What no placement of a table of requests on a fleet can exceed.
///
/// **Units**: devices in thousandths.
package struct AllocationBound: Sendable, Equatable {
  /// For each type of device, in the order of `Fleet.deviceTypes`, the most that can be given out
  /// if only that type counts.
  package var deviceShares: [Int64]
  /// The most that can be given out of all types together.
  package var allDeviceShares: Int64
  /// The most requests that can have a host.
  package var requests: Int

  /// The bound for so many requests of each type, all there at once, with what the fleet has left.
  ///
  /// Hosts that are alike are added up and requests may be cut into parts, with rows that remember
  /// whole devices: a device holds a whole number of shares of a size, a host a whole number of sets
  /// of whole devices. Where the solver fails, the sums of what there is and what is asked for are
  /// the bound.
  ///
  /// **Complexity**: a linear program with a variable for each request type and kind of host; one
  /// solve for each type of device and two more.
  package init(of fleet: Fleet, requests: [(request: PlacementRequest, count: Int)]) {
    precondition(
      requests.allSatisfy { $0.count >= 0 }, "A number of requests must not be negative.")
    let table = requests.filter { $0.count > 0 }
    var program = AllocationProgram(fleet, table)
    deviceShares = fleet.deviceTypes.indices.map { type in
      min(program.most(ofType: type), Self.stock(fleet) { $0 == type })
    }
    let wanted = table.reduce(Int64(0)) {
      $0 + Int64($1.count) * AllocationProgram.shares(of: $1.request)
    }
    allDeviceShares = min(
      program.most(ofType: nil), wanted, deviceShares.reduce(0, +), Self.stock(fleet) { _ in true })
    self.requests = min(program.mostRequests, table.reduce(0) { $0 + $1.count })
  }

  /// What devices of some types have left.
  private static func stock(_ fleet: Fleet, where isMeant: (Int) -> Bool) -> Int64 {
    fleet.deviceFree.indices.reduce(Int64(0)) { sum, device in
      isMeant(Int(fleet.deviceType[device])) ? sum + Int64(max(0, fleet.deviceFree[device])) : sum
    }
  }
}
