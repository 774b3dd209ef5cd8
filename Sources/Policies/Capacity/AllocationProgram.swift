import CloudModel
import Optimization

/// The linear program behind `AllocationBound`.
///
/// A cell is a type of request on a kind of host with one type of device; a request whose devices
/// may be of several types has a cell for each, which lets it mix them.
struct AllocationProgram {
  private struct Cell {
    let request: Int
    let kind: Int
    /// The type of device that it takes; -1 for none.
    let type: Int
    let variable: IntegerProgram.Variable
  }

  private struct KindKey: Hashable {
    let numbers: [Int32]
    let traits: UInt64
    let types: [UInt8]
  }

  private let fleet: Fleet
  private let table: [(request: PlacementRequest, count: Int)]
  private var program = IntegerProgram(.maximize)
  private var cells: [Cell] = []
  /// The hosts of each kind.
  private var kinds: [[Int]] = []

  init(_ fleet: Fleet, _ table: [(request: PlacementRequest, count: Int)]) {
    self.fleet = fleet
    self.table = table
    collectKinds()
    for entry in table { program.addConstraint(.atMost(Double(entry.count))) }
    for kind in kinds.indices { addKind(kind) }
  }

  /// The thousandths of devices that one request takes.
  static func shares(of request: PlacementRequest) -> Int64 {
    request.devices.reduce(0) { $0 + Int64($1.count) * Int64($1.share) }
  }

  /// The most thousandths of devices of a type, or of all.
  mutating func most(ofType type: Int?) -> Int64 {
    let value = maximum(
      cells.map { cell in
        guard cell.type >= 0, type == nil || cell.type == type else { return 0 }
        return Double(Self.shares(of: table[cell.request].request)) / 1000
      })
    return value.map { Int64(($0 * 1000 + 0.01).rounded(.down)) } ?? .max
  }

  /// The most requests.
  var mostRequests: Int {
    mutating get { maximum(cells.map { _ in 1 }).map { Int(($0 + 1e-4).rounded(.down)) } ?? .max }
  }

  private mutating func maximum(_ costs: [Double]) -> Double? {
    guard !cells.isEmpty else { return 0 }
    for (cell, cost) in zip(cells, costs) { program.setCost(cost, of: cell.variable) }
    guard let outcome = try? program.solve(.relaxation), outcome.status == .optimal else {
      return nil
    }
    // The solver's values are good to about 1e-7 of their size.
    return outcome.objective.map { $0 * (1 + 1e-7) }
  }

  /// Hosts share a kind if the same requests may use them and they have devices of the same types.
  private mutating func collectKinds() {
    var known: [KindKey: Int] = [:]
    for host in 0..<fleet.count where fleet.isOpen[host] {
      let key = KindKey(
        numbers: [
          fleet.kind[host], fleet.zone[host], fleet.largestMilliCPU[host],
          fleet.largestMemoryMiB[host],
        ], traits: fleet.traitBits[host],
        types: Set(devices(of: host).map { fleet.deviceType[$0] }).sorted())
      if let kind = known[key] {
        kinds[kind].append(host)
      } else {
        known[key] = kinds.count
        kinds.append([host])
      }
    }
  }

  private func devices(of host: Int) -> Range<Int> {
    Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
  }

  private func free(_ host: Int) -> [Int64] {
    [fleet.freeMilliCPU[host], fleet.freeMemoryMiB[host], fleet.freeDiskGiB[host]].map {
      Int64(max(0, $0))
    }
  }

  private func demand(_ request: PlacementRequest) -> [Int64] {
    [request.milliCPU, request.memoryMiB, request.diskGiB].map(Int64.init)
  }

  private mutating func addKind(_ kind: Int) {
    let first = cells.count
    for (index, entry) in table.enumerated() {
      let room = kinds[kind].reduce(0) { $0 + copies(of: entry.request, on: $1) }
      guard room > 0 else { continue }
      let types = usableTypes(of: entry.request, kind)
      let upper = Double(min(room, entry.count))
      for type in types {
        let variable = program.addVariable(.continuous, upper: upper)
        program.add(1, variable, to: IntegerProgram.Constraint(index: index))
        cells.append(Cell(request: index, kind: kind, type: type, variable: variable))
      }
    }
    let members = Array(cells[first...])
    for resource in 0..<3 {
      let room = kinds[kind].reduce(Int64(0)) { $0 + free($1)[resource] }
      addRow(
        Double(room), members,
        members.map { Double(demand(table[$0.request].request)[resource]) })
    }
    addSizeRows(kind, members)
    addDeviceRows(kind, members)
  }

  /// The types of devices on a kind that a request may take from; -1 stands for no device.
  private func usableTypes(of request: PlacementRequest, _ kind: Int) -> [Int] {
    guard !request.devices.isEmpty else { return [-1] }
    let mask = request.devices.reduce(UInt64(0)) { $0 | $1.types }
    let present = Set(devices(of: kinds[kind][0]).map { Int(fleet.deviceType[$0]) }).sorted()
    return present.filter { mask >> UInt64($0) & 1 == 1 }
  }

