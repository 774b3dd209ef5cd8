import CloudModel
import Simulator

/// A placement by linear scans and plain tables: slow and obvious.
struct LinearPlacement {
  struct RunningVM {
    var host: Int
    var request: Int
    var end: Int64
    var key: Int32
    var order: Int
    var devices: [(device: Int, share: Int32)]
  }

  /// Sorts hosts that fit, best first; what it leaves equal goes to the host that changed last.
  typealias Ranking = (LinearPlacement, PlacementRequest, [Int]) -> [Int]

  var fleet: Fleet
  let requests: [PlacementRequest]
  let ranking: Ranking
  let accepts: (Fleet, Int, PlacementRequest) -> Bool
  var running: [RunningVM] = []
  /// When each host changed last, as a count; host 0 is taken to have changed last at the start.
  var changed: [Int]
  var changes = 0
  let partition: [Int]
  var decisions: [Int32] = []
  var refusals: [PlacementRefusal: Int] = [:]
  var blocked: [Int: PlacementRefusal] = [:]
  var departures = 0
  var resized = (inPlace: 0, moved: 0, refused: 0)
  var now: Int64 = 0
  var arrivals = 0
  /// Integrals of virtual CPUs, memory and disk by zone, of hosts in use and of devices by type.
  var integrals: [[Int64]]
  var deviceIntegrals: [Int64]
  var hostIntegral: Int64 = 0
  var peakVMs = 0

  init(
    fleet: Fleet, requests: [PlacementRequest], ranking: @escaping Ranking,
    accepts: @escaping (Fleet, Int, PlacementRequest) -> Bool = { _, _, _ in true }
  ) {
    self.fleet = fleet
    self.requests = requests
    self.ranking = ranking
    self.accepts = accepts
    changed = (0..<fleet.count).map { -$0 }
    integrals = [[Int64]](repeating: [0, 0, 0], count: fleet.zones.count)
    deviceIntegrals = [Int64](repeating: 0, count: fleet.deviceTypes.count)
    var seen: [[UInt64]] = []
    partition = (0..<fleet.count).map { host in
      let hasDevices = fleet.deviceStart[host + 1] > fleet.deviceStart[host]
      let word = [UInt64(fleet.zone[host]), fleet.traitBits[host], hasDevices ? 1 : 0]
      if let known = seen.firstIndex(of: word) { return known }
      seen.append(word)
      return seen.count - 1
    }
    peakVMs = vmCount
  }

  var vmCount: Int { fleet.vmCount.reduce(0) { $0 + Int($1) } }

  mutating func take(_ event: ListedEvent) {
    finish(through: event.time)
    wait(until: event.time)
    switch event.kind {
    case .arrival: arrive(event)
    case .departure:
      if let place = running.firstIndex(where: { $0.key == event.key }) { end(place) }
    case .resize:
      if let place = running.firstIndex(where: { $0.key == event.key }) {
        resize(place, to: Int(event.request))
      }
    }
  }

  /// Ends the VMs whose time has come.
  mutating func finish(through time: Int64) {
    while let next = running.indices.filter({ running[$0].end <= time }).min(by: {
      (running[$0].end, running[$0].order) < (running[$1].end, running[$1].order)
    }) {
      wait(until: running[next].end)
      end(next)
    }
  }

  mutating func wait(until time: Int64) {
    let length = time - now
    now = time
    for host in 0..<fleet.count {
      let zone = Int(fleet.zone[host])
      integrals[zone][0] += length * Int64(fleet.capacityMilliCPU[host] - fleet.freeMilliCPU[host])
      integrals[zone][1] +=
        length * Int64(fleet.capacityMemoryMiB[host] - fleet.freeMemoryMiB[host])
      integrals[zone][2] += length * Int64(fleet.capacityDiskGiB[host] - fleet.freeDiskGiB[host])
      if fleet.vmCount[host] > 0 { hostIntegral += length }
    }
    for device in fleet.deviceFree.indices {
      deviceIntegrals[Int(fleet.deviceType[device])] +=
        length * Int64(1000 - fleet.deviceFree[device])
    }
  }

  /// Takes an arrival on a host that was chosen elsewhere; -1 refuses it.
  mutating func force(_ event: ListedEvent, on host: Int) {
    finish(through: event.time)
    wait(until: event.time)
    arrive(event, on: host < 0 ? nil : host)
  }

  private mutating func arrive(_ event: ListedEvent) {
    arrive(event, on: place(Int(event.request)))
  }

  private mutating func arrive(_ event: ListedEvent, on host: Int?) {
    let request = Int(event.request)
    arrivals += 1
    decisions.append(Int32(host ?? -1))
    guard let host else { return refuse(request) }
    var vm = RunningVM(
      host: host, request: request, end: event.life < 0 ? .max : now + event.life, key: event.key,
      order: arrivals, devices: [])
    hold(&vm, sign: 1)
    running.append(vm)
    peakVMs = max(peakVMs, vmCount)
  }

