import CloudModel
import Policies
import TestSupport
import Testing

/// What sets each strategy of the peers apart, on clouds small enough to follow by hand.
struct PeerStrategyTests {
  private func decide(
    _ strategy: some EvacuationStrategy, _ tiny: TinyCloud, out: [Int],
    rules: ClassRules = ClassRules(), options: [(String, String)] = []
  ) throws -> EvacuationDecision {
    let task = EvacuationTask(
      cloud: tiny.cloud, out: out, rules: rules, options: Properties(options))
    let decision = try strategy.decide(task)
    #expect(DecisionChecker.problems(of: decision, in: tiny.cloud, out: out) == [])
    return decision
  }

  /// Hosts to empty with equal VMs, and one host with room for all of them.
  private func cloud(hosts: Int, vmsEach: Int) -> (tiny: TinyCloud, out: [Int]) {
    var tiny = TinyCloud()
    let out = (0..<hosts).map { tiny.host("h\($0)", memory: 100) }
    tiny.host("open", memory: 1000)
    for host in out {
      for number in 0..<vmsEach { tiny.vm("v\(host)-\(number)", on: host, memory: 1) }
    }
    return (tiny, out)
  }

  private func sizesOfWaves(_ decision: EvacuationDecision) -> [Int] {
    Set(decision.moves.map(\.wave)).sorted().map { wave in
      decision.moves.filter { $0.wave == wave }.count
    }
  }

  @Test func `a pass has six moves, two of a host`() throws {
    let (four, out) = cloud(hosts: 4, vmsEach: 4)
    let decision = try decide(Slices(), four, out: out)
    // Two passes for the first three hosts, and two for the fourth, whose turn comes last.
    #expect(sizesOfWaves(decision) == [6, 6, 2, 2])
    for wave in 1...4 {
      for host in out {
        #expect(decision.moves.filter { $0.wave == wave && $0.source == host }.count <= 2)
      }
    }
    let (one, single) = cloud(hosts: 1, vmsEach: 5)
    #expect(sizesOfWaves(try decide(Slices(), one, out: single)) == [2, 2, 1])
  }

