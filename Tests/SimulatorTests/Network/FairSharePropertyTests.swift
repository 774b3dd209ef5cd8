import CloudModel
import Simulator
import Stochastics
import Testing

/// Random networks and changes, each method against filling written apart.
@Suite struct FairSharePropertyTests {
  /// Random changes of a network; the same draws make the same changes.
  private struct Changes {
    var random: RandomStream
    let links: Int
    let longest: Int
    let flows: Int
    /// Numbers from a short list make ties, others make none.
    let hasTies: Bool

    init(seed: UInt64) {
      random = RandomStream(seed: seed, replication: 0, purpose: .generation)
      links = 2 + random.integer(below: 24)
      longest = 1 + random.integer(below: FlowPath.longest)
      flows = 1 + random.integer(below: 60)
      hasTies = random.integer(below: 2) == 0
    }

    mutating func amount() -> Double {
      hasTies ? Double(random.integer(below: 5)) : 1e8 * random.uniform()
    }

    mutating func path() -> [Int] {
      var path: [Int] = []
      for _ in 0...random.integer(below: longest) {
        let link = random.integer(below: links)
        if !path.contains(link) { path.append(link) }
      }
      return path
    }

    mutating func apply(to network: inout SharedNetwork) {
      let count = network.flows.count
      switch random.integer(below: 12) {
      case 0: network.setBackground(amount() / 2, of: random.integer(below: links))
      case 1: network.setCapacity(amount(), of: random.integer(below: links))
      case 2 where count > 0:
        let limit = random.integer(below: 3) == 0 ? .infinity : amount() / 4
        network.setLimit(limit, at: random.integer(below: count))
      case 3...6 where count > 0, 7... where count >= flows:
        network.end(at: random.integer(below: count))
      default:
        let limit = random.integer(below: 4) == 0 ? amount() / 4 : .infinity
        network.start(path(), limit: limit)
      }
    }
  }

  @Test(arguments: UInt64(1)...120)
  func `rates are those of plain filling`(seed: UInt64) {
    for (method, growth) in [
      (SharingMethod.local, 64), (.local, 0), (.local, 6), (.component, 0), (.textbook, 0),
    ] {
      var changes = Changes(seed: seed)
      let capacities = (0..<changes.links).map { _ in changes.amount() }
      var network = SharedNetwork(capacities, method, growthLimit: growth)
      for step in 0..<120 {
        for _ in 0...changes.random.integer(below: 3) { changes.apply(to: &network) }
        let note = "seed \(seed) step \(step) \(method) \(growth)"
        let (found, wanted) = (network.settledRates(), network.plainRates)
        for (rate, value) in zip(found, wanted) {
          let isClose = abs(rate - value) <= 1e-9 * max(value, 1e-3)
          #expect(isClose, "\(note): \(rate) instead of \(value)")
        }
        for (link, available) in network.available.enumerated() {
          let load = network.share.load(of: Int32(link)).bytesPerSecond
          #expect(load <= available * (1 + 1e-11) + 1e-9, "\(note): link \(link)")
        }
      }
    }
  }

  /// Many flows on few links, where one change reaches far.
  @Test(arguments: UInt64(1)...4)
  func `methods agree on a crowded network`(seed: UInt64) {
    var random = RandomStream(seed: seed, replication: 0, purpose: .generation)
    let capacities = (0..<60).map { _ in 1e9 + 1e9 * random.uniform() }
    var networks = FairShareTests.exact.map { SharedNetwork(capacities, $0) }
    for step in 0..<600 {
      let path = [random.integer(below: 30), 30 + random.integer(below: 30)]
      let victim = step >= 400 ? random.integer(below: 400) : nil
      let rates = networks.indices.map { index in
        networks[index].start(path)
        if let victim { networks[index].end(at: victim) }
        return networks[index].settledRates()
      }
      for (local, other) in zip(rates[0], zip(rates[1], rates[2])) {
        let isClose =
          abs(local - other.0) <= 1e-9 * other.0 && abs(local - other.1) <= 1e-9 * other.1
        #expect(isClose, "seed \(seed) step \(step)")
      }
    }
  }

