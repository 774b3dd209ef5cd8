import CloudModel
import Migration
import Simulator
import TestSupport
import Testing

/// Many moves at once: slots of targets, racks and the cloud, and the links that their data share.
@Suite struct ExecutionNetworkTests {
  /// A model without overheads in which a GiB takes a second alone.
  private func model(_ change: (inout MigrationParameters) throws -> Void) throws -> MigrationModel
  {
    var parameters = MigrationParameters()
    for path in [\MigrationParameters.overheadShared, \.gap, \.stop, \.spread, \.commonSpread]
      as [MigrationParameters.ParameterPath]
    {
      try parameters[keyPath: path].set(0, source: "test")
    }
    try parameters.streamRate.set(1024, source: "test")
    try parameters.slotsPerSource.set(100, source: "test")
    try change(&parameters)
    return MigrationModel(parameters)
  }

  /// Four hosts of two racks in two zones, three VMs of 4 GiB on each of the first two.
  private func cloud() -> (cloud: Cloud, moves: [Move]) {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let sources = (0..<2).map { tiny.host("s\($0)", zone: 0, memory: 100) }
    let targets = (0..<2).map { tiny.host("t\($0)", zone: 1, memory: 100) }
    var moves: [Move] = []
    for (index, source) in sources.enumerated() {
      for number in 0..<3 {
        let vm = tiny.vm("v\(index)\(number)", on: source, memory: 4)
        moves.append(
          Move(
            vm: vm, policyClass: .live, action: .live, source: source, target: targets[index],
            wave: 1, reason: nil))
      }
    }
    tiny.cloud.racks = [Rack(name: "r1", zone: 0), Rack(name: "r2", zone: 1)]
    tiny.cloud.hosts.rack = [0, 0, 1, 1]
    return (tiny.cloud, moves)
  }

  private func seconds(
    _ network: ExecutionNetwork = ExecutionNetwork(),
    _ change: (inout MigrationParameters) throws -> Void = { _ in }
  ) throws -> Double {
    let (cloud, moves) = cloud()
    let execution = Execution(
      of: EvacuationDecision(moves: moves), in: cloud, model: try model(change), network: network)
    let result = execution.nominal()
    #expect(result.failed == [])
    let sent = result.steps.reduce(0) { $0 + $1.sent }
    #expect(abs(sent - 6 * 4096) < 1e-3)
    return result.total.seconds
  }

  private func rate(_ gibibytesPerSecond: Double) -> Bandwidth {
    .mebibytesPerSecond(1024 * gibibytesPerSecond)
  }

  /// Streams of 1 GiB/s, 4 GiB each: one after the other 12 s a source, all at once 4 s.
  @Test func `slots of sources, targets, racks and the cloud`() throws {
    #expect(abs(try seconds() - 4) < 1e-3)
    #expect(abs(try seconds { try $0.slotsPerSource.set(1, source: "test") } - 12) < 1e-3)
    #expect(abs(try seconds { try $0.slotsPerTarget.set(1, source: "test") } - 12) < 1e-3)
    #expect(abs(try seconds { try $0.slotsPerRack.set(1, source: "test") } - 24) < 1e-3)
    #expect(abs(try seconds { try $0.slotsPerRack.set(3, source: "test") } - 8) < 1e-3)
    #expect(abs(try seconds { try $0.slotsInAll.set(2, source: "test") } - 12) < 1e-3)
  }

  /// 12 GiB through each card, 24 through uplinks and zone links.
  @Test func `cards, uplinks, zone links and other traffic`() throws {
    var network = ExecutionNetwork()
    network.card = rate(2)
    #expect(abs(try seconds(network) - 6) < 1e-3)
    network.background = [0: rate(1)]
    #expect(abs(try seconds(network) - 12) < 1e-3)
    network = ExecutionNetwork()
    network.cards = [2: rate(0.5)]
    #expect(abs(try seconds(network) - 24) < 1e-3)
    network = ExecutionNetwork()
    network.uplink = rate(2)
    #expect(abs(try seconds(network) - 12) < 1e-3)
    network = ExecutionNetwork()
    network.zoneLink = rate(3)
    #expect(abs(try seconds(network) - 8) < 1e-3)
  }

  /// Two flows of one card at 0.75 GiB/s each and a third that comes when one ends are as fast as
  /// the card: the sum of what is sent over its rate.
  @Test func `what one leaves the others take`() throws {
    var network = ExecutionNetwork()
    network.card = rate(1.5)
    let total = try seconds(network) { try $0.slotsPerSource.set(2, source: "test") }
    // 2 x 4 GiB at 0.75 each: 5.333 s; then the third alone at 1 GiB/s: 4 s.
    #expect(abs(total - (16.0 / 3 + 4)) < 1e-3)
  }

  /// A link that carries nothing: given up at the timeout, and everything ends.
  @Test func `a dead link ends at the timeout`() throws {
    let (cloud, moves) = cloud()
    var network = ExecutionNetwork()
    network.zoneLink = Bandwidth(bytesPerSecond: 0)
    let result = Execution(
      of: EvacuationDecision(moves: moves), in: cloud, model: try model { _ in }, network: network
    ).nominal()
    #expect(result.failed.count == 6)
    #expect(abs(result.total.seconds - 3200) < 1e-3)
  }

  /// The factor that a replication shares slows streams and links alike.
  @Test func `the common factor holds for links, too`() throws {
    let (cloud, moves) = cloud()
    var network = ExecutionNetwork()
    network.card = rate(1)
    let spread = try model { try $0.commonSpread.set(0.3, source: "test") }
    let execution = Execution(
      of: EvacuationDecision(moves: moves), in: cloud, model: spread, network: network)
    for replication in 0..<5 {
      let factor = MigrationSpread(
        spread.parameters, seed: 3, replication: UInt64(replication)
      ).commonFactor
      let total = execution.replicate(seed: 3, replication: replication).total.seconds
      #expect(abs(total / (12 * factor) - 1) < 1e-4, "seed 3")
    }
  }

  /// A guest that loses its link in post-copy boots on its target: its source is free, it is off.
  @Test func `a lost guest leaves its source`() throws {
    let (cloud, moves) = cloud()
    var guests = GuestTable(all: LoadClass.busy.load(evidence: .stated), count: cloud.vms.count)
    var handling = LiveHandling()
    handling.allowsPostCopy = true
    handling.forceAfter = 1
    guests.handling = [0: handling]
    let model = try model {
      try $0.postCopyFailures.set(1e6, source: "test")
      try $0.postCopyRate.set(10, source: "test")
    }
    let execution = Execution(
      of: EvacuationDecision(moves: moves), in: cloud, model: model, guests: guests)
    let lost = (0..<20).map { execution.replicate(seed: 5, replication: $0) }
      .filter { $0.steps[0].state == .lost }
    #expect(lost.count >= 19, "seed 5")
    #expect(lost.allSatisfy { $0.steps[0].timeOff.seconds > 12 && $0.failed == [0] })
  }
}
