package import CloudModel

/// How rates are found when flows or links have changed.
package enum SharingMethod: String, Sendable, CaseIterable {
  /// Max-min fair: only the links whose condition broke are solved again.
  case local
  /// Max-min fair: everything reachable from the changed links is solved again.
  case component
  /// Max-min fair: all links are solved again, each round by a look at all; for comparison.
  case textbook
  /// Not max-min fair: the least of capacity over number of flows; a named approximation.
  case equalShare = "equal-share"
}

/// Max-min fair rates of flows over links, found again where something changed.
///
/// Each link has a level, the highest rate that a flow has on it, infinite while the link is not
/// full. A flow runs at the least of its own limit and the levels of its links. Rates are max-min
/// fair just when no link is over its capacity and each link with a finite level is full: then each
/// flow below its own limit has a full link on which no other flow is faster.
///
/// **Units**: bytes per second.
///
/// **Shape**: state in columns; nothing is allocated once they have grown.
///
/// **Source**: Bertsekas, Gallager: Data Networks, section 6.5.2 (max-min fairness, bottleneck
/// condition, progressive filling).
package struct FairShare: Sendable {
  /// How rates are found.
  package let method: SharingMethod

  private var capacity: [Double]
  private var background: [Double]
  /// What a link has for flows.
  private(set) var available: [Double]
  /// The level at which rates stand.
  var level: [Double]
  /// The level that the present bounds of the flows of a link ask for.
  var wanted: [Double]
  var use: LinkUse

  /// Links of flows and their cells, `FlowPath.longest` places for each flow.
  private(set) var pathLinks: [Int32] = []
  private(set) var pathCells: [Int32] = []
  /// Number of links, zero for a flow that has ended.
  private(set) var pathCount: [Int32] = []
  private(set) var limit: [Double] = []
  var rates: [Double] = []
  /// The link whose level is the rate of a flow, -1 if there is none.
  var bottlenecks: [Int32] = []
  private var freeFlows: [Int32] = []
  /// How many cells are in use.
  private(set) var cellCount = 0

  private(set) var changedLinks: [Int32] = []
  private var isLinkChanged: [Bool]
  var touchedFlows: [Int32] = []
  var isFlowTouched: [Bool] = []
  var touchedLinks: [Int32] = []
  var isLinkTouched: [Bool]
  /// The level of a link as last settled.
  var settledLevel: [Double]
  /// The flows whose rate the last settling changed.
  package internal(set) var changedFlows: [Int32] = []
  /// The links whose level the last settling changed.
  package internal(set) var changedLevels: [Int32] = []
  /// The flows that the last settling gave another bottleneck.
  package internal(set) var movedFlows: [Int32] = []

  var queue: LinkHeap
  var affectedLinks: [Int32] = []
  var isLinkAffected: [Bool]
  var effort: LocalEffort
  var filling: Filling

  /// Links with a capacity each, and no flows.
  ///
  /// **Shape**: capacities are zero or more, and finite. `growthLimit` says how often the method
  /// `local` may look at each place of a flow on a link before it solves everything reachable; at
  /// zero it does so whenever a level changes.
  package init(
    capacities: [Bandwidth], method: SharingMethod = .local, growthLimit: Int = 32
  ) {
    precondition(
      capacities.allSatisfy { $0.bytesPerSecond >= 0 && $0.bytesPerSecond.isFinite },
      "The capacity of a link is zero or more and finite.")
    let count = capacities.count
    self.method = method
    capacity = capacities.map(\.bytesPerSecond)
    background = Array(repeating: 0, count: count)
    available = capacity
    level = Array(repeating: .infinity, count: count)
    wanted = level
    settledLevel = level
    use = LinkUse(links: count)
    isLinkChanged = Array(repeating: false, count: count)
    isLinkAffected = isLinkChanged
    isLinkTouched = isLinkChanged
    queue = LinkHeap(links: count)
    effort = LocalEffort(limit: growthLimit)
    filling = Filling(links: count)
  }

  /// Number of links.
  package var linkCount: Int { capacity.count }

  /// One more than the greatest number of a flow so far.
  package var flowLimit: Int { pathCount.count }

  /// The rate of a flow as last settled; zero before that and after its end.
  package func rate(of flow: Int32) -> Bandwidth {
    Bandwidth(bytesPerSecond: rates[Int(flow)])
  }

  /// The highest rate on a link as last settled, infinite while the link is not full.
  package func level(of link: Int32) -> Bandwidth {
    Bandwidth(bytesPerSecond: settledLevel[Int(link)])
  }

  /// The link whose level a flow runs at as last settled; nil if its own limit holds it, and in a
  /// method without levels.
  package func bottleneck(of flow: Int32) -> Int32? {
    let link = bottlenecks[Int(flow)]
    return link < 0 ? nil : link
  }

  /// The sum of the rates of the flows of a link as last settled.
  ///
  /// **Complexity**: O(flows of the link).
  package func load(of link: Int32) -> Bandwidth {
    var sum = 0.0
    for cell in use.cells(of: Int(link)) { sum += rates[Int(use.flow[cell])] }
    return Bandwidth(bytesPerSecond: sum)
  }

  /// Starts a flow over some links with a limit of its own and tells its number; the rate is zero
  /// until the next settling. Numbers of ended flows are given again.
  package mutating func start(
    _ path: FlowPath, limit: Bandwidth = Bandwidth(bytesPerSecond: .infinity)
  ) -> Int32 {
    precondition(path.count > 0, "A flow crosses at least one link.")
    precondition(limit.bytesPerSecond >= 0, "The limit of a flow is zero or more.")
    let flow = takeNumber()
    let base = FlowPath.longest * Int(flow)
    self.limit[Int(flow)] = limit.bytesPerSecond
    pathCount[Int(flow)] = Int32(path.count)
    for part in 0..<path.count {
      let link = path[part]
      pathLinks[base + part] = link
      pathCells[base + part] = Int32(
        use.add(flow, part: part, to: Int(link), places: &pathCells))
      note(changed: link)
    }
    cellCount += path.count
    setBounds(of: flow)
    touch(flow)
    return flow
  }

  /// Ends a flow.
  package mutating func end(_ flow: Int32) {
    let parts = Int(pathCount[Int(flow)])
    precondition(parts > 0, "A flow ends once.")
    let base = FlowPath.longest * Int(flow)
    for part in 0..<parts {
      let link = pathLinks[base + part]
      use.remove(Int(pathCells[base + part]), from: Int(link), places: &pathCells)
      note(changed: link)
    }
    cellCount -= parts
    pathCount[Int(flow)] = 0
    rates[Int(flow)] = 0
    bottlenecks[Int(flow)] = -1
    freeFlows.append(flow)
  }

  /// Gives a flow another limit of its own.
  package mutating func setLimit(_ limit: Bandwidth, of flow: Int32) {
    precondition(limit.bytesPerSecond >= 0, "The limit of a flow is zero or more.")
    self.limit[Int(flow)] = limit.bytesPerSecond
    setBounds(of: flow)
    touch(flow)
    let base = FlowPath.longest * Int(flow)
    for part in 0..<Int(pathCount[Int(flow)]) { note(changed: pathLinks[base + part]) }
  }

  /// Sets how much of a link other traffic takes; what is above the capacity counts as all of it.
  package mutating func setBackground(_ traffic: Bandwidth, of link: Int32) {
    precondition(traffic.bytesPerSecond >= 0, "Other traffic is zero or more.")
    background[Int(link)] = traffic.bytesPerSecond
    available[Int(link)] = max(0, capacity[Int(link)] - traffic.bytesPerSecond)
    note(changed: link)
  }

  /// Gives a link another capacity; the traffic of others stays.
  package mutating func setCapacity(_ capacity: Bandwidth, of link: Int32) {
    precondition(
      capacity.bytesPerSecond >= 0 && capacity.bytesPerSecond.isFinite,
      "The capacity of a link is zero or more and finite.")
    self.capacity[Int(link)] = capacity.bytesPerSecond
    available[Int(link)] = max(0, capacity.bytesPerSecond - background[Int(link)])
    note(changed: link)
  }

  /// Finds the rates after all changes since the last settling; `changedFlows` then names the flows
  /// whose rate is another one.
  ///
  /// **Complexity**: in the method `local` the flows of links whose level changes, and at worst
  /// everything reachable from the changed links.
  package mutating func settle() {
    switch method {
    case .local: settleLocally()
    case .component: settleComponent()
    case .textbook: settleAll()
    case .equalShare: settleEqually()
    }
    for link in changedLinks { isLinkChanged[Int(link)] = false }
    changedLinks.removeAll(keepingCapacity: true)
    reportChanges()
  }

  private mutating func takeNumber() -> Int32 {
    if let flow = freeFlows.popLast() { return flow }
    let flow = Int32(pathCount.count)
    pathLinks.append(contentsOf: repeatElement(-1, count: FlowPath.longest))
    pathCells.append(contentsOf: repeatElement(-1, count: FlowPath.longest))
    pathCount.append(0)
    limit.append(.infinity)
    rates.append(0)
    bottlenecks.append(-1)
    isFlowTouched.append(false)
    filling.addFlow()
    return flow
  }

  private mutating func note(changed link: Int32) {
    if isLinkChanged[Int(link)] { return }
    isLinkChanged[Int(link)] = true
    changedLinks.append(link)
  }
}
