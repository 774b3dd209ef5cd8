import CloudModel
import Policies

extension AllocationLimit {
  /// The limits of a demand of which nothing leaves and that asks for devices; none for another.
  static func limits(of answer: PlacementAnswer) -> [AllocationLimit] {
    let (fleet, demand) = (answer.question.fleet, answer.question.demand)
    let outcomes = answer.results.flatMap(\.outcomes)
    guard demand.summary != nil, demand.requests.contains(where: { !$0.devices.isEmpty }),
      !outcomes.contains(where: { $0["departures"] > 0 })
    else { return [] }
    let requests = zip(demand.requests, demand.frequencies).map {
      (request: $0, count: Int($1))
    }
    let bound = AllocationBound(of: fleet, requests: requests)
    let types = fleet.deviceTypes.indices.filter { bound.deviceShares[$0] > 0 }
    return [
      AllocationLimit(measure: "placed", bound: Double(bound.requests)),
      AllocationLimit(measure: "device_end", bound: Double(bound.allDeviceShares) / 1000),
    ]
      + types.map {
        AllocationLimit(
          measure: "\(fleet.deviceTypes[$0])_end", bound: Double(bound.deviceShares[$0]) / 1000)
      }
  }
}
