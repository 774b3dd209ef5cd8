import CloudModel
import Policies

extension SchedulerTrace.Step {
  init(
    _ line: TraceField, _ header: SchedulerTrace.Header
  ) throws(SchedulerTraceError) {
    number = try line.field("step").whole()
    let op = try line.field("op")
    guard let operation = SchedulerTrace.Operation(rawValue: try op.text()) else {
      throw .value(
        path: "op", found: "\"\(try op.text().prefix(60))\"",
        allowed: "boot, multi, delete, stop, live, cold, disable or enable", line: line.line)
    }
    self.operation = operation
    self.line = line.line
    host = try line.optional("host")?.text()
    source = try line.optional("source")?.text()
    image = try line.optional("image")?.text()
    if operation != .disable, operation != .enable { name = try line.field("name").text() }
    for server in try line.optional("servers")?.items() ?? [] {
      guard try server.field("status").text() == "ACTIVE",
        let host = try server.optional("host")?.text()
      else { continue }
      running.append((try server.field("name").text(), host))
    }
    for decision in try line.optional("decisions")?.items() ?? [] {
      decisions.append(
        try SchedulerTrace.Decision(decision, header, wantsAlternates: operation != .live))
    }
  }
}

extension SchedulerTrace.Decision {
  init(
    _ record: TraceField, _ header: SchedulerTrace.Header, wantsAlternates: Bool
  ) throws(SchedulerTraceError) {
    request = try NovaRequest(
      trace: record.field("spec"), servers: record.field("servers").texts())
    request.wantsAlternates = wantsAlternates
    let placement = try record.optional("placement")
    query = try placement?.optional("query").map { query throws(SchedulerTraceError) in
      Self.parameters(try query.text())
    }
    candidateCount = try placement?.optional("requests")?.whole() ?? 0
    usages = [:]
    for (provider, value) in try placement?.optional("providers")?.members() ?? [] {
      for (resource, usage) in try value.field("resources").members() {
        usages[provider, default: [:]][resource] = SchedulerTrace.Usage(
          capacity: try usage.field("capacity").whole(), used: try usage.field("used").whole())
      }
    }
    rounds = []
    for round in try record.field("rounds").items() {
      rounds.append(try SchedulerTrace.Round(round, header))
    }
    claims = []
    for claim in try record.field("claims").items() {
      claims.append(try NovaDecision.Claim(trace: claim, header.ledger))
    }
    selected = nil
    if let rows = try record.optional("selected") {
      var all: [[String]] = []
      for row in try rows.items() { all.append(try row.texts()) }
      selected = all
    }
  }

  /// The parameters of a query string, decoded, without the random suffixes of device groups.
  private static func parameters(_ query: String) -> [String] {
    query.split(separator: "&").map { part in
      let text = decoded(part)
      guard let equals = text.firstIndex(of: "=") else { return text }
      var name = String(text[..<equals])
      for prefix in ["resources", "required", "member_of", "in_tree"] where name.hasPrefix(prefix) {
        name = prefix
      }
      return name + text[equals...]
    }.sorted()
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension NovaDecision.Claim {
  fileprivate init(
    trace record: TraceField, _ ledger: ResourceLedger
  ) throws(SchedulerTraceError) {
    var allocations: [ResourceAllocation] = []
    for (provider, resources) in try record.field("allocations").members() {
      allocations.append(try ResourceAllocation(provider: provider, resources))
    }
    allocations.sort { $0.provider < $1.provider }
    let root = allocations.lazy.compactMap { ledger.root(of: $0.provider) }.first ?? ""
    self.init(
      server: try record.field("server").text(), host: SchedulerTrace.host(ofProvider: root),
      isGranted: try record.field("ok").flag(), allocations: allocations)
  }
}

extension NovaRequest {
  /// A request as a decision holds it.
  fileprivate init(trace spec: TraceField, servers: [String]) throws(SchedulerTraceError) {
    let flavor = try spec.field("flavor")
    self.init(
      servers: servers,
      flavor: NovaFlavor(
        name: try flavor.field("name").text(), vcpus: try flavor.field("vcpus").whole(),
        memoryMiB: try flavor.field("ram_mb").whole(),
        rootGiB: try flavor.field("disk_gb").whole(),
        ephemeralGiB: try flavor.optional("ephemeral_gb")?.whole() ?? 0,
        swapMiB: try flavor.optional("swap_mb")?.whole() ?? 0,
        extraSpecs: try Properties(trace: flavor.optional("extra_specs"))))
    zone = try spec.optional("availability_zone")?.text()
    imageProperties = try Properties(trace: spec.optional("image_properties"))
    hints = try spec.optional("hints")?.members().map(\.key).sorted() ?? []
    group = try spec.optional("group").map { group throws(SchedulerTraceError) in
      try NovaGroup(trace: group)
    }
    ignoredHosts = try spec.optional("ignore_hosts")?.texts() ?? []
    forcedHosts = try spec.optional("force_hosts")?.texts() ?? []
    let destination = try spec.optional("requested_destination")
    demandedHost = try destination?.optional("host")?.text()
    aggregates =
      try destination?.optional("aggregates")?.texts().map { list in
        list.split(separator: ",").map(String.init)
      } ?? []
    for request in try spec.optional("pci_requests")?.items() ?? [] {
      var specs: [Properties] = []
      for spec in try request.field("spec").items() { specs.append(try Properties(trace: spec)) }
      devices.append(NovaDeviceRequest(count: try request.field("count").count(), specs: specs))
    }
  }
}

extension NovaGroup {
  fileprivate init(trace record: TraceField) throws(SchedulerTraceError) {
    let most = try record.optional("rules")?.optional("max_server_per_host")
    self.init(
      policy: try record.field("policy").text(), maxPerHost: 1,
      members: try record.field("members").texts(), hosts: try record.field("hosts").texts())
    guard let most else { return }
    guard let number = Int(try most.scalarText()) else {
      throw .value(
        path: most.path, found: "\"\(try most.scalarText())\"", allowed: "a whole number",
        line: most.line)
    }
    maxPerHost = number
  }
}

extension Properties {
  fileprivate init(trace record: TraceField?) throws(SchedulerTraceError) {
    self.init()
    for (key, value) in try record?.members() ?? [] { self[key] = try value.scalarText() }
  }
}
