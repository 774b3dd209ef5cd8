import CloudModel
import Documents
import Policies

extension SchedulerTrace.Round {
  init(_ record: TraceField, _ header: SchedulerTrace.Header) throws(SchedulerTraceError) {
    index = try record.field("index").whole()
    hosts = []
    candidateCounts = []
    for row in try record.field("state").items() {
      let row = try TraceRow(row, header)
      hosts.append(try row.host())
      candidateCounts.append(try row.field("allocation_requests").whole())
    }
    filters = []
    for filter in try record.field("filters").items() {
      filters.append(
        NovaRound.Filtering(name: try filter.item(0).text(), dropped: try filter.item(1).texts()))
    }
    passed = try record.field("passed").texts()
    weighings = []
    for weigher in try record.field("weighers").items() {
      weighings.append(try NovaRound.Weighing(trace: weigher, count: passed.count))
    }
    order = try record.field("order").texts()
    weights = try Self.numbers(record.field("weights"))
  }

  fileprivate static func numbers(_ list: TraceField) throws(SchedulerTraceError) -> [Double] {
    var numbers: [Double] = []
    for item in try list.items() { numbers.append(try item.number()) }
    return numbers
  }
}

extension NovaRound.Weighing {
  /// Name, raw values, and one multiplier for all or one for each.
  fileprivate init(trace record: TraceField, count: Int) throws(SchedulerTraceError) {
    let multiplier = try record.item(2)
    let multipliers: [Double]
    switch multiplier.node.value {
    case .list: multipliers = try SchedulerTrace.Round.numbers(multiplier)
    default: multipliers = [Double](repeating: try multiplier.number(), count: count)
    }
    self.init(
      name: try record.item(0).text(),
      raw: try SchedulerTrace.Round.numbers(record.item(1)), multipliers: multipliers)
  }
}

/// One row of a round's state.
private struct TraceRow {
  private let fields: [TraceField]
  private let record: TraceField
  private let header: SchedulerTrace.Header

  init(_ record: TraceField, _ header: SchedulerTrace.Header) throws(SchedulerTraceError) {
    fields = try record.items()
    self.record = record
    self.header = header
  }

  func field(_ column: String) throws(SchedulerTraceError) -> TraceField {
    guard let place = header.columns[column], fields.indices.contains(place) else {
      throw .value(
        path: record.path, found: "a row without it", allowed: "a row with `\(column)`",
        line: record.line)
    }
    return TraceField(
      fields[place].node, path: "\(record.path).\(column)", line: record.line)
  }

  func host() throws(SchedulerTraceError) -> NovaHostState {
    var host = NovaHostState(name: try field("host").text())
    host.freeMemoryMiB = try field("free_ram_mb").whole()
    host.freeDiskMiB = try field("free_disk_mb").whole()
    host.vcpus = try field("vcpus").whole()
    host.usedVCPUs = try field("vcpus_used").whole()
    host.totalMemoryMiB = try field("total_ram_mb").whole()
    host.totalDiskGiB = try field("total_disk_gb").whole()
    host.cpuRatio = try field("cpu_ratio").number()
    host.memoryRatio = try field("ram_ratio").number()
    host.diskRatio = try field("disk_ratio").number()
    host.ioOperations = try field("io_ops").whole()
    host.instances = try field("instances").whole()
    host.failedBuilds = try field("failed_builds").whole()
    host.hypervisorVersion = try field("hypervisor_version").whole()
    host.isDisabled = try field("disabled").flag()
    host.isUp = try field("up").flag()
    let names = try field("aggregates").texts()
    host.aggregates = header.aggregates.filter { names.contains($0.aggregate.name) }
      .map(\.aggregate)
    host.groupMembers = try field("group_members_here").texts()
    host.platform = header.hosts[host.name]?.platform ?? NovaPlatform()
    for pool in try field("pci").items() {
      host.pools.append(
        NovaDevicePool(
          vendor: try pool.field("vendor").text(), product: try pool.field("product").text(),
          numaNode: try pool.optional("numa")?.whole(), free: try pool.field("free").whole(),
          provider: try pool.optional("provider")?.text()))
    }
    return host
  }
}

extension SchedulerTrace.End {
  init(_ line: TraceField) throws(SchedulerTraceError) {
    ledger = try ResourceLedger(trace: line.field("end"))
    servers = [:]
    for (server, host) in try line.field("servers").members() {
      servers[server] = try host.scalarText()
    }
  }
}