  /// How many requests of a type one host takes if it takes nothing else; no less than that.
  private func copies(of request: PlacementRequest, on host: Int) -> Int {
    guard fleet.largestMilliCPU[host] >= request.milliCPU,
      fleet.largestMemoryMiB[host] >= request.memoryMiB,
      request.zone < 0 || fleet.zone[host] == request.zone,
      fleet.traitBits[host] & request.requiredTraits == request.requiredTraits,
      fleet.traitBits[host] & request.forbiddenTraits == 0
    else { return 0 }
    var copies = Int64(1_000_000)
    for (need, amount) in zip(demand(request), free(host)) where need > 0 {
      copies = min(copies, amount / need)
    }
    for demand in request.devices where demand.share > 0 {
      let units = devices(of: host).reduce(Int64(0)) { sum, device in
        guard demand.types >> UInt64(fleet.deviceType[device]) & 1 == 1 else { return sum }
        return sum + Int64(max(0, fleet.deviceFree[device])) / Int64(demand.share)
      }
      copies = min(copies, units / Int64(max(1, demand.count)))
    }
    return Int(copies)
  }

  /// For each size asked for, in vCPUs and memory: a host has a whole number of places of the size.
  private mutating func addSizeRows(_ kind: Int, _ members: [Cell]) {
    var sizes: Set<[Int64]> = []
    for cell in members {
      let amounts = demand(table[cell.request].request)
      sizes.formUnion([[amounts[0], 0], [0, amounts[1]], [amounts[0], amounts[1]]])
    }
    func places(_ size: [Int64], in amounts: [Int64]) -> Int64 {
      min(
        size[0] > 0 ? amounts[0] / size[0] : .max, size[1] > 0 ? amounts[1] / size[1] : .max)
    }
    let usable = sizes.filter { $0[0] > 0 || $0[1] > 0 }
    // The large sizes are those that walls stop; a long table must not make the program square.
    for size in usable.sorted(by: { ($0[0], $0[1]) > ($1[0], $1[1]) }).prefix(24) {
      let room = kinds[kind].reduce(Int64(0)) { $0 + places(size, in: free($1)) }
      let factors = members.map { Double(places(size, in: demand(table[$0.request].request))) }
      addRow(Double(room), members, factors)
    }
  }

  /// For each type of device what there is of it; for each share asked for, that a device holds a
  /// whole number of such shares; for each number of whole devices, that a host has a whole number
  /// of such sets.
  ///
  /// The last two hold for requests with one demand that can be met by this type alone.
  private mutating func addDeviceRows(_ kind: Int, _ members: [Cell]) {
    for type in Set(members.map(\.type)).sorted() where type >= 0 {
      let users = members.filter { $0.type == type }
      let units = kinds[kind].map { host in
        devices(of: host).filter { Int(fleet.deviceType[$0]) == type }.map {
          Int64(max(0, fleet.deviceFree[$0]))
        }
      }
      let total = units.reduce(Int64(0)) { $0 + $1.reduce(0, +) }
      addRow(
        Double(total), users, users.map { Double(Self.shares(of: table[$0.request].request)) })
      let single = users.filter { cell in isOnlyChoice(type, of: cell) }
      let demands = single.map { table[$0.request].request.devices[0] }
      for share in Set(demands.map { Int64($0.share) }).sorted().suffix(24) where share > 0 {
        let room = units.reduce(Int64(0)) { $0 + $1.reduce(0) { $0 + $1 / share } }
        addRow(
          Double(room), single,
          demands.map { Double(Int64($0.count) * (Int64($0.share) / share)) })
      }
      for count in Set(demands.filter { $0.share == 1000 }.map { Int($0.count) }).sorted() {
        let room = units.reduce(0) { $0 + $1.count { $0 >= 1000 } / count }
        addRow(
          Double(room), single,
          demands.map { $0.share == 1000 ? Double(Int($0.count) / count) : 0 })
      }
    }
  }

  /// Whether a cell's request has one demand and finds no other type on its kind of host.
  private func isOnlyChoice(_ type: Int, of cell: Cell) -> Bool {
    let request = table[cell.request].request
    return request.devices.count == 1 && usableTypes(of: request, cell.kind) == [type]
  }

  private mutating func addRow(_ room: Double, _ members: [Cell], _ factors: [Double]) {
    var terms: [IntegerProgram.Term] = []
    var most = 0.0
    for (cell, factor) in zip(members, factors) where factor > 0 {
      terms.append(.init(factor, cell.variable))
      most += factor * program.bounds(of: cell.variable).upper
    }
    // Small numbers suit the solver, and rows that cannot bind only cost time.
    guard most > room else { return }
    let scale = max(1, terms.reduce(0) { max($0, $1.coefficient) })
    program.addConstraint(
      .atMost(room / scale), terms.map { .init($0.coefficient / scale, $0.variable) })
  }
}
