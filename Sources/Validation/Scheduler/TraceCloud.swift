import Policies

/// The cloud of a trace as its steps change it: Placement's state, servers, services.
struct TraceCloud {
  /// A server that runs.
  struct Server {
    var host: String
    var flavor: NovaFlavor
    var devices: [NovaDeviceRequest]
    var image: String?
  }

  let header: SchedulerTrace.Header
  private(set) var ledger: ResourceLedger
  private(set) var servers: [String: Server] = [:]
  private(set) var disabled: Set<String>
  /// The last live migration to each host that it has not been seen to know of.
  private(set) var liveArrivals: [String: (server: String, step: Int)] = [:]
  private let scheduler: FilterScheduler

  init(_ header: SchedulerTrace.Header, _ scheduler: FilterScheduler) {
    self.header = header
    self.scheduler = scheduler
    ledger = header.ledger
    disabled = header.disabled
    for consumer in ledger.consumers {
      guard let server = Self.server(holding: ledger.allocations(of: consumer), ledger) else {
        continue
      }
      servers[consumer] = server
    }
  }

  /// A server that ran before the first step is known by what it holds alone.
  private static func server(
    holding allocations: [ResourceAllocation], _ ledger: ResourceLedger
  ) -> Server? {
    guard let first = allocations.first, let root = ledger.root(of: first.provider) else {
      return nil
    }
    let amounts = allocations.flatMap(\.amounts)
    func amount(_ resource: String) -> Int {
      amounts.first { $0.resource == resource }?.amount ?? 0
    }
    return Server(
      host: SchedulerTrace.host(ofProvider: root),
      flavor: NovaFlavor(
        name: "", vcpus: amount("VCPU"), memoryMiB: amount("MEMORY_MB"),
        rootGiB: amount("DISK_GB")), devices: [], image: nil)
  }

  /// The request of a decision with what its record leaves out: the image's traits, and the zone's
  /// aggregates where the record does not have them.
  func completed(_ request: NovaRequest, of step: SchedulerTrace.Step) -> NovaRequest {
    var request = request
    let image = step.operation.isMove ? servers[step.name]?.image : step.image
    if let image { request.imageTraits = header.imageTraits[image] ?? [] }
    if let zone = request.zone {
      let inZone = header.aggregates.filter { $0.zone == zone }
        .map { "agg:" + $0.aggregate.name }.sorted()
      if !inZone.isEmpty, !request.aggregates.contains(where: { $0.sorted() == inZone }) {
        request.aggregates.append(inZone)
      }
    }
    return request
  }

  /// While a server moves, the migration holds its source.
  mutating func begin(_ step: SchedulerTrace.Step) {
    if step.operation.isMove { ledger.rename(step.name, to: Self.migration(of: step.name)) }
  }

  /// What a step leaves behind, by its record.
  mutating func finish(_ step: SchedulerTrace.Step) {
    switch step.operation {
    case .boot, .multi: boot(step)
    case .live, .cold: move(step)
    case .delete:
      ledger.release(step.name)
      servers[step.name] = nil
    case .stop: break
    case .disable, .enable:
      guard let host = step.host else { return }
      let isDisabled = step.operation == .disable
      if isDisabled { disabled.insert(host) } else { disabled.remove(host) }
      ledger.setTrait(
        "COMPUTE_STATUS_DISABLED", isDisabled, of: SchedulerTrace.provider(ofHost: host))
    }
  }

  private static func migration(of server: String) -> String { "migration of " + server }

  private mutating func boot(_ step: SchedulerTrace.Step) {
    for (name, host) in step.running {
      guard
        let decision = step.decisions.last(where: { $0.request.servers.contains(name) })
      else { continue }
      ledger.assign(allocations(of: name, on: host, decision, step), to: name)
      servers[name] = Server(
        host: host, flavor: decision.request.flavor, devices: decision.request.devices,
        image: step.image)
    }
  }

  /// A cold migration claims devices twice: the scheduler in Placement, and the compute service of
  /// the target, which does not look at that and takes the first free ones. Placement is then told
  /// of the latter too and keeps both until the server goes.
  ///
  /// **Source**: Nova 34.0.0, `_move_claim` in `nova/compute/resource_tracker.py` and
  /// `update_allocations` in `nova/compute/pci_placement_translator.py`.
  private func devicesTakenByTarget(
    _ host: String, _ decision: SchedulerTrace.Decision, claimed: [ResourceAllocation]
  ) -> [ResourceAllocation] {
    guard header.configuration.pciInPlacement, !decision.request.devices.isEmpty,
      let before = decision.rounds.first?.hosts.first(where: { $0.name == host })?.pools
    else { return [] }
    var after = before
    after.take(decision.request.devices)
    let left = Set(after.filter { $0.free > 0 }.compactMap(\.provider))
    return before.filter { $0.free > 0 }.compactMap(\.provider).filter { provider in
      !left.contains(provider) && !claimed.contains { $0.provider == provider }
    }.compactMap { provider in
      guard let place = ledger.place(of: provider),
        let resource = ledger.providers[place].inventories.first?.resource
      else { return nil }
      return ResourceAllocation(provider: provider, amounts: [ResourceAmount(resource, 1)])
    }
  }

