import Availability
import Testing

/// Parts, zones and services become the right trees.
struct DependencyModelTests {
  private func part(
    _ name: String, _ kind: PartKind = .other, in domain: DependencyDomain = .zone,
    up: Double, down: Double, stops: Set<Impact> = [.running]
  ) -> DependencyPart {
    var part = DependencyPart(name, kind, in: domain)
    part.failure = .times(up: up, down: down, sigma: nil)
    part.stops = stops
    return part
  }

  /// Three zones as those of the vector `s08`, part by part.
  private func zoneOfParts() throws -> DependencyModel {
    var generators = part("generators", .generator, up: 2400, down: 24, stops: [])
    generators.count = 2
    var supply = DependencyPart("supply", .powerFeed, in: .zone)
    supply.needs = ["feed", "generators"]
    supply.needsAtLeast = 1
    supply.stops = [.running]
    var ups = part("ups", .ups, up: 250_000, down: 8)
    ups.count = 2
    var coolers = part("coolers", .cooling, up: 20_000, down: 24)
    (coolers.count, coolers.needed) = (4, 3)
    var routers = part("routers", .router, up: 50_000, down: 6)
    routers.count = 2
    return try DependencyModel(
      regions: ["region"], zones: (0..<3).map { DependencyZone(name: "az\($0)") },
      parts: [
        part("region", .site, in: .region, up: 100_000, down: 1),
        part("host", .host, in: .host, up: 7480, down: 3),
        part("rack", .rack, in: .rack, up: 60_000, down: 4),
        part("fire", .fireSection, up: 438_000, down: 24),
        part("feed", .powerFeed, up: 8760, down: 4, stops: []), generators, supply, ups, coolers,
        routers,
      ])
  }

  @Test func `six replicas in three zones of parts have the exact answer of the vector`() throws {
    let service = ServiceShape(name: "app", replicas: [0, 1, 2, 0, 1, 2], needed: 4)
    let answer = try ServiceAnalysis(try zoneOfParts().tree(of: service, .running))
    #expect(abs(answer.unavailability / 1.03697488249363e-05 - 1) < 1e-9)
    let orders = answer.analysis.cutSets?.byOrder.map(\.description)
    #expect(orders == ["1", "27", "400", "222", "48", "3"])
    #expect(answer.limitingShared?.node.name == "region")
  }

  @Test(arguments: FacilityTier.allCases)
  func `a zone of a tier is down as its facility`(_ tier: FacilityTier) throws {
    let model = try DependencyModel(
      regions: ["region"], zones: [DependencyZone(name: "a/z:1", tier: tier)], parts: [])
    let service = ServiceShape(name: "vm", replicas: [0], needed: 1)
    for impact in Impact.allCases {
      let answer = try ServiceAnalysis(model.tree(of: service, impact))
      let exact = try FaultTreeAnalysis(tier.tree()).probability
      #expect(abs(answer.unavailability / exact - 1) < 1e-12)
    }
  }

  @Test func `what zones share costs what it is down, and private copies almost nothing`() throws {
    let storage = part("storage", .storage, in: .region, up: 87_596, down: 4)
    let model = try DependencyModel(
      regions: ["r"], zones: ["a", "b", "c"].map { DependencyZone(name: $0, tier: .four) },
      parts: [storage])
    let service = ServiceShape(name: "app", replicas: [0, 1, 2], needed: 1)
    let shared = try ServiceAnalysis(model.tree(of: service, .running))
    let split = try FaultTreeAnalysis(model.tree(of: service, .running, .split).tree)
    let down = 4.0 / 87_600
    let zone = try FaultTreeAnalysis(FacilityTier.four.tree()).probability
    #expect(abs(shared.unavailability / (down + (1 - down) * zone * zone * zone) - 1) < 1e-9)
    let alone = 1 - (1 - down) * (1 - zone)
    #expect(abs(split.probability / (alone * alone * alone) - 1) < 1e-9)
    #expect(shared.limitingShared?.node.name == "storage")
    #expect(shared.limitingShared?.node.zonesSharing == 3)
    var local = service
    local.hasVolumes = false
    let without = try ServiceAnalysis(model.tree(of: local, .running)).unavailability
    #expect(abs(without / (zone * zone * zone) - 1) < 1e-9)
  }

