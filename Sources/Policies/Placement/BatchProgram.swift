import CloudModel
import Optimization

/// The integer program of a batch on promising hosts.
///
///     minimise    refused vCPUs; where none are, hosts opened and room broken into
///     subject to  sum over hosts of y[t,h] + refused[t] = n[t]    every type
///                 sum over types of a[t,r] y[t,h] <= c[h,r]       every host and resource
///
/// with `c` times a variable where a host is empty. Devices are added up over a host, a relaxation, so
/// what the program says is packed and counted afterwards.
struct BatchProgram {
  private let batch: RequestBatch
  private let fleet: Fleet
  private var program = IntegerProgram(.minimize)
  private var cells: [(type: Int, host: Int, variable: IntegerProgram.Variable)] = []
  private var refused: [IntegerProgram.Variable] = []
  private var opened: [IntegerProgram.Variable] = []

  /// The program for hosts that best fit took and others that are tight.
  init(_ batch: RequestBatch, _ fleet: Fleet, greedy: BatchPacking) {
    self.batch = batch
    self.fleet = fleet
    addTypes()
    for host in Self.promising(batch, fleet, greedy) { addHost(host) }
  }

  /// How many of each type go to each host; nil if the solver says nothing better.
  mutating func solve(improvingOn refusedCPU: Int) -> [(type: Int, host: Int, count: Int)]? {
    guard !cells.isEmpty else { return nil }
    guard refusedCPU == 0 else {
      // Where somebody is refused, hosts to open are no matter.
      for (type, variable) in refused.enumerated() {
        program.setCost(weight(type), of: variable)
      }
      return outcome()?.values.map(counts)
    }
    for variable in refused { program.setBounds(lower: 0, upper: 0, of: variable) }
    preferFewHosts()
    return outcome()?.values.map(counts)
  }

  private func counts(_ values: [Double]) -> [(type: Int, host: Int, count: Int)] {
    cells.compactMap { cell in
      let count = Int(values[cell.variable.index])
      return count > 0 ? (cell.type, cell.host, count) : nil
    }
  }

  /// A few tree nodes within a fixed amount of work.
  private func outcome() -> Outcome? {
    var settings = SolverOptions()
    settings.nodeLimit = 30
    settings.iterationLimit = 600
    settings.relativeGap = 1e-3
    // Cuts cost more here than the nodes that they save.
    settings.generatesCuts = false
    return try? program.solve(settings)
  }

  /// Weights in vCPUs, so that the numbers of a program stay close together.
  private func weight(_ type: Int) -> Double {
    Double(BatchPacking.weight(of: batch.types[type])) / 1000
  }

  /// A host opened costs 1; all room broken into together less.
  private mutating func preferFewHosts() {
    for variable in opened { program.setCost(1, of: variable) }
    let costs = cells.map { cell -> Double in
      let host = cell.host
      let free =
        Double(fleet.freeMilliCPU[host]) * batch.scale.cpu
        + Double(fleet.freeMemoryMiB[host]) * batch.scale.memory
      return batch.size[cell.type] * free
    }
    let most = zip(cells, costs).reduce(0.0) {
      $0 + $1.1 * Double(batch.members[$1.0.type].count)
    }
    guard most > 0 else { return }
    for (cell, cost) in zip(cells, costs) { program.setCost(0.5 * cost / most, of: cell.variable) }
  }

  private var rows: [IntegerProgram.Constraint] {
    batch.types.indices.map { IntegerProgram.Constraint(index: $0) }
  }

  private mutating func addTypes() {
    for members in batch.members {
      let count = Double(members.count)
      let variable = program.addVariable(.integer, upper: count)
      refused.append(variable)
      program.addConstraint(.equal(count), [.init(1, variable)])
    }
  }

