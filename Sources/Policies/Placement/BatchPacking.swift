import CloudModel

/// A batch on its way into a fleet: who goes where, and what is left.
struct BatchPacking {
  private let batch: RequestBatch
  private var fleet: Fleet
  /// For each type the hosts of its requests so far.
  private(set) var hosts: [[Int32]]
  private var wasEmptyAndOpened: Set<Int> = []

  init(_ batch: RequestBatch, _ fleet: Fleet) {
    self.batch = batch
    self.fleet = fleet
    hosts = [[Int32]](repeating: [], count: batch.types.count)
  }

  /// Thousandths of vCPUs without a host, and one for each request, so that none is free to refuse.
  var refusedCPU: Int {
    batch.types.indices.reduce(0) { $0 + left(of: $1) * Self.weight(of: batch.types[$1]) }
  }

  /// What refusing a request costs.
  static func weight(of request: PlacementRequest) -> Int { Int(request.milliCPU) + 1 }

  /// Empty hosts that got a VM.
  var openedHosts: Int { wasEmptyAndOpened.count }

  /// Fewer vCPUs refused, then fewer hosts opened.
  func isBetter(than other: BatchPacking) -> Bool {
    (refusedCPU, openedHosts) < (other.refusedCPU, other.openedHosts)
  }

  /// The packing carried out in the order of the queue, and the host of each request or -1.
  ///
  /// Which devices a request gets depends on what came before it, so a packing made type by type may
  /// not fit in another order. A request that finds its host without room goes to one that has some
  /// at the end, and where that does not work out in order either, it is refused.
  func settled(in fleet: Fleet) -> (packing: BatchPacking, assignment: [Int32]) {
    let count = batch.members.reduce(0) { $0 + $1.count }
    var typeOf = [Int](repeating: 0, count: count)
    var assignment = [Int32](repeating: -1, count: count)
    for (type, members) in batch.members.enumerated() {
      for member in members { typeOf[member] = type }
      for (member, host) in zip(members, hosts[type]) { assignment[member] = host }
    }
    var packing = BatchPacking(batch, fleet)
    guard packing.carryOut(&assignment, typeOf) > 0 else { return (packing, assignment) }
    for position in 0..<count where assignment[position] < 0 {
      if let host = packing.tightest(for: typeOf[position]),
        packing.take(typeOf[position], on: host)
      {
        assignment[position] = Int32(host)
      }
    }
    // Each round refuses at least one request more, so this comes to an end.
    repeat { packing = BatchPacking(batch, fleet) } while packing.carryOut(&assignment, typeOf) > 0
    return (packing, assignment)
  }

  /// Takes what each request of the queue needs on its host, in order; refuses those that do not fit
  /// and returns how many.
  private mutating func carryOut(_ assignment: inout [Int32], _ typeOf: [Int]) -> Int {
    var failures = 0
    for position in assignment.indices where assignment[position] >= 0 {
      if take(typeOf[position], on: Int(assignment[position])) { continue }
      assignment[position] = -1
      failures += 1
    }
    return failures
  }

  private func left(of type: Int) -> Int { batch.members[type].count - hosts[type].count }

  /// Places what is left, the largest type first, each on the open host left with the least; empty
  /// hosts come last.
  ///
  /// A host that took one stays the tightest, so it goes on taking until it is full.
  mutating func placeByBestFit() {
    let order = batch.types.indices.sorted { first, second in
      let (a, b) = (batch.size[first], batch.size[second])
      return a != b ? a > b : first < second
    }
    for type in order {
      while left(of: type) > 0, let host = tightest(for: type) {
        while left(of: type) > 0, take(type, on: host) {}
      }
    }
  }

  /// Places what a program says, as far as it fits, the largest types first.
  mutating func place(_ counts: [(type: Int, host: Int, count: Int)]) {
    let order = counts.sorted { first, second in
      let (a, b) = (batch.size[first.type], batch.size[second.type])
      return a != b ? a > b : (first.type, first.host) < (second.type, second.host)
    }
    for (type, host, count) in order {
      var placed = 0
      while placed < count, left(of: type) > 0, take(type, on: host) { placed += 1 }
    }
  }

  private func tightest(for type: Int) -> Int? {
    let request = batch.types[type]
    var best: (host: Int, isEmpty: Bool, free: Double)?
    for host in 0..<fleet.count where fleet.fits(request, on: host) {
      guard request.devices.count < 2 || devices(for: request, on: host) != nil else { continue }
      let isEmpty = fleet.vmCount[host] == 0
      let free =
        Double(fleet.freeMilliCPU[host]) * batch.scale.cpu
        + Double(fleet.freeMemoryMiB[host]) * batch.scale.memory
      if let best, (best.isEmpty ? 1 : 0, best.free) <= (isEmpty ? 1 : 0, free) { continue }
      best = (host, isEmpty, free)
    }
    return best?.host
  }

  /// Takes the room of one request of a type on a host; false if it has none.
  private mutating func take(_ type: Int, on host: Int) -> Bool {
    let request = batch.types[type]
    guard fleet.fits(request, on: host), let devices = devices(for: request, on: host) else {
      return false
    }
    for (device, share) in devices { fleet.deviceFree[device] -= share }
    fleet.freeMilliCPU[host] -= request.milliCPU
    fleet.freeMemoryMiB[host] -= request.memoryMiB
    fleet.freeDiskGiB[host] -= request.diskGiB
    if fleet.vmCount[host] == 0 { wasEmptyAndOpened.insert(host) }
    fleet.vmCount[host] += 1
    hosts[type].append(Int32(host))
    return true
  }

  /// The devices that a request gets on a host: for each demand the one with the least left that
  /// suffices, each device once; nil if there are too few.
  private func devices(
    for request: PlacementRequest, on host: Int
  ) -> [(device: Int, share: Int32)]? {
    var chosen: [(device: Int, share: Int32)] = []
    let range = Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    for demand in request.devices {
      for _ in 0..<demand.count {
        let usable = range.filter { device in
          demand.types >> UInt64(fleet.deviceType[device]) & 1 == 1
            && fleet.deviceFree[device] >= demand.share
            && !chosen.contains { $0.device == device }
        }
        guard let best = usable.min(by: { fleet.deviceFree[$0] < fleet.deviceFree[$1] }) else {
          return nil
        }
        chosen.append((best, demand.share))
      }
    }
    return chosen
  }
}
