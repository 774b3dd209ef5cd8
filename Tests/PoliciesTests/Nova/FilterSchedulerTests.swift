import CloudModel
import Policies
import Stochastics
import Testing

/// Whole calls of the scheduler: claims, several servers, alternates, chance.
struct FilterSchedulerTests {
  private func decide(
    _ request: NovaRequest, _ hosts: [NovaHostState], _ ledger: inout ResourceLedger,
    _ scheduler: FilterScheduler, draws: UInt64 = 1
  ) -> NovaDecision {
    let candidates = Dictionary(
      grouping: ledger.candidates(for: NovaSample.query(request, scheduler.configuration))
    ) { $0.root }
    let offered = hosts.compactMap { host -> NovaHostState? in
      var host = host
      host.candidates = candidates["rp:" + host.name] ?? []
      return host.candidates.isEmpty ? nil : host
    }
    var chance = DrawnChance(
      RandomStream(seed: draws, replication: 0, purpose: .policies))
    return scheduler.decide(request, over: offered, in: &ledger, by: &chance)
  }

  @Test func `the best host is claimed and the next two are alternates`() throws {
    let hosts = (1...4).map { NovaSample.host("h\($0)", memoryMiB: 1000 * $0) }
    var ledger = ResourceLedger(hosts.map { NovaSample.provider($0.name) })
    let request = NovaRequest(servers: ["vm"], flavor: NovaSample.flavor())
    let decision = decide(request, hosts, &ledger, try NovaSample.scheduler())
    #expect(decision.selected == [["h4", "h3", "h2"]])
    #expect(decision.claims.map(\.host) == ["h4"] && decision.claims[0].isGranted)
    #expect(ledger.allocations(of: "vm").map(\.provider) == ["rp:h4"])
  }

  @Test func `no candidates, no round`() throws {
    var ledger = ResourceLedger([NovaSample.provider("a", memoryMiB: 10)])
    let request = NovaRequest(servers: ["vm"], flavor: NovaSample.flavor())
    let decision = decide(
      request, [NovaSample.host("a")], &ledger, try NovaSample.scheduler())
    #expect(decision.rounds.isEmpty && decision.selected == nil)
  }

  @Test func `several servers spread by what the ones before them take`() throws {
    let hosts = ["a", "b"].map { NovaSample.host($0) }
    var ledger = ResourceLedger(hosts.map { NovaSample.provider($0.name) })
    let request = NovaRequest(
      servers: ["vm-1", "vm-2", "vm-3"], flavor: NovaSample.flavor(vcpus: 4, memoryMiB: 8192))
    let decision = decide(request, hosts, &ledger, try NovaSample.scheduler())
    // After the second both hosts are equal again, and the one chosen last comes in first.
    #expect(decision.selected?.map { $0[0] } == ["a", "b", "b"])
    // One round for each server and one more for the alternates, of which none is left.
    #expect(decision.rounds.map(\.index) == [0, 1, 2, 2])
    #expect(decision.selected?.allSatisfy { $0.count == 1 } == true)
    #expect(decision.rounds[1].hosts[0].freeMemoryMiB == 262_144 - 8192)
    #expect(decision.rounds[1].hosts[0].ioOperations == 1)
  }

  @Test func `a claim that fails gives back those before it`() throws {
    // As in a trace of a real Nova: a host that is too full for the second server is noticed only
    // when its claim fails, for candidates are asked for once.
    let hosts = [NovaSample.host("a", memoryMiB: 40_000)]
    var ledger = ResourceLedger([NovaSample.provider("a", memoryMiB: 40_000)])
    let request = NovaRequest(
      servers: ["vm-1", "vm-2"], flavor: NovaSample.flavor(vcpus: 8, memoryMiB: 32_768))
    let decision = decide(request, hosts, &ledger, try NovaSample.scheduler())
    #expect(decision.selected == nil && decision.rounds.count == 2)
    #expect(decision.claims.map(\.isGranted) == [true, false])
    #expect(ledger.consumers.isEmpty)
    #expect(ledger == ResourceLedger([NovaSample.provider("a", memoryMiB: 40_000)]))
  }

  @Test func `a host that is too full is passed over for the next`() throws {
    // The scheduler believes in more memory on `a` than Placement has left.
    let hosts = [NovaSample.host("a"), NovaSample.host("b", memoryMiB: 100_000)]
    var ledger = ResourceLedger([
      NovaSample.provider("a", memoryMiB: 40_000), NovaSample.provider("b"),
    ])
    let request = NovaRequest(
      servers: ["vm-1", "vm-2"], flavor: NovaSample.flavor(memoryMiB: 32_768))
    let scheduler = try NovaSample.scheduler(weighers: ["RAMWeigher"])
    let decision = decide(request, hosts, &ledger, scheduler)
    #expect(decision.selected?.map { $0[0] } == ["a", "b"])
    #expect(decision.claims.map(\.host) == ["a", "a", "b"])
  }

