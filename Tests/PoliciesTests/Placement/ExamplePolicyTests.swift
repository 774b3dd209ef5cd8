import CloudModel
import Policies
import Stochastics
import TestSupport
import Testing

/// The guide to writing a policy shows the examples as they are.
struct ExamplePolicyTests {
  @Test(arguments: ["ExampleTightest", "ExampleScored"])
  func `the guide shows the file word for word`(name: String) throws {
    let guide = try Repository.text(of: "docs/write-a-policy.md")
    let file = try Repository.text(of: "Sources/Policies/Placement/\(name).swift")
    #expect(guide.contains("```swift\n\(file)```\n"), "\(name).swift and the guide differ")
  }

  @Test func `nothing but the catalogue knows the examples`() throws {
    for name in ["ExampleTightest", "ExampleScored"] {
      let files = try Repository.files(below: "Sources", suffix: ".swift").filter {
        try Repository.text(of: $0).contains(name)
      }
      #expect(
        files == [
          "Sources/Policies/Placement/\(name).swift", "Sources/Policies/PolicyCatalog.swift",
        ])
    }
  }

  @Test func `the tightest declares the order of best fit and accepts hosts with few VMs`() throws {
    let fleet = FleetSample.fleet([.init(vmCount: 999), .init(vmCount: 1000)])
    let context = PlacementContext(fleet: fleet, requests: [])
    for policy in ["best-fit", "example-tightest"] {
      let type = try #require(PolicyCatalog.placement(named: policy))
      let method = try type.init(options: Properties()).method(in: context)
      guard case .ordered(let order, let predicates) = method,
        case .residual(.vcpus, .least, then: .least) = order.key
      else {
        Issue.record("\(policy) is not in the order of best fit")
        continue
      }
      #expect(order.zones == .together && order.sample == nil)
      let request = FleetSample.request(1, 2)
      let accepted = [0, 1].filter { host in predicates.allSatisfy { $0(fleet, host, request) } }
      #expect(accepted == (policy == "best-fit" ? [0, 1] : [0]))
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `the scored example takes the host with the least sum of free shares`(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, replication: 0, purpose: .policies)
    let fleet = FleetSample.randomFleet(hosts: 50, devices: false, &stream)
    let context = PlacementContext(fleet: fleet, requests: [])
    guard case .scored(let scorer) = try ExampleScored(options: Properties()).method(in: context)
    else {
      Issue.record("the example is not of the batch tier")
      return
    }
    func left(_ host: Int) -> Double {
      Double(fleet.freeMilliCPU[host]) / Double(fleet.capacityMilliCPU[host])
        + Double(fleet.freeMemoryMiB[host]) / Double(fleet.capacityMemoryMiB[host])
    }
    for request in FleetSample.randomRequests(count: 20, devices: false, &stream) {
      let expected = (0..<fleet.count).filter { fleet.fits(request, on: $0) }.min {
        (left($0), $0) < (left($1), $1)
      }
      #expect(FleetSample.winner(scorer, in: fleet, for: request) == expected, "seed \(seed)")
    }
  }
}