  private mutating func refuse(_ request: Int) {
    let anyFits = (0..<fleet.count).contains { fits(request, on: $0) }
    let reason = anyFits ? .policy : blocked[request] ?? diagnosis(request)
    refusals[reason, default: 0] += 1
    if !anyFits { blocked[request] = reason }
  }

  private mutating func end(_ place: Int) {
    var vm = running.remove(at: place)
    hold(&vm, sign: -1)
    departures += 1
    unblock()
  }

  private mutating func resize(_ place: Int, to request: Int) {
    var vm = running[place]
    let saved = (fleet, changed, changes)
    let old = vm
    let wasOpen = fleet.isOpen[vm.host]
    hold(&vm, sign: -1)
    fleet.isOpen[vm.host] = true
    let keeps = requests[old.request].devices == requests[request].devices
    let fits = fits(request, on: vm.host)
    if fits {
      fleet.isOpen[vm.host] = wasOpen
      vm.request = request
      hold(&vm, sign: 1, keeping: keeps ? old.devices : nil)
      changes = saved.2 + 1
      changed[vm.host] = changes
      resized.inPlace += 1
    } else {
      (fleet, changed, changes) = saved
      vm = old
      guard let target = self.place(request), target != vm.host else {
        resized.refused += 1
        return
      }
      hold(&vm, sign: -1)
      vm.host = target
      vm.request = request
      hold(&vm, sign: 1)
      resized.moved += 1
    }
    running[place] = vm
    peakVMs = max(peakVMs, vmCount)
    unblock()
  }

  private mutating func unblock() {
    for request in blocked.keys.sorted()
    where (0..<fleet.count).contains(where: { fits(request, on: $0) }) {
      blocked[request] = nil
    }
  }

  /// Takes what a VM asks for off its host, or gives it back.
  private mutating func hold(
    _ vm: inout RunningVM, sign: Int32, keeping: [(device: Int, share: Int32)]? = nil
  ) {
    let request = requests[vm.request]
    fleet.freeMilliCPU[vm.host] -= sign * request.milliCPU
    fleet.freeMemoryMiB[vm.host] -= sign * request.memoryMiB
    fleet.freeDiskGiB[vm.host] -= sign * request.diskGiB
    fleet.vmCount[vm.host] += sign
    if sign > 0 { vm.devices = keeping ?? devices(for: request, on: vm.host) ?? [] }
    for (device, share) in vm.devices { fleet.deviceFree[device] -= sign * share }
    changes += 1
    changed[vm.host] = changes
  }

  private func place(_ request: Int) -> Int? {
    let hosts = (0..<fleet.count).filter {
      fits(request, on: $0) && accepts(fleet, $0, requests[request])
    }
    return ranking(self, requests[request], hosts.sorted { changed[$0] > changed[$1] }).first
  }

  func fits(_ request: Int, on host: Int) -> Bool {
    fleet.fits(requests[request], on: host) && devices(for: requests[request], on: host) != nil
  }

  /// Devices for a request, each used once: the least left that suffices, of equal ones the first.
  private func devices(
    for request: PlacementRequest, on host: Int
  ) -> [(device: Int, share: Int32)]? {
    var chosen: [(device: Int, share: Int32)] = []
    for demand in request.devices {
      for _ in 0..<demand.count {
        let usable = (Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])).filter {
          device in
          demand.types & 1 << UInt64(fleet.deviceType[device]) != 0
            && fleet.deviceFree[device] >= demand.share
            && !chosen.contains { $0.device == device }
        }
        guard let best = usable.min(by: { fleet.deviceFree[$0] < fleet.deviceFree[$1] }) else {
          return nil
        }
        chosen.append((best, demand.share))
      }
    }
    return chosen
  }

  private func diagnosis(_ id: Int) -> PlacementRefusal {
    let request = requests[id]
    let open = (0..<fleet.count).filter { fleet.isOpen[$0] }
    let near = open.filter { request.zone < 0 || fleet.zone[$0] == request.zone }
    let alike = near.filter {
      fleet.traitBits[$0] & request.requiredTraits == request.requiredTraits
        && fleet.traitBits[$0] & request.forbiddenTraits == 0
    }
    let large = alike.filter {
      fleet.largestMilliCPU[$0] >= request.milliCPU
        && fleet.largestMemoryMiB[$0] >= request.memoryMiB
    }
    let lists = [open, near, alike, large]
    let reasons: [PlacementRefusal] = [.out, .zone, .trait, .size]
    for (list, reason) in zip(lists, reasons) where list.isEmpty { return reason }
    if !large.contains(where: { devices(for: request, on: $0) != nil }) { return .device }
    if !large.contains(where: { fleet.freeMemoryMiB[$0] >= request.memoryMiB }) { return .memory }
    if !large.contains(where: { fleet.freeMilliCPU[$0] >= request.milliCPU }) { return .vcpu }
    if !large.contains(where: { fleet.freeDiskGiB[$0] >= request.diskGiB }) { return .disk }
    return .fragmented
  }
}
