import CloudModel
import Policies
import Testing

/// Each filter by what it lets pass.
struct NovaFilterTests {
  private func passed(
    _ filter: String, _ request: NovaRequest, _ hosts: [NovaHostState], index: Int = 0
  ) throws -> [String] {
    let scheduler = try NovaSample.scheduler(filters: [filter])
    let round = scheduler.round(
      of: request, server: request.servers[0], index: index, over: hosts)
    return round.passed.map { hosts[$0].name }
  }

  private func request(_ specs: [(String, String)] = []) -> NovaRequest {
    NovaRequest(servers: ["vm"], flavor: NovaSample.flavor(specs: specs))
  }

  @Test func `a filter that is not modelled is refused by its name`() {
    #expect(throws: NovaError.filter("JsonFilter")) {
      try NovaSample.scheduler(filters: ["ComputeFilter", "JsonFilter"])
    }
    #expect(throws: NovaError.weigher("LuckWeigher")) {
      try NovaSample.scheduler(weighers: ["LuckWeigher"])
    }
  }

  @Test func `services must be enabled and alive`() throws {
    var disabled = NovaSample.host("disabled")
    disabled.isDisabled = true
    var silent = NovaSample.host("silent")
    silent.isUp = false
    let hosts = [disabled, silent, NovaSample.host("fine")]
    #expect(try passed("ComputeFilter", request(), hosts) == ["fine"])
    // From the second server on only the filters that depend on the first ones run.
    #expect(try passed("ComputeFilter", request(), hosts, index: 1).count == 3)
  }

  @Test(arguments: [
    ("capabilities:cpu_info:vendor", "Intel", true), ("capabilities:cpu_info:vendor", "AMD", false),
    ("capabilities:hypervisor_version", ">= 8002000", true),
    ("capabilities:hypervisor_version", ">= 9000000", false),
    ("capabilities:free_lunch", "yes", false), ("free_lunch", "yes", true),
    ("vcpus_total", "= 32", true), ("vcpus_total", "= 65", false),
    ("capabilities:cpu_info:features", "<in> avx512f", true),
    ("capabilities:cpu_info:features", "<all-in> avx512f vmx", false),
    ("scs:cpu-type", "shared-core", true), ("trait:X", "required", true),
    ("hypervisor_type", "<or> QEMU <or> KVM", true), ("hypervisor_type", "s== KVM", false),
  ])
  func `capabilities are compared by operator`(
    key: String, demand: String, passes: Bool
  ) throws {
    var host = NovaSample.host("a")
    host.platform.capabilities["cpu_info:vendor"] = "Intel"
    host.platform.capabilities["cpu_info:features"] = "['aes', 'avx512f']"
    let found = try passed("ComputeCapabilitiesFilter", request([(key, demand)]), [host])
    #expect(found == (passes ? ["a"] : []))
  }

  @Test(arguments: [
    ("hw_architecture", "x86_64", true), ("hw_architecture", "AMD64", true),
    ("hw_architecture", "aarch64", false), ("img_hv_type", "qemu", true),
    ("img_hv_type", "xen", false), ("hw_vm_mode", "hvm", true), ("hw_vm_mode", "pv", false),
    ("hw_disk_bus", "scsi", true),
  ])
  func `images run where the hypervisor can`(key: String, value: String, passes: Bool) throws {
    var request = request()
    request.imageProperties[key] = value
    let found = try passed("ImagePropertiesFilter", request, [NovaSample.host("a")])
    #expect(found.isEmpty != passes)
  }

  @Test(arguments: [
    (">=8.0", true), (">=8.2.2,<9", true), ("<8.2.2", false), ("==8.2.2", true), ("!=8.2.2", false),
  ])
  func `images may ask for versions of the hypervisor`(range: String, passes: Bool) throws {
    var request = request()
    request.imageProperties["img_hv_type"] = "qemu"
    request.imageProperties["img_hv_requested_version"] = range
    let found = try passed("ImagePropertiesFilter", request, [NovaSample.host("a")])
    #expect(found.isEmpty != passes)
  }

  @Test func `anti-affinity counts members and lets the server itself stay`() throws {
    var hosts = ["none", "one", "two", "self"].map { NovaSample.host($0) }
    hosts[1].groupMembers = ["x"]
    hosts[2].groupMembers = ["y", "z"]
    hosts[3].groupMembers = ["vm", "w"]
    var request = request()
    request.group = NovaGroup(policy: "anti-affinity", members: ["vm", "w", "x", "y", "z"])
    #expect(try passed("ServerGroupAntiAffinityFilter", request, hosts) == ["none", "self"])
    request.group?.maxPerHost = 2
    #expect(try passed("ServerGroupAntiAffinityFilter", request, hosts) == ["none", "one", "self"])
  }

  @Test func `affinity keeps to the hosts of the group once it has some`() throws {
    let hosts = ["a", "b"].map { NovaSample.host($0) }
    var request = request()
    request.group = NovaGroup(policy: "affinity", members: ["vm"])
    #expect(try passed("ServerGroupAffinityFilter", request, hosts) == ["a", "b"])
    request.group?.hosts = ["b"]
    #expect(try passed("ServerGroupAffinityFilter", request, hosts) == ["b"])
  }

  @Test func `devices must match and suffice over all pools`() throws {
    var two = NovaSample.host("two")
    two.pools = (0..<2).map {
      NovaDevicePool(vendor: "10DE", product: "20b5", numaNode: $0, free: 1)
    }
    var other = NovaSample.host("other")
    other.pools = [NovaDevicePool(vendor: "10de", product: "2331", free: 8)]
    var hosts = [two, other, NovaSample.host("none")]
    for place in hosts.indices {
      hosts[place].candidates = [AllocationCandidate(root: "rp:" + hosts[place].name, shares: [])]
    }
    var request = request()
    request.devices = [NovaDeviceRequest(count: 2, specs: [NovaSample.gpu])]
    #expect(try passed("PciPassthroughFilter", request, hosts) == ["two"])
    request.devices[0].count = 3
    #expect(try passed("PciPassthroughFilter", request, hosts).isEmpty)
    request.devices = [
      NovaDeviceRequest(count: 1, specs: [NovaSample.gpu]),
      NovaDeviceRequest(count: 2, specs: [NovaSample.gpu]),
    ]
    #expect(try passed("PciPassthroughFilter", request, hosts).isEmpty)
    #expect(try passed("PciPassthroughFilter", self.request(), hosts).count == 3)
  }

  @Test func `metadata of aggregates answer extra specs`() throws {
    var large = NovaSample.host("large")
    large.aggregates = [
      NovaAggregate(name: "x", metadata: Properties([("memory_class", "small, large")]))
    ]
    let hosts = [large, NovaSample.host("plain")]
    let filter = "AggregateInstanceExtraSpecsFilter"
    let scoped = request([("aggregate_instance_extra_specs:memory_class", "large")])
    #expect(try passed(filter, scoped, hosts) == ["large"])
    #expect(try passed(filter, request([("memory_class", "<or> large")]), hosts) == ["large"])
    #expect(try passed(filter, request([("hw:cpu_policy", "shared")]), hosts).count == 2)
  }

  @Test func `ignored hosts are cut, a demanded one is kept, forced ones skip the filters`() throws
  {
    var down = NovaSample.host("Down")
    down.isUp = false
    let hosts = [NovaSample.host("a"), NovaSample.host("b"), down]
    var request = request()
    request.ignoredHosts = ["A"]
    #expect(try passed("ComputeFilter", request, hosts) == ["b"])
    request.demandedHost = "a"
    #expect(try passed("ComputeFilter", request, hosts).isEmpty)
    request = self.request()
    request.forcedHosts = ["down"]
    #expect(try passed("ComputeFilter", request, hosts) == ["Down"])
  }

  @Test func `counts of servers and of busy ones are bounded`() throws {
    var busy = NovaSample.host("busy")
    busy.ioOperations = 8
    busy.instances = 50
    let hosts = [busy, NovaSample.host("calm")]
    for filter in ["IoOpsFilter", "NumInstancesFilter"] {
      #expect(try passed(filter, request(), hosts) == ["calm"])
    }
    busy.aggregates = [
      NovaAggregate(
        name: "x",
        metadata: Properties([("max_io_ops_per_host", "9"), ("max_instances_per_host", "51")]))
    ]
    for filter in ["AggregateIoOpsFilter", "AggregateNumInstancesFilter"] {
      #expect(try passed(filter, request(), [busy, hosts[1]]) == ["busy", "calm"])
    }
  }
}
