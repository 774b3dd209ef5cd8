import CloudModel
import Simulator
import Testing

/// A method of the engine and what it ought to choose, written as a plain sort.
struct PlacementMethodCase: CustomTestStringConvertible, Sendable {
  var name: String
  var method: PlacementMethod
  var ranking: @Sendable (LinearPlacement, PlacementRequest, [Int]) -> [Int]
  var accepts: @Sendable (Fleet, Int, PlacementRequest) -> Bool = { _, _, _ in true }

  var testDescription: String { name }

  /// Sorts by numbers in turn, least first; the sort is stable.
  static func sorted(_ hosts: [Int], by key: (Int) -> [Double]) -> [Int] {
    hosts.enumerated().sorted { left, right in
      let (first, second) = (key(left.element), key(right.element))
      return first == second ? left.offset < right.offset : first.lexicographicallyPrecedes(second)
    }.map(\.element)
  }

  static func residual(
    _ first: HostOrder.Residual, _ preference: HostOrder.Preference, _ then: HostOrder.Preference,
    zones: HostOrder.Zones = .together, accepting: [HostPredicate] = []
  ) -> PlacementMethodCase {
    PlacementMethodCase(
      name: "\(first) \(preference) \(then) \(zones) \(accepting.count)",
      method: .ordered(
        HostOrder(.residual(first, preference, then: then), zones: zones), accepting: accepting),
      ranking: { model, request, hosts in
        let ranked = sorted(hosts) { host in
          let cpu = Double(model.fleet.freeMilliCPU[host])
          let memory = Double(model.fleet.freeMemoryMiB[host])
          let (major, minor) = first == .vcpus ? (cpu, memory) : (memory, cpu)
          return [
            preference == .least ? major : -major, then == .least ? minor : -minor,
            Double(model.partition[host]),
          ]
        }
        return zones == .together || request.zone >= 0 ? ranked : byZone(model, ranked)
      },
      accepts: { fleet, host, request in accepting.allSatisfy { $0(fleet, host, request) } })
  }

  /// The hosts of the zone with the least share of its virtual CPUs in use come first.
  static func byZone(_ model: LinearPlacement, _ hosts: [Int]) -> [Int] {
    sorted(hosts) { host in
      let members = (0..<model.fleet.count).filter {
        model.fleet.zone[$0] == model.fleet.zone[host]
      }
      let offered = members.reduce(0.0) { $0 + Double(model.fleet.capacityMilliCPU[$1]) }
      let left = members.reduce(0.0) { $0 + Double(model.fleet.freeMilliCPU[$1]) }
      return [(offered - left) / offered, Double(model.fleet.zone[host])]
    }
  }

  static let index = PlacementMethodCase(
    name: "index", method: .ordered(HostOrder(.index)),
    ranking: { _, _, hosts in hosts.sorted() })

  static func greatest(memorySign: Double) -> PlacementMethodCase {
    let weight: @Sendable (PlacementRequest) -> HostOrder.Weight = { request in
      .init(
        perMilliCPU: Double(request.milliCPU), perMemoryMiB: memorySign * Double(request.memoryMiB))
    }
    return PlacementMethodCase(
      name: "greatest \(memorySign)", method: .ordered(HostOrder(.greatest(weight))),
      ranking: { model, request, hosts in
        let weight = weight(request)
        return sorted(hosts) { host in
          let cpu = Double(model.fleet.freeMilliCPU[host])
          let memory = Double(model.fleet.freeMemoryMiB[host])
          return [
            -(weight.perMilliCPU * cpu + weight.perMemoryMiB * memory),
            Double(model.partition[host]), cpu,
          ]
        }
      })
  }

  /// Worst fit by scores; of equal hosts the lowest index.
  static let scored = PlacementMethodCase(
    name: "scored", method: .scored(MostMemoryLeft()),
    ranking: { model, _, hosts in
      sorted(hosts) { [-Double(model.fleet.freeMemoryMiB[$0]), Double($0)] }
    },
    accepts: { fleet, host, _ in host % 5 != 3 })

  /// The median of the candidates.
  static let chosen = PlacementMethodCase(
    name: "chosen", method: .chosen(MiddleCandidate()),
    ranking: { _, _, hosts in hosts.isEmpty ? [] : [hosts.sorted()[hosts.count / 2]] })

  static let isEven: HostPredicate = { _, host, _ in host % 2 == 0 }
  static let hasFewVMs: HostPredicate = { fleet, host, _ in fleet.vmCount[host] < 4 }

  static let all: [PlacementMethodCase] =
    [HostOrder.Residual.vcpus, .memory].flatMap { first in
      [HostOrder.Preference.least, .most].flatMap { preference in
        [HostOrder.Preference.least, .most].map { residual(first, preference, $0) }
      }
    } + [
      residual(.vcpus, .least, .least, zones: .leastUsedFirst),
      residual(.memory, .most, .least, zones: .leastUsedFirst, accepting: [isEven]),
      residual(.vcpus, .least, .least, accepting: [isEven, hasFewVMs]), index,
      greatest(memorySign: 1), greatest(memorySign: -1), scored, chosen,
    ]
}

private struct MostMemoryLeft: HostScorer {
  func score(
    _ block: Range<Int>, of fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment, into scores: inout [Double]
  ) {
    for host in block {
      scores[host - block.lowerBound] =
        host % 5 == 3 ? -.infinity : Double(fleet.freeMemoryMiB[host])
    }
  }
}

private struct MiddleCandidate: HostChooser {
  func choose(
    among candidates: [Int32], of fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment
  ) -> Int32? {
    candidates[candidates.count / 2]
  }
}
