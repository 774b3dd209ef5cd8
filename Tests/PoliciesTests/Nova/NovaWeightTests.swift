import CloudModel
import Policies
import Testing

/// Raw values, normalisation and multipliers by worked examples.
struct NovaWeightTests {
  private let request = NovaRequest(servers: ["vm"], flavor: NovaSample.flavor())

  @Test func `with the lower bound 0 less room costs its share and not everything`() {
    #expect(Normalisation.normalised([100, 90], startsAtZero: true) == [1.0, 0.9])
    #expect(Normalisation.normalised([100, 90], startsAtZero: false) == [1.0, 0.0])
    #expect(Normalisation.normalised([7, 7], startsAtZero: false) == [0, 0])
    #expect(Normalisation.normalised([7, 7], startsAtZero: true) == [1, 1])
    #expect(Normalisation.normalised([0, 0], startsAtZero: true) == [0, 0])
    #expect(Normalisation.normalised([], startsAtZero: true).isEmpty)
  }

  @Test func `memory decides between hosts of 100 and 90 GiB by a tenth of a point`() throws {
    let scheduler = try NovaSample.scheduler(weighers: ["RAMWeigher"])
    let hosts = [
      NovaSample.host("b", memoryMiB: 90 * 1024), NovaSample.host("a", memoryMiB: 100 * 1024),
    ]
    let round = scheduler.round(of: request, server: "vm", index: 0, over: hosts)
    #expect(NovaSample.order(round) == ["a", "b"])
    #expect(round.weights == [1.0, 0.9])
    #expect(round.weighings.first?.raw == [92_160, 102_400])
  }

  @Test func `an overfull host counts as one without room`() throws {
    let scheduler = try NovaSample.scheduler(weighers: ["RAMWeigher"])
    let hosts = [NovaSample.host("a", memoryMiB: -5), NovaSample.host("b", memoryMiB: 10)]
    let round = scheduler.round(of: request, server: "vm", index: 0, over: hosts)
    #expect(round.weighings.first?.raw == [0, 10] && round.weights == [1, 0])
  }

  @Test(arguments: [1, 8])
  func `a host with free devices is a full point worse, however many there are`(free: Int) throws {
    let scheduler = try NovaSample.scheduler(weighers: ["PCIWeigher"])
    var gpu = NovaSample.host("gpu")
    gpu.pools = [NovaDevicePool(vendor: "10de", product: "20b5", free: free)]
    let round = scheduler.round(
      of: request, server: "vm", index: 0, over: [gpu, NovaSample.host("plain")])
    #expect(NovaSample.order(round) == ["plain", "gpu"] && round.weights == [1, 0])
    #expect(round.weighings.first?.raw == [Double(100 - free), 100])
  }

  @Test func `an older hypervisor costs a full point`() throws {
    let scheduler = try NovaSample.scheduler()
    var old = NovaSample.host("a")
    old.hypervisorVersion = 8_002_000
    let round = scheduler.round(
      of: request, server: "vm", index: 0, over: [old, NovaSample.host("b")])
    #expect(NovaSample.order(round) == ["b", "a"])
    #expect(round.weights[0] - round.weights[1] == 1)
  }

  @Test func `a failed build outweighs everything`() throws {
    let scheduler = try NovaSample.scheduler()
    var failed = NovaSample.host("a")
    failed.failedBuilds = 1
    let round = scheduler.round(
      of: request, server: "vm", index: 0, over: [failed, NovaSample.host("b", memoryMiB: 1)])
    #expect(NovaSample.order(round) == ["b", "a"] && (round.weights.last ?? 0) < -999_990)
  }

  @Test func `the smallest multiplier of a host's aggregates rules, for that host alone`() throws {
    let scheduler = try NovaSample.scheduler(weighers: ["RAMWeigher"])
    var first = NovaSample.host("a", memoryMiB: 100)
    first.aggregates = ["5.0", "3.0"].map {
      NovaAggregate(name: $0, metadata: Properties([("ram_weight_multiplier", $0)]))
    }
    var second = NovaSample.host("b", memoryMiB: 50)
    second.aggregates = [
      NovaAggregate(name: "bad", metadata: Properties([("ram_weight_multiplier", "much")]))
    ]
    let round = scheduler.round(of: request, server: "vm", index: 0, over: [first, second])
    #expect(round.weighings.first?.multipliers == [3, 1] && round.weights == [3, 0.5])
  }

  @Test(arguments: [("soft-anti-affinity", ["b", "a"]), ("soft-affinity", ["a", "b"])])
  func `soft groups draw together or apart`(policy: String, order: [String]) throws {
    let scheduler = try NovaSample.scheduler()
    var request = request
    request.group = NovaGroup(policy: policy, members: ["x", "vm"], hosts: ["a"])
    var first = NovaSample.host("a")
    first.groupMembers = ["x"]
    let round = scheduler.round(
      of: request, server: "vm", index: 0, over: [first, NovaSample.host("b")])
    #expect(NovaSample.order(round) == order)
    #expect(round.weights[0] - round.weights[1] == 1)
  }

  @Test func `equal hosts keep the incoming order and one alone is not weighed`() throws {
    let scheduler = try NovaSample.scheduler()
    let hosts = ["c", "a", "b"].map { NovaSample.host($0) }
    let round = scheduler.round(of: request, server: "vm", index: 0, over: hosts)
    #expect(NovaSample.order(round) == ["c", "a", "b"] && round.bestCount == 3)
    let alone = scheduler.round(of: request, server: "vm", index: 0, over: [hosts[0]])
    #expect(alone.weights == [0] && alone.weighings.isEmpty)
  }
}