  /// Two thousand flows between hosts in racks and zones, with limits, other traffic and other
  /// capacities on the way.
  @Test(arguments: UInt64(1)...2)
  func `two thousand flows over racks and zones are shared as by plain rounds`(seed: UInt64) {
    var random = RandomStream(seed: seed, replication: 0, purpose: .generation)
    let topology = NetworkTopology(
      cards: (0..<40).map { _ in Bandwidth(bytesPerSecond: 1e9 + 1e9 * random.uniform()) },
      racks: (0..<40).map { $0 / 5 }, uplink: Bandwidth(bytesPerSecond: 4e9),
      zones: (0..<40).map { $0 / 20 }, zoneLink: Bandwidth(bytesPerSecond: 1.2e10))
    var network = SharedNetwork(topology.capacities.map(\.bytesPerSecond), .local)
    func path() -> [Int] {
      let (source, other) = (random.integer(below: 40), random.integer(below: 39))
      let path = topology.path(
        from: Int32(source), to: Int32(other < source ? other : other + 1))
      return (0..<path.count).map { Int(path[$0]) }
    }
    func limit() -> Double { random.integer(below: 4) == 0 ? 5e7 * random.uniform() : .infinity }
    for _ in 0..<2000 { network.start(path(), limit: limit()) }
    for step in 0..<15 {
      let link = random.integer(below: topology.capacities.count)
      switch step % 5 {
      case 0: network.setCapacity(5e8 + 3e9 * random.uniform(), of: link)
      case 1: network.setBackground(1e9 * random.uniform(), of: link)
      case 2: network.setLimit(limit(), at: random.integer(below: 2000))
      default:
        network.end(at: random.integer(below: 2000))
        network.start(path(), limit: limit())
      }
      let rates = network.settledRates()
      for (rate, value) in zip(rates, network.quickRates) {
        let isClose = abs(rate - value) <= 1e-9 * max(value, 1e-3)
        #expect(isClose, "seed \(seed) step \(step): \(rate) instead of \(value)")
      }
    }
  }

  /// What a planner of ends relies on: a flow with a bottleneck runs at its level, each other one at
  /// its own limit, and whatever changed of either is named.
  @Test(arguments: UInt64(1)...40)
  func `levels and bottlenecks tell the rates`(seed: UInt64) {
    for method in FairShareTests.exact {
      var changes = Changes(seed: seed)
      let capacities = (0..<changes.links).map { _ in changes.amount() }
      var network = SharedNetwork(capacities, method)
      var (levels, holders): ([Double], [Int32: Int32?]) = (
        capacities.map { _ in .infinity }, [:]
      )
      for step in 0..<80 {
        changes.apply(to: &network)
        network.share.settle()
        let note = "seed \(seed) step \(step) \(method)"
        for link in network.share.changedLevels {
          levels[Int(link)] = network.share.level(of: link).bytesPerSecond
        }
        for flow in network.share.movedFlows {
          holders[flow] = network.share.bottleneck(of: flow)
        }
        for (number, flow) in network.flows {
          let holder = network.share.bottleneck(of: number)
          // Numbers of ended flows are given again.
          #expect(holder == holders[number] ?? nil, "\(note)")
          let rate = network.share.rate(of: number).bytesPerSecond
          let value = holder.map { levels[Int($0)] } ?? flow.limit
          #expect(abs(rate - value) <= 1e-11 * value, "\(note)")
        }
        for number in holders.keys where !network.flows.contains(where: { $0.number == number }) {
          holders[number] = .some(nil)
        }
      }
    }
  }

  @Test func `the same changes give the same bits`() {
    func bits() -> [UInt64] {
      var changes = Changes(seed: 7)
      var network = SharedNetwork((0..<changes.links).map { _ in changes.amount() }, .local)
      var bits: [UInt64] = []
      for _ in 0..<300 {
        changes.apply(to: &network)
        bits.append(contentsOf: network.settledRates().map(\.bitPattern))
      }
      return bits
    }
    #expect(bits() == bits())
  }
}
