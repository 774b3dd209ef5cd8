import CloudModel
import TestSupport
import Testing

/// What extra specs demand, by the operators of Nova, and the rules that use them.
struct SpecOperatorTests {
  @Test(arguments: [
    ("Intel", "Intel", true), ("Intel", "AMD", false), ("s== Intel", "Intel", true),
    ("s!= Intel", "Intel", false), (">= 8002000", "8002002", true), ("<= 4", "5", false),
    ("= 4", "5", true), ("== 4", "5", false), ("!= 4", "5", true), (">= x", "5", false),
    ("<or> large <or> huge", "huge", true), ("<or> large <or> huge", "small", false),
    ("<in> avx", "sse avx2", true), ("<all-in> avx sse", "sse avx", true),
    ("<all-in> avx vmx", "sse avx", false), ("s< b", "a", true), ("s>= b", "a", false),
    ("", "", true), ("", "x", false),
  ])
  func `operators decide as in Nova`(demand: String, value: String, isMet: Bool) {
    #expect(SpecOperator.isMet(demand, by: value) == isMet)
  }

  private func refusals(
    specs: [(String, String)], metadata: [(String, String)] = [], target: HostClass
  ) -> [RejectionRule] {
    var tiny = TinyCloud()
    tiny.cloud.aggregates = [Aggregate(name: "one", metadata: Properties(metadata))]
    let source = tiny.host(
      "source", memory: 10, hostClass: HostClass(cpuModel: "Icelake", cpuVendor: "Intel"))
    let host = tiny.host("target", memory: 10, hostClass: target, aggregates: [0])
    let vm = tiny.vm("vm", on: source, memory: 1, specs: specs)
    let rules = TargetRules(cloud: tiny.cloud, out: [source])
    return rules.poolRefusals(
      of: host, for: vm, requirement: rules.requirement(of: vm), arriving: .stopped)
  }

  @Test func `capabilities are asked of the host's class`() {
    let intel = HostClass(cpuModel: "Skylake", cpuVendor: "Intel")
    let vendor = [("capabilities:cpu_info:vendor", "Intel")]
    #expect(refusals(specs: vendor, target: intel) == [])
    #expect(
      refusals(specs: vendor, target: HostClass(cpuModel: "Milan", cpuVendor: "AMD")) == [.cpuModel]
    )
    #expect(
      refusals(specs: [("capabilities:cpu_info:model", "s== Icelake")], target: intel)
        == [.cpuModel])
  }

  @Test func `an attribute that nobody knows is believed of the present class only`() {
    let specs = [("capabilities:free_lunch", "yes")]
    let same = HostClass(cpuModel: "Icelake", cpuVendor: "Intel")
    #expect(refusals(specs: specs, target: same) == [])
    #expect(refusals(specs: specs, target: HostClass()) == [.cpuModel])
  }

  @Test func `values of aggregates are split at commas and compared by operator`() {
    let scope = "aggregate_instance_extra_specs:memory_class"
    func refused(_ demand: String, _ value: String) -> Bool {
      refusals(
        specs: [(scope, demand)], metadata: [("memory_class", value)], target: HostClass()
      ).contains(.aggregate)
    }
    #expect(!refused("large", "large"))
    #expect(!refused("large", "small, large"))
    #expect(!refused("<or> large <or> huge", "huge"))
    #expect(refused("large", "small"))
  }

  @Test func `an older hypervisor takes no running VM`() {
    let new = HostClass(hypervisorVersion: 8_002_002)
    let old = HostClass(hypervisorVersion: 8_002_000)
    #expect(!new.canMoveRunning(to: old))
    #expect(old.canMoveRunning(to: new))
    #expect(new.canMoveRunning(to: HostClass()))
  }
}
