package import CloudModel
import Stochastics

/// Nova's weighers among the hosts that have room: what a cloud run by Nova does with new VMs.
///
/// The engine has done what Placement and the filters do: room, zone, traits, devices, closed hosts.
/// Left are the weighers that a stream of boots feels: free vCPUs, memory, disk, devices and the
/// number of servers. Memory counts with its allocation ratio, which is 1 as a rule; busy servers,
/// failed builds, hypervisor versions, server groups and the metadata of aggregates are left out,
/// so that those weighers say the same of every host. The full model, which is compared with
/// recorded schedulers, is `FilterScheduler`.
package struct NovaScheduler: PlacementPolicy {
  package static let name = "nova"
  package static let summary =
    "Nova's weighers with their defaults: spread by free vCPUs, memory and disk, spare devices"
  package static let source = "Nova 34.0.0, nova/scheduler/weights; docs/nova-scheduler.md"
  package static let parameters = [
    PolicyParameter("cpu_weight_multiplier", "weight of free vCPUs (default 1)"),
    PolicyParameter("disk_weight_multiplier", "weight of free local disk (default 1)"),
    PolicyParameter(
      "host_subset_size", "of how many of the best hosts one is drawn, 1 to 1000 (default 1)"),
    PolicyParameter("num_instances_weight_multiplier", "weight of servers on the host (default 0)"),
    PolicyParameter("pci_weight_multiplier", "weight of having few free devices (default 1)"),
    PolicyParameter("ram_weight_multiplier", "weight of free memory (default 1)"),
    PolicyParameter("release", "the release of Nova; only 34 (default 34)"),
    PolicyParameter(
      "shuffle_best_same_weighed_hosts",
      "true: one of the hosts with the greatest weight is drawn; false: the first (default false)"),
  ]

  private let weights: NovaWeights
  private let subsetSize: Int
  private let shufflesBest: Bool

  package init(options: Properties) throws(PlacementPolicyError) {
    let checked = try PolicyOptions(options, allowing: Self.parameters)
    if let release = options["release"], NovaRelease(parsing: release)?.major != 34 {
      throw .option(name: "release", value: release, allowed: "34, the release that is modelled")
    }
    subsetSize = try checked.wholeNumber("host_subset_size", in: 1...1000, default: 1)
    let shuffle = options["shuffle_best_same_weighed_hosts"] ?? "false"
    guard shuffle == "true" || shuffle == "false" else {
      throw .option(
        name: "shuffle_best_same_weighed_hosts", value: shuffle, allowed: "true or false")
    }
    shufflesBest = shuffle == "true"
    weights = try NovaWeights(options)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .chosen(
      NovaChooser(
        weights: weights, subsetSize: subsetSize, shufflesBest: shufflesBest,
        seed: context.seed, replication: context.replication))
  }
}

/// Multipliers of the weighers that tell hosts of a fleet apart.
private struct NovaWeights: Sendable {
  var cpu = 1.0
  var disk = 1.0
  var instances = 0.0
  var devices = 1.0
  var memory = 1.0

  init(_ options: Properties) throws(PlacementPolicyError) {
    func number(_ name: String, _ value: inout Double) throws(PlacementPolicyError) {
      guard let text = options[name] else { return }
      guard let found = Double(text), abs(found) <= 1e9 else {
        throw .option(name: name, value: text, allowed: "a number from -1e9 to 1e9")
      }
      value = found
    }
    try number("cpu_weight_multiplier", &cpu)
    try number("disk_weight_multiplier", &disk)
    try number("num_instances_weight_multiplier", &instances)
    try number("pci_weight_multiplier", &devices)
    try number("ram_weight_multiplier", &memory)
  }
}

/// The range of raw values among the candidates.
private struct RawRange {
  var low: Double
  var high: Double

  /// A value as a part of the range, 0 if the range is empty.
  @inline(__always)
  func part(_ value: Double) -> Double { high == low ? 0 : (value - low) / (high - low) }
}

/// Weighs the candidates of one request after the other.
private struct NovaChooser: HostChooser {
  let weights: NovaWeights
  let subsetSize: Int
  let shufflesBest: Bool
  let seed: UInt64
  let replication: UInt64

