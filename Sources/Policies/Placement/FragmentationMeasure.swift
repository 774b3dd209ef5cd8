import CloudModel

/// How much of what a host has left is of no use to the requests that are expected.
///
/// For a type of request that a host cannot take, all that is left of its devices is a fragment; for
/// one that it can take, each device that is too small or of a wrong type is. The measure is the mean
/// over the types, weighted by how often they come. In a fleet without devices the vCPUs stand in
/// their place: all of them are fragments for a type that does not fit.
///
/// Whole numbers throughout, so that equal states give equal amounts whatever came before.
///
/// **Units**: thousandths of a device or vCPU, times `scale`.
/// **Source**: Weng et al., Beware of fragmentation, USENIX ATC 2023, section 4.2.
struct FragmentationMeasure: Sendable {
  /// A state of a host: what is left of it. Also storage that is used again.
  struct Residual {
    var milliCPU: Int32 = 0
    var memoryMiB: Int32 = 0
    var diskGiB: Int32 = 0
    /// What is left of each device of the host.
    var deviceFree: [Int32] = []
    /// For each kind of demand what is left of the devices that serve it, and how many they are.
    fileprivate var useful: [Int64] = []
    fileprivate var usable: [Int32] = []
  }

  /// A kind of demand: which devices serve it does not depend on how many are asked for.
  private struct DemandKind: Hashable {
    let types: UInt64
    let share: Int32

    func isServed(by type: UInt8, free: Int32) -> Bool {
      free >= share && types >> UInt64(type) & 1 == 1
    }
  }

  /// A type of request that hosts of a class can take when they have room.
  private struct Expected {
    let weight: Int64
    let milliCPU: Int32
    let memoryMiB: Int32
    let diskGiB: Int32
    /// Its demands, as places in `demands`.
    let demands: Range<Int>
  }

  /// Hosts that differ in nothing but in what they have left and in their devices.
  private struct HostClass: Hashable {
    let zone: Int32
    let traitBits: UInt64
    let largestMilliCPU: Int32
    let largestMemoryMiB: Int32
  }

  /// The amount of a fragment of a thousandth that is one for all types.
  let scale: Double
  /// Whether fragments of devices are counted; else of vCPUs.
  let countsDevices: Bool
  private var classOfHost: [Int] = []
  private var expectedOfClass: [Range<Int>] = []
  private var expected: [Expected] = []
  /// For each class the weight of the types to which its hosts are of no use in any state.
  private var lostWeight: [Int64] = []
  private var demands: [(kind: Int, count: Int32)] = []
  private var kinds: [DemandKind] = []

  /// A measure of a fleet; without frequencies all types are equally likely.
  init(_ fleet: Fleet, requests: [PlacementRequest], frequencies: [Double]) {
    countsDevices = !fleet.deviceFree.isEmpty
    scale = Self.scale(for: fleet)
    let weights = Self.weights(frequencies, count: requests.count, scale: scale)
    var known: [HostClass: Int] = [:]
    classOfHost = (0..<fleet.count).map { host in
      let hostClass = HostClass(
        zone: fleet.zone[host], traitBits: fleet.traitBits[host],
        largestMilliCPU: fleet.largestMilliCPU[host],
        largestMemoryMiB: fleet.largestMemoryMiB[host])
      if let index = known[hostClass] { return index }
      known[hostClass] = lostWeight.count
      addClass(hostClass, requests, weights)
      return lostWeight.count - 1
    }
  }

  /// The fragments of a host in a state.
  ///
  /// **Complexity**: O(types + kinds of demand x devices of the host).
  func amount(on host: Int, of fleet: Fleet, left: inout Residual) -> Int64 {
    let hostClass = classOfHost[host]
    let whole =
      countsDevices
      ? left.deviceFree.reduce(Int64(0)) { $0 + Int64(max(0, $1)) }
      : Int64(max(0, left.milliCPU))
    guard whole > 0 else { return 0 }
    let firstDevice = Int(fleet.deviceStart[host])
    if countsDevices { tabulate(&left, fleet.deviceType, from: firstDevice) }
    var sum = lostWeight[hostClass] * whole
    for type in expected[expectedOfClass[hostClass]] {
      let fits =
        left.milliCPU >= type.milliCPU && left.memoryMiB >= type.memoryMiB
        && left.diskGiB >= type.diskGiB
      if !fits {
        sum += type.weight * whole
      } else if countsDevices {
        sum += type.weight * (whole - useful(type, left, fleet.deviceType, from: firstDevice))
      }
    }
    return sum
  }