  private mutating func move(_ step: SchedulerTrace.Step) {
    let migration = Self.migration(of: step.name)
    guard let host = step.host, host != step.source, let decision = step.decisions.last else {
      ledger.rename(migration, to: step.name)
      return
    }
    ledger.release(migration)
    var held = allocations(of: step.name, on: host, decision, step)
    if step.operation == .cold { held += devicesTakenByTarget(host, decision, claimed: held) }
    ledger.assign(held, to: step.name)
    servers[step.name]?.host = host
    if step.operation == .live { liveArrivals[host] = (step.name, step.number) }
  }

  /// What a server was granted on a host; after a retry on an alternate, of which no claim is
  /// recorded, the first candidate there.
  private func allocations(
    of server: String, on host: String, _ decision: SchedulerTrace.Decision,
    _ step: SchedulerTrace.Step
  ) -> [ResourceAllocation] {
    let granted = decision.claims.last {
      $0.server == server && $0.host == host && $0.isGranted
    }
    if let granted { return granted.allocations }
    let query = ResourceQuery(
      completed(decision.request, of: step), scheduler.configuration,
      providerOfHost: SchedulerTrace.provider(ofHost:))
    let root = SchedulerTrace.provider(ofHost: host)
    return ledger.candidates(for: query).first { $0.root == root }?.allocations ?? []
  }

  /// Notes that a host was seen to know of all its servers.
  mutating func noteUpToDate(_ host: String) { liveArrivals[host] = nil }

  /// A host as a scheduler sees it that learns of everything at once; what only services know (busy
  /// servers, failed builds, the scheduler's own list of servers) is left empty.
  func state(of name: String) -> NovaHostState {
    var state = NovaHostState(name: name)
    guard let host = header.hosts[name] else { return state }
    let here = servers.keys.sorted().filter { servers[$0]?.host == name }
    state.vcpus = host.vcpus
    state.totalMemoryMiB = host.memoryMiB
    state.totalDiskGiB = host.diskGiB
    state.hypervisorVersion = host.hypervisorVersion
    state.platform = host.platform
    state.isDisabled = disabled.contains(name)
    state.aggregates = header.aggregates.filter { $0.hosts.contains(name) }.map(\.aggregate)
    state.cpuRatio = inventory("VCPU", of: name)?.ratio ?? 1
    state.memoryRatio = inventory("MEMORY_MB", of: name)?.ratio ?? 1
    state.diskRatio = inventory("DISK_GB", of: name)?.ratio ?? 1
    state.freeMemoryMiB = host.memoryMiB - (inventory("MEMORY_MB", of: name)?.reserved ?? 0)
    state.freeDiskMiB = (host.diskGiB - (inventory("DISK_GB", of: name)?.reserved ?? 0)) * 1024
    for flavor in here.compactMap({ servers[$0]?.flavor }) {
      state.freeMemoryMiB -= flavor.memoryMiB
      state.freeDiskMiB -=
        (flavor.rootGiB + flavor.ephemeralGiB + (flavor.swapMiB + 1023) / 1024) * 1024
      state.usedVCPUs += flavor.vcpus
    }
    state.pools = freeDevices(of: host, here)
    return state
  }

  private func inventory(_ resource: String, of host: String) -> ResourceInventory? {
    guard let place = ledger.place(of: SchedulerTrace.provider(ofHost: host)) else { return nil }
    return ledger.providers[place].inventories.first { $0.resource == resource }
  }

  /// Devices that Placement knows are free if nobody holds them there; others are given to the
  /// servers in turn.
  private func freeDevices(of host: SchedulerTrace.Host, _ here: [String]) -> [NovaDevicePool] {
    var tracked: [NovaDevicePool] = []
    var others: [NovaDevicePool] = []
    for device in host.devices {
      if let place = device.provider.flatMap(ledger.place(of:)) {
        let inventories = ledger.providers[place].inventories.indices
        if inventories.allSatisfy({ ledger.used($0, of: place) == 0 }) { tracked.append(device) }
      } else {
        var device = device
        device.provider = nil
        others.append(device)
      }
    }
    if !others.isEmpty {
      for server in here { others.take(servers[server]?.devices ?? []) }
    }
    return tracked + others
  }
}
