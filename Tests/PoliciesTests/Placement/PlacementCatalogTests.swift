import CloudModel
import Policies
import Stochastics
import Testing

/// What every placement policy of the catalogue must keep.
struct PlacementCatalogTests {
  @Test func `the catalogue is sorted, its names are unique and found again`() {
    let names = PolicyCatalog.placement.map { $0.name }
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    for name in names { #expect(PolicyCatalog.placement(named: name)?.name == name) }
    #expect(PolicyCatalog.placement(named: "best") == nil)
  }

  @Test func `names are words with hyphens, and summaries one line`() throws {
    let pattern = try Regex("[a-z][a-z0-9]*(-[a-z0-9]+)*")
    for policy in PolicyCatalog.placement {
      #expect(try pattern.wholeMatch(in: policy.name) != nil, "\(policy.name)")
      #expect((10...100).contains(policy.summary.count), "\(policy.name)")
      #expect(!policy.summary.contains("\n") && !policy.summary.hasSuffix("."), "\(policy.name)")
      #expect(policy.source.count >= 10, "\(policy.name) does not say where it is from")
    }
  }

  @Test func `an option that a policy does not have is refused by name`() {
    for policy in PolicyCatalog.placement {
      let error = #expect(throws: PlacementPolicyError.self, "\(policy.name)") {
        _ = try policy.init(options: Properties([("no-such-option", "3")]))
      }
      guard case .option("no-such-option", "3", let allowed) = error else {
        Issue.record("\(policy.name) does not name the option: \(String(describing: error))")
        continue
      }
      let names = policy.parameters.map(\.name)
      #expect(names.isEmpty || names.allSatisfy(allowed.contains), "\(policy.name): \(allowed)")
    }
  }

  @Test func `an option says its default and refuses a value that makes no sense`() {
    for policy in PolicyCatalog.placement {
      for parameter in policy.parameters {
        #expect(parameter.meaning.contains("default"), "\(policy.name): \(parameter.name)")
        #expect(throws: PlacementPolicyError.self, "\(policy.name): \(parameter.name)") {
          _ = try policy.init(options: Properties([(parameter.name, "no such value")]))
        }
      }
    }
  }

  @Test func `every policy decides on a fleet with devices, without, and without hosts`() throws {
    var stream = RandomStream(seed: 1, replication: 0, purpose: .policies)
    for devices in [false, true] {
      let fleets = [
        FleetSample.randomFleet(hosts: 40, devices: devices, &stream), FleetSample.fleet([]),
      ]
      let requests = FleetSample.randomRequests(count: 12, devices: devices, &stream)
      for policy in PolicyCatalog.placement {
        for fleet in fleets {
          let context = PlacementContext(fleet: fleet, requests: requests)
          let method = try policy.init(options: Properties()).method(in: context)
          guard case .scored(let scorer) = method else { continue }
          for request in requests {
            let winner = FleetSample.winner(scorer, in: fleet, for: request)
            let fitting = (0..<fleet.count).filter { fleet.fits(request, on: $0) }
            #expect((winner == nil) == fitting.isEmpty, "\(policy.name) refuses what fits")
          }
        }
      }
    }
  }

  @Test(arguments: ["", "0", "65", "+2", "2.0", " 2", "two", "99999999999999999999"])
  func `random-of-k takes whole numbers from 1 to 64 only`(text: String) {
    #expect(
      throws: PlacementPolicyError.option(
        name: "k", value: text, allowed: "a whole number from 1 to 64")
    ) { _ = try RandomOfK(options: Properties([("k", text)])) }
  }
}