  /// Counts for each kind of demand the devices that serve it.
  private func tabulate(_ left: inout Residual, _ types: [UInt8], from first: Int) {
    left.useful.removeAll(keepingCapacity: true)
    left.usable.removeAll(keepingCapacity: true)
    for kind in kinds {
      var sum: Int64 = 0
      var count: Int32 = 0
      for device in left.deviceFree.indices
      where kind.isServed(by: types[first + device], free: left.deviceFree[device]) {
        sum += Int64(left.deviceFree[device])
        count += 1
      }
      left.useful.append(sum)
      left.usable.append(count)
    }
  }

  /// What is left of the devices that a type can use; 0 if they are too few for it.
  private func useful(
    _ type: Expected, _ left: Residual, _ types: [UInt8], from first: Int
  ) -> Int64 {
    for place in type.demands where left.usable[demands[place].kind] < demands[place].count {
      return 0
    }
    if type.demands.count == 1 { return left.useful[demands[type.demands.lowerBound].kind] }
    var sum: Int64 = 0
    for device in left.deviceFree.indices {
      let free = left.deviceFree[device]
      let isUseful = type.demands.contains { place in
        kinds[demands[place].kind].isServed(by: types[first + device], free: free)
      }
      if isUseful { sum += Int64(free) }
    }
    return sum
  }

  private mutating func addClass(
    _ hostClass: HostClass, _ requests: [PlacementRequest], _ weights: [Int64]
  ) {
    var lost: Int64 = 0
    let firstExpected = expected.count
    for (request, weight) in zip(requests, weights) where weight > 0 {
      // A request without devices has no use for what is left of them.
      let isUseful = request.devices.isEmpty != countsDevices
      guard isUseful, Self.admits(hostClass, request) else {
        lost += weight
        continue
      }
      let start = demands.count
      for demand in request.devices { demands.append((kind(of: demand), demand.count)) }
      expected.append(
        Expected(
          weight: weight, milliCPU: request.milliCPU, memoryMiB: request.memoryMiB,
          diskGiB: request.diskGiB, demands: start..<demands.count))
    }
    lostWeight.append(lost)
    expectedOfClass.append(firstExpected..<expected.count)
  }

  private mutating func kind(of demand: DeviceDemand) -> Int {
    let kind = DemandKind(types: demand.types, share: demand.share)
    if let place = kinds.firstIndex(of: kind) { return place }
    kinds.append(kind)
    return kinds.count - 1
  }

  private static func admits(_ hostClass: HostClass, _ request: PlacementRequest) -> Bool {
    (request.zone < 0 || request.zone == hostClass.zone)
      && hostClass.traitBits & request.requiredTraits == request.requiredTraits
      && hostClass.traitBits & request.forbiddenTraits == 0
      && hostClass.largestMilliCPU >= request.milliCPU
      && hostClass.largestMemoryMiB >= request.memoryMiB
  }

  /// Amounts stay below 2^35, so that a score has digits left for breaking ties.
  private static func scale(for fleet: Fleet) -> Double {
    var most: Int64 = 1
    for host in 0..<fleet.count {
      let devices = Int64(fleet.deviceStart[host + 1] - fleet.deviceStart[host])
      most = max(
        most, fleet.deviceFree.isEmpty ? Int64(fleet.capacityMilliCPU[host]) : devices * 1000)
    }
    return (0x1p34 / Double(most)).rounded(.down)
  }

  private static func weights(_ frequencies: [Double], count: Int, scale: Double) -> [Int64] {
    precondition(
      frequencies.isEmpty || frequencies.count == count,
      "There must be a frequency for each type of request, or none at all.")
    let sum = frequencies.reduce(0, +)
    guard sum > 0 else {
      return [Int64](repeating: Int64((scale / Double(max(1, count))).rounded()), count: count)
    }
    return frequencies.map { Int64(($0 / sum * scale).rounded()) }
  }
}