  private mutating func addHost(_ host: Int) {
    let first = cells.count
    for (type, request) in batch.types.enumerated() where fleet.fits(request, on: host) {
      let most = min(batch.members[type].count, copies(of: request, on: host))
      guard most > 0 else { continue }
      let variable = program.addVariable(.integer, upper: Double(most))
      program.add(1, variable, to: rows[type])
      cells.append((type, host, variable))
    }
    guard cells.count > first else { return }
    let members = Array(cells[first...])
    var open: IntegerProgram.Variable?
    if fleet.vmCount[host] == 0 {
      let variable = program.addVariable(.binary)
      opened.append(variable)
      open = variable
      // Without this a fraction of a host would hold a whole VM in the relaxation.
      for cell in members {
        let most = copies(of: batch.types[cell.type], on: host)
        program.addConstraint(
          .atMost(0), [.init(1, cell.variable), .init(-Double(most), variable)])
      }
    }
    for (room, demand) in amounts(on: host) where room > 0 {
      var terms = members.compactMap { cell -> IntegerProgram.Term? in
        let need = demand(batch.types[cell.type])
        return need > 0 ? .init(need, cell.variable) : nil
      }
      guard !terms.isEmpty else { continue }
      if let open { terms.append(.init(-room, open)) }
      program.addConstraint(.atMost(open == nil ? room : 0), terms)
    }
  }

  /// What a host has left of each resource, in vCPUs, GiB and devices, and what a request asks for.
  private func amounts(
    on host: Int
  ) -> [(room: Double, demand: (PlacementRequest) -> Double)] {
    let range = Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    let devices = range.reduce(0.0) { $0 + Double(max(0, fleet.deviceFree[$1])) }
    return [
      (Double(fleet.freeMilliCPU[host]) / 1000, { Double($0.milliCPU) / 1000 }),
      (Double(fleet.freeMemoryMiB[host]) / 1024, { Double($0.memoryMiB) / 1024 }),
      (Double(fleet.freeDiskGiB[host]), { Double($0.diskGiB) }),
      (
        devices / 1000,
        { $0.devices.reduce(0) { $0 + Double($1.count) * Double($1.share) / 1000 } }
      ),
    ]
  }

  /// How many requests of a type fit on a host at most.
  private func copies(of request: PlacementRequest, on host: Int) -> Int {
    var copies = 1e6
    for (room, demand) in amounts(on: host) where demand(request) > 0 {
      copies = min(copies, (room / demand(request) + 1e-9).rounded(.down))
    }
    return Int(max(0, copies))
  }

  private struct GroupKey: Hashable {
    let numbers: [Int32]
    let traits: UInt64
    let devices: [Int32]
  }

  private static let mostHosts = 20

  /// Hosts that best fit took, and for each type the tightest others; equal hosts are looked at once.
  private static func promising(
    _ batch: RequestBatch, _ fleet: Fleet, _ greedy: BatchPacking
  ) -> [Int] {
    var known: [GroupKey: Int] = [:]
    var groups: [[Int]] = []
    var groupOfHost = [Int](repeating: -1, count: fleet.count)
    for host in 0..<fleet.count where fleet.isOpen[host] {
      let key = key(of: host, fleet)
      let group = known[key] ?? groups.count
      if group == groups.count {
        known[key] = group
        groups.append([])
      }
      groups[group].append(host)
      groupOfHost[host] = group
    }
    let tight = groups.map { hosts -> Double in
      Double(fleet.freeMilliCPU[hosts[0]]) * batch.scale.cpu
        + Double(fleet.freeMemoryMiB[hosts[0]]) * batch.scale.memory
    }
    // Hosts of a group are equal, so the first ones stand for those that best fit took.
    var chosen = [Int](repeating: 0, count: groups.count)
    for host in Set(greedy.hosts.lazy.flatMap { $0 }).sorted().prefix(mostHosts * 2 / 3) {
      chosen[groupOfHost[Int(host)]] += 1
    }
    var left = mostHosts - chosen.reduce(0, +)
    let byTightness = groups.indices.sorted { (tight[$0], $0) < (tight[$1], $1) }
    for request in batch.types {
      for group in byTightness.lazy.filter({ fleet.fits(request, on: groups[$0][0]) }).prefix(3)
      where left > 0 && chosen[group] == 0 {
        chosen[group] = 1
        left -= 1
      }
    }
    return zip(groups, chosen).flatMap { hosts, count in hosts.prefix(count) }.sorted()
  }

  private static func key(of host: Int, _ fleet: Fleet) -> GroupKey {
    let range = Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    return GroupKey(
      numbers: [
        fleet.freeMilliCPU[host], fleet.freeMemoryMiB[host], fleet.freeDiskGiB[host],
        fleet.largestMilliCPU[host], fleet.largestMemoryMiB[host], fleet.zone[host],
        fleet.vmCount[host] == 0 ? 0 : 1,
      ], traits: fleet.traitBits[host],
      devices: range.flatMap { [Int32(fleet.deviceType[$0]), fleet.deviceFree[$0]] })
  }
}
