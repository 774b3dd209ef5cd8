package import CloudModel

/// Places queues of requests together by an integer program.
///
/// Requests that are alike are one type, and of hosts that have the same left only as many are looked
/// at as are of use, so that the program stays small. Where best fit of the largest first refuses
/// requests, the program looks for fewer refused vCPUs; where it opens empty hosts, for fewer of
/// those. The better of the two is taken.
package struct GLPKBatch: PlacementPolicy {
  package static let name = "glpk-batch"
  package static let summary =
    "a queue at a time by an integer program: fewest vCPUs refused, then fewest hosts opened"
  package static let source =
    "the aggregated assignment program, solved with GLPK; docs/physics.md"
  package static let parameters = [
    PolicyParameter("every", "seconds for which requests are collected, 1 to 86400 (default 60)"),
    PolicyParameter("at_most", "requests that end the wait at once, 1 to 10000 (default 200)"),
  ]

  /// Seconds for which requests are collected.
  let every: Int
  /// Requests that end the wait at once.
  let atMost: Int

  package init(options: Properties) throws(PlacementPolicyError) {
    let options = try PolicyOptions(options, allowing: Self.parameters)
    every = try options.wholeNumber("every", in: 1...86_400, default: 60)
    atMost = try options.wholeNumber("at_most", in: 1...10_000, default: 200)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .queued(BatchPlacer(), every: Int64(every) * 1_000_000, atMost: atMost)
  }
}

/// The placer of queues behind `glpk-batch`.
struct BatchPlacer: QueuePlacer {
  /// A host for each request, or -1.
  ///
  /// **Complexity**: O(types * hosts) and a program of some hundred variables within fixed limits of
  /// work.
  func place(
    _ queue: [PlacementRequest], in fleet: Fleet, at moment: PlacementMoment
  ) -> [Int32] {
    let batch = RequestBatch(queue, in: fleet)
    var greedy = BatchPacking(batch, fleet)
    greedy.placeByBestFit()
    let best = greedy.settled(in: fleet)
    guard best.packing.refusedCPU > 0 || best.packing.openedHosts > 0 else {
      return best.assignment
    }
    var program = BatchProgram(batch, fleet, greedy: greedy)
    guard let counts = program.solve(improvingOn: best.packing.refusedCPU) else {
      return best.assignment
    }
    var packing = BatchPacking(batch, fleet)
    packing.place(counts)
    packing.placeByBestFit()
    let other = packing.settled(in: fleet)
    return other.packing.isBetter(than: best.packing) ? other.assignment : best.assignment
  }
}

/// A queue by types of requests.
struct RequestBatch {
  /// The types, in the order in which they first came.
  let types: [PlacementRequest]
  /// The positions in the queue of each type.
  let members: [[Int]]
  /// For each type its share of what the whole fleet offers, resources added up.
  let size: [Double]
  /// One over what all hosts offer of vCPUs and memory.
  let scale: (cpu: Double, memory: Double)

  init(_ queue: [PlacementRequest], in fleet: Fleet) {
    var known: [PlacementRequest: Int] = [:]
    var types: [PlacementRequest] = []
    var members: [[Int]] = []
    for (position, request) in queue.enumerated() {
      if let type = known[request] {
        members[type].append(position)
      } else {
        known[request] = types.count
        types.append(request)
        members.append([position])
      }
    }
    let cpu = fleet.capacityMilliCPU.reduce(1.0) { $0 + Double(max(0, $1)) }
    let memory = fleet.capacityMemoryMiB.reduce(1.0) { $0 + Double(max(0, $1)) }
    let devices = Double(max(1, fleet.deviceFree.count)) * 1000
    scale = (1 / cpu, 1 / memory)
    size = types.map { type in
      let shares = type.devices.reduce(0.0) { $0 + Double($1.count) * Double($1.share) }
      return Double(type.milliCPU) / cpu + Double(type.memoryMiB) / memory + shares / devices
    }
    self.types = types
    self.members = members
  }
}