  @Test func `a change that hits one VM in a hundred rarely hits three`() throws {
    var change = part("change", .change, in: .cloud, up: 90, down: 10)
    change.share = 0.01
    let model = try DependencyModel(
      regions: ["r"], zones: ["a", "b", "c"].map { DependencyZone(name: $0) },
      parts: [change, part("feed", .powerFeed, up: 1, down: 0.000_000_1, stops: [])])
    for (needed, hits) in [(1, 1e-6), (3, 1 - 0.99 * 0.99 * 0.99)] {
      let service = ServiceShape(name: "app", replicas: [0, 1, 2], needed: needed)
      let answer = try ServiceAnalysis(model.tree(of: service, .running))
      #expect(abs(answer.unavailability / (0.1 * hits) - 1) < 1e-9)
    }
  }

  @Test func `a common grid costs what both generators miss of it`() throws {
    var grid = part("grid", .grid, in: .region, up: 8760, down: 4, stops: [])
    grid.zones = [0, 1]
    let model = try DependencyModel(
      regions: ["r"], zones: ["a", "b", "c"].map { DependencyZone(name: $0, tier: .four) },
      parts: [grid])
    let down = 4.0 / 8764
    let two = ServiceShape(name: "two", replicas: [0, 1], needed: 1)
    let answer = try ServiceAnalysis(model.tree(of: two, .running))
    // Both zones have to miss both generators at once: 0.05^4 of the grid's time, at least.
    #expect(answer.unavailability > down * 6.25e-6)
    let other = ServiceShape(name: "one", replicas: [2], needed: 1)
    let alone = try FaultTreeAnalysis(FacilityTier.four.tree()).probability
    let third = try ServiceAnalysis(model.tree(of: other, .running)).unavailability
    #expect(abs(third / alone - 1) < 1e-12)
  }

  @Test func `a control plane of three members needs two zones`() throws {
    var control = part("control", .controlPlane, in: .region, up: 99, down: 1, stops: [.new])
    control.needs = [DependencyPart.facility]
    control.needsAtLeast = 2
    let model = try DependencyModel(
      regions: ["r"], zones: ["a", "b", "c"].map { DependencyZone(name: $0, tier: .two) },
      parts: [control])
    let service = ServiceShape(name: "app", replicas: [0, 1, 2], needed: 1)
    let zone = try FaultTreeAnalysis(FacilityTier.two.tree()).probability
    let twoDown = 3 * zone * zone * (1 - zone) + zone * zone * zone
    let expected = 1 - (1 - 0.01) * (1 - twoDown)
    let answer = try ServiceAnalysis(model.tree(of: service, .new)).unavailability
    #expect(abs(answer / expected - 1) < 1e-9)
  }

  /// Three facilities of Tier III, two needed: what a common share of their failures costs.
  @Test func `the claim stands facilities that share so much of their failures`() throws {
    let model = try DependencyModel(
      regions: ["r"], zones: ["a", "b", "c"].map { DependencyZone(name: $0, tier: .three) },
      parts: [])
    let service = ServiceShape(name: "app", replicas: [0, 1, 2], needed: 2)
    let beta = try #require(try CommonCauseThreshold.beta(model, service, claim: 0.9999))
    // 0.5 costs 3,103 s a year and 99.99 % allows 3,154.
    #expect(beta > 0.5 && beta < 0.52)
    #expect(try CommonCauseThreshold.beta(model, service, claim: 0.999) == 1)
    #expect(try CommonCauseThreshold.beta(model, service, claim: 1) == nil)
  }

  @Test func `what is wrong with a model is named`() throws {
    let zones = [DependencyZone(name: "a"), DependencyZone(name: "b", tier: .two)]
    func problems(_ parts: [DependencyPart]) -> [DependencyProblem] {
      do throws(DependencyError) {
        _ = try DependencyModel(regions: ["r"], zones: zones, parts: parts)
        return []
      } catch {
        return error.problems
      }
    }
    #expect(problems([]) == [.noPower(zone: 0)])
    let feed = part("feed", .powerFeed, up: 1, down: 1)
    #expect(problems([feed]).isEmpty)
    #expect(problems([feed, feed]) == [.duplicateName(part: 1)])
    var (left, right) = (part("left", up: 1, down: 1), part("right", up: 1, down: 1))
    left.needs = ["right"]
    right.needs = ["left"]
    #expect(problems([feed, left, right]) == [.cycle(part: 1, names: ["left", "right"])])
    left.needs = ["feed", "nothing"]
    #expect(problems([feed, left]) == [.unknownNeed(part: 1, need: 1)])
    left.needs = ["feed"]
    left.needsAtLeast = 2
    #expect(problems([feed, left]) == [.needsOutOfRange(part: 1, available: 1)])
    left.needsAtLeast = nil
    left.needed = 2
    #expect(problems([feed, left]) == [.neededOutOfRange(part: 1)])
  }
}
