import CloudModel
import Foundation
import Scenarios
import TestSupport
import Testing

/// How many more VMs fit, on clouds small enough to count by hand.
@Suite struct CapacityTests {
  /// Two zones of two hosts with 16 GiB each; az1 holds 4 + 8 GiB, az2 6 GiB on its first host.
  private func cloud() -> Cloud {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let hosts = (0..<4).map { tiny.host("h\($0)", zone: $0 / 2, memory: 16) }
    tiny.cloud.racks = [Rack(name: "r1", zone: 0), Rack(name: "r2", zone: 1)]
    tiny.cloud.hosts.rack = [0, 0, 1, 1]
    tiny.vm("a", on: hosts[0], memory: 4, flavor: "small")
    tiny.vm("b", on: hosts[1], memory: 8, pinnedZone: 0, flavor: "large")
    tiny.vm("c", on: hosts[2], memory: 6, flavor: "middle")
    return tiny.cloud
  }

  private func question(
    _ cloud: Cloud, flavors: [Int] = [], mix: [(Int, Int)] = [],
    losses: [CapacityQuestion.Loss] = CapacityQuestion.LossKind.allCases.map { .init($0) }
  ) -> CapacityQuestion {
    CapacityQuestion(
      name: "tiny", cloud: cloud, flavors: flavors,
      mix: mix.map { .init(flavor: $0.0, count: $0.1) }, losses: losses)
  }

  @Test func flavorsNowAndAfterLosses() throws {
    let answer = CapacityAnalysis.answer(question(cloud(), flavors: [0]))
    #expect(answer.rows.map(\.zone) == [nil, "az1", "az2"])
    // Free are 12, 8, 10 and 16 GiB: 3 + 2 + 2 + 4 VMs of 4 GiB.
    #expect(answer.rows.map(\.now) == [11, 5, 6])
    #expect(answer.rows.allSatisfy { $0.isProven && $0.limiting == "memory" })
    let all = try #require(answer.rows.first)
    // Every host leaves 7; without h0 its VM goes where it fills most, to h1.
    #expect(all.hostLost == .init(value: 7, name: "h0", unplaced: 0))
    // Without az2 its VM takes 6 of the 8 GiB of h1.
    #expect(all.zoneLost == .init(value: 3, name: "az2", unplaced: 0))
    #expect(answer.rows[1].zoneLost?.name == "az2")
    // Without az1 the pinned VM has no place, and the other takes 4 of the 10 GiB of h2.
    #expect(answer.rows[2].zoneLost == .init(value: 5, name: "az1", unplaced: 1))
    #expect(answer.rows[2].rackLost?.name == "r2")
    #expect(answer.rows[2].rackLost?.value == 0)
  }

  @Test func aNamedLossIsTheOnlyCase() {
    let answer = CapacityAnalysis.answer(
      question(cloud(), flavors: [0], losses: [.init(.host, name: "h3")]))
    #expect(answer.rows[0].hostLost == .init(value: 7, name: "h3", unplaced: 0))
    #expect(answer.rows[0].rackLost == nil && answer.rows[0].zoneLost == nil)
  }

  @Test func batchesOfAMixWithTheirWitness() throws {
    let cloud = cloud()
    let answer = CapacityAnalysis.answer(question(cloud, mix: [(0, 1), (1, 1)]))
    let row = try #require(answer.rows.first)
    // Four batches of 12 GiB are more than the 46 GiB that there are.
    #expect(row.flavor == nil && row.now == 3 && row.nowBound == 3)
    var free = [12, 8, 10, 16]
    var placed = [0, 0]
    for part in answer.witness {
      let isSmall = part.flavor == "small"
      placed[isSmall ? 0 : 1] += part.count
      let host = try #require(Int(part.host.dropFirst()))
      free[host] -= part.count * (isSmall ? 4 : 8)
    }
    #expect(placed == [3, 3])
    #expect(free.allSatisfy { $0 >= 0 })
    #expect(row.hostLost.map { $0.value <= row.now } == true)
  }

  @Test func closedHostsAndDevicesCount() {
    var tiny = TinyCloud()
    tiny.host("open", memory: 64, devices: [("gpu", 3)])
    tiny.host("closed", memory: 64, state: .disabled, devices: [("gpu", 3)])
    tiny.vm("g", on: 0, memory: 4, flavor: "with-gpu", devices: [("gpu", 2)])
    tiny.vm("p", on: 0, memory: 4, flavor: "plain")
    let answer = CapacityAnalysis.answer(question(tiny.cloud, flavors: [0, 1]))
    #expect(answer.rows.map(\.now) == [0, 14])
    #expect(answer.rows.map(\.limiting) == ["device gpu", "memory"])
    #expect(answer.rows[1].hostLost == .init(value: 0, name: "open", unplaced: 2))
  }

  private func example() throws -> Scenario {
    try Scenario.load(
      path: Repository.root.appending(path: "scenarios/examples/testbed-a.json").path)
  }

  @Test func defaultsOfAQuestion() throws {
    let scenario = try example()
    let question = try scenario.capacityQuestion()
    #expect(question.mix.reduce(0) { $0 + $1.count } == 20)
    #expect(question.mix.allSatisfy { scenario.cloud.flavors[$0.flavor].devices.isEmpty })
    #expect(question.isMixFromCloud)
    #expect(question.losses.map(\.kind) == [.host, .rack, .zone])
    #expect(!question.flavors.isEmpty)
  }

  @Test func aMixIsRead() throws {
    let scenario = try example()
    let question = try scenario.capacityQuestion(mix: " SCS-2V-8=3, SCS-8V-32=1,SCS-2V-8=1")
    #expect(question.flavors.isEmpty && !question.isMixFromCloud)
    #expect(
      question.mix.map { scenario.cloud.flavors[$0.flavor].name } == ["SCS-2V-8", "SCS-8V-32"])
    #expect(question.mix.map(\.count) == [4, 1])
  }

  @Test(arguments: ["", "SCS-2V-8", "SCS-2V-8=0", "SCS-2V-8=x", "=3", "nothing=1"])
  func mixesThatAreRefused(text: String) throws {
    let scenario = try example()
    #expect(throws: ScenarioError.self) { try scenario.capacityQuestion(mix: text) }
  }

  @Test(arguments: [["disk"], ["host", "host:cmp-a-std02"], ["zone:az9"], [""]])
  func lossesThatAreRefused(texts: [String]) throws {
    let scenario = try example()
    #expect(throws: ScenarioError.self) { try scenario.capacityQuestion(losses: texts) }
  }
}
