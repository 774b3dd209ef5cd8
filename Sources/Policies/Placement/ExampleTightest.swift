package import CloudModel

/// An example of the ordered tier: best fit, on hosts with fewer than a thousand VMs.
package struct ExampleTightest: PlacementPolicy {
  package static let name = "example-tightest"
  package static let summary = "example: the host with the fewest vCPUs left, then the least memory"
  package static let source = "docs/write-a-policy.md"

  package init(options: Properties) throws(PlacementPolicyError) {
    if let entry = options.entries.first {
      throw .option(name: entry.key, value: entry.value, allowed: "no options")
    }
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    // What is preferred: the engine keeps the hosts in this order.
    let order = HostOrder(.residual(.vcpus, .least, then: .least))
    // What is acceptable: the engine asks for each host it comes to, and takes the first that passes.
    let hasFewVMs: HostPredicate = { fleet, host, request in
      fleet.vmCount[host] < 1000
    }
    return .ordered(order, accepting: [hasFewVMs])
  }
}