  mutating func choose(
    among candidates: [Int32], of fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment
  ) -> Int32? {
    guard candidates.count > 1 else { return candidates.first }
    let scale = NovaScale(weights, candidates, fleet)
    if subsetSize == 1, !shufflesBest { return scale.best(candidates, fleet) }
    var stream = RandomStream(
      seed: seed, replication: replication, purpose: .policies, subject: moment.sequence)
    return drawn(candidates.map { ($0, scale.weight(Int($0), fleet)) }, &stream)
  }

  /// Shuffles the best if that is asked for, then draws one of the first hosts.
  ///
  /// **Source**: Nova 34.0.0, `nova/scheduler/manager.py`, `_get_sorted_hosts`.
  private func drawn(_ weighed: [(host: Int32, weight: Double)], _ stream: inout RandomStream)
    -> Int32
  {
    var order = weighed.sorted { left, right in
      left.weight != right.weight ? left.weight > right.weight : left.host < right.host
    }
    if shufflesBest {
      let best = order.prefix { $0.weight == order[0].weight }.count
      for place in stride(from: best - 1, to: 0, by: -1) {
        order.swapAt(place, stream.integer(below: place + 1))
      }
    }
    return order[stream.integer(below: min(subsetSize, order.count))].host
  }
}

/// What a raw value of each weigher is worth among the candidates of one request.
private struct NovaScale {
  private let weights: NovaWeights
  private var cpu = RawRange(low: 0, high: 0)
  private var disk = RawRange(low: 0, high: 0)
  private var memory = RawRange(low: 0, high: 0)
  private var devices = RawRange(low: 100, high: 0)
  private var instances = RawRange(low: .infinity, high: 0)
  private let hasDevices: Bool

  init(_ weights: NovaWeights, _ candidates: [Int32], _ fleet: Fleet) {
    self.weights = weights
    hasDevices = !fleet.deviceFree.isEmpty && weights.devices != 0
    var (mostCPU, mostDisk, mostMemory): (Int32, Int32, Int32) = (0, 0, 0)
    for candidate in candidates {
      let host = Int(candidate)
      mostCPU = max(mostCPU, fleet.freeMilliCPU[host])
      mostDisk = max(mostDisk, fleet.freeDiskGiB[host])
      mostMemory = max(mostMemory, fleet.freeMemoryMiB[host])
    }
    // The lower bound of these three is 0 and not the smallest value.
    cpu.high = Double(mostCPU)
    disk.high = Double(mostDisk)
    memory.high = Double(mostMemory)
    if hasDevices { devices = Self.range(candidates) { Self.spared($0, fleet) } }
    if weights.instances != 0 {
      instances = Self.range(candidates) { Double(fleet.vmCount[$0]) }
    }
  }

  private static func range(_ candidates: [Int32], _ raw: (Int) -> Double) -> RawRange {
    var range = RawRange(low: .infinity, high: -.infinity)
    for candidate in candidates {
      let value = raw(Int(candidate))
      range.low = min(range.low, value)
      range.high = max(range.high, value)
    }
    return range
  }

  /// 100 less the number of free devices: hosts with few are preferred, whatever is asked for.
  private static func spared(_ host: Int, _ fleet: Fleet) -> Double {
    var free = 0
    for device in Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    where fleet.deviceFree[device] == 1000 { free += 1 }
    return Double(100 - min(free, 99))
  }

  /// The sum of a host's weights, added in the order of Nova's modules.
  @inline(__always)
  func weight(_ host: Int, _ fleet: Fleet) -> Double {
    var sum = weights.cpu * cpu.part(Double(max(0, fleet.freeMilliCPU[host])))
    sum += weights.disk * disk.part(Double(max(0, fleet.freeDiskGiB[host])))
    if weights.instances != 0 {
      sum += weights.instances * instances.part(Double(fleet.vmCount[host]))
    }
    if hasDevices { sum += weights.devices * devices.part(Self.spared(host, fleet)) }
    return sum + weights.memory * memory.part(Double(max(0, fleet.freeMemoryMiB[host])))
  }

  /// The host with the greatest weight, the first of equal ones.
  func best(_ candidates: [Int32], _ fleet: Fleet) -> Int32 {
    var best = candidates[0]
    var greatest = -Double.infinity
    for candidate in candidates {
      let weight = weight(Int(candidate), fleet)
      if weight > greatest { (best, greatest) = (candidate, weight) }
    }
    return best
  }
}