  @Test func `a group of several servers grows as they are placed`() throws {
    let hosts = ["a", "b"].map { NovaSample.host($0) }
    var ledger = ResourceLedger(hosts.map { NovaSample.provider($0.name) })
    var request = NovaRequest(servers: ["vm-1", "vm-2", "vm-3"], flavor: NovaSample.flavor())
    request.group = NovaGroup(policy: "anti-affinity", members: request.servers)
    var decision = decide(request, hosts, &ledger, try NovaSample.scheduler())
    #expect(decision.selected == nil && decision.claims.map(\.host) == ["a", "b"])
    request.group?.policy = "affinity"
    decision = decide(request, hosts, &ledger, try NovaSample.scheduler())
    #expect(decision.selected?.map { $0[0] } == ["a", "a", "a"])
  }

  @Test func `tracked devices are used up one server after the other`() throws {
    var host = NovaSample.host("a")
    host.pools = (1...2).map {
      NovaDevicePool(vendor: "10de", product: "20b5", free: 1, provider: "rp:a_\($0)")
    }
    var ledger = ResourceLedger(
      [NovaSample.provider("a")] + (1...2).map { NovaSample.device($0, of: "a") })
    var request = NovaRequest(servers: ["vm-1", "vm-2"], flavor: NovaSample.flavor())
    request.devices = [NovaDeviceRequest(count: 1, specs: [NovaSample.gpu])]
    let scheduler = try NovaSample.scheduler(
      filters: ["PciPassthroughFilter"], [("filter_scheduler.pci_in_placement", "True")])
    let decision = decide(request, [host], &ledger, scheduler)
    let used = decision.claims.flatMap { $0.allocations.map(\.provider) }
    #expect(used == ["rp:a", "rp:a_1", "rp:a", "rp:a_2"])
    #expect(decision.selected == [["a"], ["a"]])
    // The round for alternates finds no candidate left on the only host.
    #expect(decision.rounds.count == 3 && decision.rounds[2].passed.isEmpty)
  }

  @Test func `a subset draws among the best and shuffling among equals only`() throws {
    let hosts =
      ["a", "b", "c"].map { NovaSample.host($0) } + [NovaSample.host("d", memoryMiB: 5000)]
    let request = NovaRequest(servers: ["vm"], flavor: NovaSample.flavor())
    func chosen(_ setting: String, _ value: String) throws -> Set<String> {
      let scheduler = try NovaSample.scheduler([(setting, value)])
      return Set(
        (1...64 as ClosedRange<UInt64>).compactMap { draw in
          var ledger = ResourceLedger(hosts.map { NovaSample.provider($0.name) })
          return decide(request, hosts, &ledger, scheduler, draws: draw).selected?[0][0]
        })
    }
    #expect(try chosen("host_subset_size", "1") == ["a"])
    #expect(try chosen("host_subset_size", "2") == ["a", "b"])
    #expect(try chosen("host_subset_size", "9") == ["a", "b", "c", "d"])
    #expect(try chosen("shuffle_best_same_weighed_hosts", "true") == ["a", "b", "c"])
  }

  @Test func `settings are read by name and others are refused`() throws {
    var configuration = try NovaConfiguration(release: "2026.2")
    try configuration.set("filter_scheduler.ram_weight_multiplier", to: "-2.5")
    try configuration.set("metrics.weight_multiplier", to: "2")
    try configuration.set("enabled_filters", to: "ComputeFilter, AllHostsFilter")
    #expect(configuration.multiplier("ram_weight_multiplier") == -2.5)
    #expect(configuration.multiplier("metrics_weight_multiplier") == 2)
    #expect(configuration.enabledFilters == ["ComputeFilter", "AllHostsFilter"])
    #expect(throws: NovaError.release("33")) { try NovaConfiguration(release: "33") }
    #expect(throws: NovaError.unknownSetting("luck")) { try configuration.set("luck", to: "1") }
    #expect(
      throws: NovaError.value(
        setting: "host_subset_size", found: "0", allowed: "a whole number from 1")
    ) { try configuration.set("host_subset_size", to: "0") }
    #expect(throws: NovaError.notModelled(setting: "isolated_hosts", found: "a")) {
      try configuration.set("isolated_hosts", to: "a")
    }
  }
}
