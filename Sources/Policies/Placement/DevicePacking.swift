package import CloudModel

/// Uses devices that are in use already, so that whole devices and whole hosts stay free.
///
/// A share goes to a device that is partly in use if one suffices, else to a host with a device in
/// use, else to an idle one; a VM without devices goes where the fewest devices would be blocked.
/// Ties: the least device capacity left, then the fewest vCPUs.
///
/// **Source**: the baseline "GPU packing" of Weng et al., Beware of fragmentation, USENIX ATC 2023.
package struct DevicePacking: PlacementPolicy {
  package static let name = "device-packing"
  package static let summary =
    "devices in part use first, then hosts with a device in use, then idle ones"
  package static let source = "Weng et al., USENIX ATC 2023, baseline GPU packing"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .scored(DevicePackingScorer(tightness: Tightness(of: context.fleet)))
  }
}

/// Scores by the state of the devices, then by how much is left.
struct DevicePackingScorer: HostScorer {
  let tightness: Tightness

  /// Device capacity left beyond this, in thousandths, counts alike.
  private static let mostLeft: Int64 = 1 << 20 - 1

  func score(
    _ block: Range<Int>, of fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment, into scores: inout [Double]
  ) {
    for host in block {
      let (state, left) = Self.devices(of: host, in: fleet, for: request)
      let order = state << 20 | min(left, Self.mostLeft)
      let rank = tightness.vcpus(of: host, in: fleet)
      scores[host - block.lowerBound] = -Double(order << Int64(Tightness.bits) | rank)
    }
  }

  /// 0 if a device in part use suffices for a share, 1 if one is in use, 2 if all are idle; and what
  /// is left of all. A request without devices sees the same state everywhere.
  private static func devices(
    of host: Int, in fleet: Fleet, for request: PlacementRequest
  ) -> (state: Int64, left: Int64) {
    var state: Int64 = 2
    var left: Int64 = 0
    for device in Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1]) {
      let free = fleet.deviceFree[device]
      left += Int64(max(0, free))
      guard free < 1000 else { continue }
      let suffices = request.devices.contains {
        $0.types >> UInt64(fleet.deviceType[device]) & 1 == 1 && free >= $0.share
      }
      state = min(state, suffices ? 0 : 1)
    }
    return (request.devices.isEmpty ? 0 : state, left)
  }
}