  @Test(arguments: [("memory", [3, 1, 2, 0]), ("vcpus", [1, 3, 0, 2])])
  func `passes go by project, then by the chosen size, the largest first`(
    size: String, expected: [Int]
  ) throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 100)
    tiny.host("target", memory: 100)
    for (memory, vcpus) in [(1, 4), (4, 9), (2, 1), (8, 2)] {
      tiny.vm("v\(memory)", on: source, memory: Int64(memory), vcpus: Int64(vcpus))
    }
    tiny.cloud.projects = [Project(name: "a", id: "a"), Project(name: "b", id: "b")]
    tiny.cloud.vms.project = [1, 0, 1, 0]
    let decision = try decide(Slices(), tiny, out: [source], options: [("order_by", size)])
    #expect(decision.moves.map(\.vm) == expected)
  }

  @Test func `a VM that no host takes does not use up a pass`() throws {
    var (tiny, out) = cloud(hosts: 1, vmsEach: 4)
    tiny.vm("huge", on: out[0], memory: 2000)
    let decision = try decide(Slices(), tiny, out: out)
    #expect(sizesOfWaves(decision) == [2, 2])
    #expect(decision.leftBehind.map(\.vm) == [4])
    #expect(decision.leftBehind.map(\.reason) == [.rule(.memory)])
  }

  @Test func `twenty VMs of a host go in batches of eight, and hosts go in step`() throws {
    let (one, single) = cloud(hosts: 1, vmsEach: 20)
    let decision = try decide(BatchesOfEight(), one, out: single)
    #expect(sizesOfWaves(decision) == [8, 8, 4])
    #expect(decision.moves.map(\.vm) == Array(0..<20))
    #expect(decision.concurrency == MoveConcurrency(perSource: 8))
    let slots =
      "moves at once that the strategy asks for, within the scenario's slots: 8 from a host"
    #expect(decision.notes == [slots])

    let (two, both) = cloud(hosts: 2, vmsEach: 9)
    let inStep = try decide(BatchesOfEight(), two, out: both)
    #expect(sizesOfWaves(inStep) == [16, 2])
    #expect(inStep.notes.count == 2)
  }

  @Test func `first in first out keeps the order of the list whatever the sizes`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 100)
    tiny.host("target", memory: 100)
    for memory in [2, 8, 1, 4] { tiny.vm("v\(memory)", on: source, memory: Int64(memory)) }
    let decision = try decide(FirstInFirstOut(), tiny, out: [source])
    #expect(decision.moves.map(\.vm) == [0, 1, 2, 3])
    #expect(decision.moves.map(\.wave) == [1, 1, 1, 1])
    #expect(decision.concurrency == MoveConcurrency(perSource: 2, inAll: 5))
  }

  @Test func `what cannot move blocks its host, or is stopped where nobody says otherwise`() throws
  {
    var (tiny, out) = cloud(hosts: 1, vmsEach: 1)
    tiny.vm("huge", on: out[0], memory: 2000)
    let blocks = try decide(FirstInFirstOut(), tiny, out: out)
    #expect(blocks.leftBehind.map(\.vm) == [1])
    let stop = [("cannot_move", "stop")]
    let stops = try decide(FirstInFirstOut(), tiny, out: out, options: stop)
    #expect(stops.leftBehind.isEmpty)
    #expect(stops.moves.map(\.action) == [.live, .stop])
    #expect(stops.moves.last?.reason == .fallback)
    let held = try decide(
      FirstInFirstOut(), tiny, out: out, rules: ClassRules(fallback: .hold), options: stop)
    #expect(held.leftBehind.map(\.vm) == [1])
  }

  @Test func `options that say nothing are refused with what is allowed`() throws {
    let (tiny, out) = cloud(hosts: 1, vmsEach: 1)
    #expect(
      throws: StrategyError.option(
        name: "cannot_move", value: "wait", allowed: "one of block, stop")
    ) { try decide(FirstInFirstOut(), tiny, out: out, options: [("cannot_move", "wait")]) }
    #expect(
      throws: StrategyError.option(
        name: "order_by", value: "age", allowed: "one of memory, vcpus, disk")
    ) { try decide(Slices(), tiny, out: out, options: [("order_by", "age")]) }
    #expect(
      throws: StrategyError.option(
        name: "failed_hosts", value: "0", allowed: "a whole number from 1")
    ) { try decide(SequentialFailback(), tiny, out: out, options: [("failed_hosts", "0")]) }
  }

  /// Hosts with one VM each; each pair of places shares a group of its own.
  private func sharing(
    _ pairs: [(Int, Int)], hosts: Int, policy: GroupPolicy = .antiAffinity, minimum: Int? = nil
  ) -> (tiny: TinyCloud, out: [Int]) {
    var (tiny, out) = cloud(hosts: hosts, vmsEach: 1)
    for (first, second) in pairs {
      let group = tiny.group("g\(first)\(second)", policy, minimumRunning: minimum)
      for host in [first, second] {
        tiny.vm("m\(first)\(second)\(host)", on: out[host], memory: 1, group: group)
      }
    }
    // Two members of a group need two open hosts.
    tiny.host("other", memory: 1000)
    return (tiny, out)
  }

  private func setsOfHosts(_ decision: EvacuationDecision) -> [[Int]] {
    Set(decision.moves.map(\.wave)).sorted().map { wave in
      Set(decision.moves.filter { $0.wave == wave }.map(\.source)).sorted()
    }
  }

  @Test func `hosts go together unless they share a group, the largest set first`() throws {
    let (path, out) = sharing([(0, 1), (0, 2)], hosts: 3)
    let decision = try decide(ColouredGroups(), path, out: out)
    #expect(decision.leftBehind.isEmpty)
    #expect(setsOfHosts(decision) == [[1, 2], [0]])

    let (triangle, three) = sharing([(0, 1), (1, 2), (0, 2)], hosts: 3)
    #expect(setsOfHosts(try decide(ColouredGroups(), triangle, out: three)) == [[0], [1], [2]])

    let (even, four) = sharing([(0, 1), (1, 2), (2, 3), (3, 0)], hosts: 4)
    #expect(setsOfHosts(try decide(ColouredGroups(), even, out: four)) == [[0, 2], [1, 3]])
  }

  @Test func `a soft group parts no hosts, one with a minimum does`() throws {
    let (soft, two) = sharing([(0, 1)], hosts: 2, policy: .softAntiAffinity)
    #expect(setsOfHosts(try decide(ColouredGroups(), soft, out: two)) == [[0, 1]])
    let (kept, both) = sharing([(0, 1)], hosts: 2, policy: .softAntiAffinity, minimum: 1)
    #expect(setsOfHosts(try decide(ColouredGroups(), kept, out: both)) == [[0], [1]])
  }

  @Test func `no wave of colours empties two hosts of one group`() throws {
    var pairs = 0
    for seed in UInt64(0)..<40 {
      let cloud = RandomCloud.make(seed: seed).cloud
      let out = (0..<cloud.hosts.count).filter { $0.isMultiple(of: 2) }
      let decision = try ColouredGroups().decide(EvacuationTask(cloud: cloud, out: out))
      #expect(DecisionChecker.problems(of: decision, in: cloud, out: out) == [], "seed \(seed)")
      let moves = decision.moves.filter { $0.target != nil }
      for group in cloud.groups.indices where cloud.groups[group].policy == .antiAffinity {
        let hosts = Set(
          (0..<cloud.vms.count).filter { cloud.vms.group[$0] == group }.map { cloud.vms.host[$0] })
        let ofGroup = moves.filter { hosts.contains($0.source) }
        let sources = Set(ofGroup.map(\.source)).count
        #expect(Set(ofGroup.map(\.wave)).count == sources, "seed \(seed), group \(group)")
        pairs += sources > 1 ? 1 : 0
      }
    }
    #expect(pairs > 10, "the clouds drawn have hosts that share a group")
  }

  @Test func `one host after the other in the order given, by priority`() throws {
    var (tiny, out) = cloud(hosts: 2, vmsEach: 4)
    for (vm, priority) in [(0, "low"), (1, "medium"), (2, "HIGH"), (3, "odd")] {
      tiny.cloud.labels[tiny.cloud.vms.labels[vm]].metadata = Properties([("rank", priority)])
    }
    let decision = try decide(
      SequentialFailback(), tiny, out: [out[1], out[0]], options: [("priority_key", "rank")])
    #expect(decision.moves.map(\.vm) == [4, 5, 6, 7, 2, 1, 3, 0])
    #expect(decision.moves.map(\.wave) == [1, 1, 1, 1, 2, 2, 2, 2])
    out.removeLast()
    let plain = try decide(SequentialFailback(), tiny, out: out)
    #expect(plain.moves.map(\.vm) == [0, 1, 2, 3])
  }

  @Test func `after the hosts that may fail the others are left as they are`() throws {
    var (tiny, out) = cloud(hosts: 3, vmsEach: 1)
    tiny.vm("huge", on: out[0], memory: 2000)
    tiny.vm("worker", on: out[1], memory: 1, tags: ["scs:migration=none"])
    tiny.vm("pet", on: out[2], memory: 1, tags: ["scs:migration=stop"])
    tiny.vm("odd", on: out[2], memory: 1, state: .error)
    let first = try decide(SequentialFailback(), tiny, out: out)
    #expect(first.moves.map(\.vm) == [0])
    #expect(first.leftBehind.map(\.vm) == [1, 2, 3, 4, 5, 6])
    #expect(
      first.leftBehind.map(\.reason.word)
        == ["strategy", "strategy", "memory", "strategy", "strategy", "state"])
    #expect(first.leftBehind.map(\.isProven) == [false, false, true, false, false, true])

    let second = try decide(
      SequentialFailback(), tiny, out: out, options: [("failed_hosts", "2")])
    #expect(second.moves.map(\.vm).sorted() == [0, 1, 2, 4, 5])
    #expect(second.leftBehind.map(\.vm) == [3, 6])
  }

  @Test(arguments: 0..<20)
  func `planned leaves no more behind than any peer on tight clouds`(seed: UInt64) throws {
    let (cloud, out) = RandomCloud.make(seed: 1000 + seed, hosts: 6, vms: 50)
    let task = EvacuationTask(cloud: cloud, out: out)
    let planned = try Planned().decide(task).leftBehind.count
    for strategy in PolicyCatalog.evacuation {
      let other = try strategy.init().decide(task).leftBehind.count
      #expect(planned <= other, "seed \(1000 + seed), \(strategy.name)")
    }
  }

  @Test func `every strategy has a summary and says what its options mean`() {
    for strategy in PolicyCatalog.evacuation {
      #expect(!strategy.summary.isEmpty, "\(strategy.name)")
      #expect(strategy.parameters.allSatisfy { !$0.meaning.isEmpty }, "\(strategy.name)")
    }
  }
}
