import CloudModel
import Policies

extension SchedulerTrace.Header {
  init(_ line: TraceField) throws(SchedulerTraceError) {
    let format = try line.optional("format")?.scalarText()
    guard format == SchedulerTrace.format else {
      throw .format(found: format.map { "\"\($0.prefix(60))\"" } ?? "none", line: line.line)
    }
    try readConfiguration(line.field("config"))
    for (place, name) in try line.field("state_columns").texts().enumerated() {
      columns[name] = place
    }
    for (name, host) in try line.field("hosts").members() {
      hosts[name] = try SchedulerTrace.Host(name, host)
    }
    for aggregate in try line.field("aggregates").items() {
      aggregates.append(try SchedulerTrace.Aggregate(aggregate))
    }
    for (host, status) in try line.field("services").members()
    where try status.text() == "disabled" {
      disabled.insert(host)
    }
    for (image, properties) in try line.field("images").members() {
      imageTraits[image] = try Self.traits(properties)
    }
    ledger = try ResourceLedger(trace: line.field("placement"))
  }

  private mutating func readConfiguration(_ config: TraceField) throws(SchedulerTraceError) {
    // Without the order in which weights were added their last bits say nothing.
    configuration.weighers = try config.field("weighers").texts()
    for (section, settings) in try config.members() where section != "weighers" {
      for (name, value) in try settings.members() {
        let text = try value.scalarText()
        do throws(NovaError) {
          try configuration.set("\(section).\(name)", to: text)
        } catch .unknownSetting {
          // A site's own setting says nothing of the ones that are modelled.
          continue
        } catch {
          throw .configuration(error, line: value.line)
        }
      }
    }
  }

  private static func traits(_ properties: TraceField) throws(SchedulerTraceError) -> [String] {
    var traits: [String] = []
    for (key, value) in try properties.members() where key.hasPrefix("trait:") {
      if try value.scalarText() == "required" { traits.append(String(key.dropFirst(6))) }
    }
    return traits.sorted()
  }
}

extension SchedulerTrace.Host {
  init(_ name: String, _ record: TraceField) throws(SchedulerTraceError) {
    self.name = name
    vcpus = try record.field("vcpus").whole()
    memoryMiB = try record.field("memory_mb").whole()
    diskGiB = try record.field("disk_gb").whole()
    hypervisorVersion = try record.optional("hypervisor_version")?.whole() ?? 0
    devices = []
    for device in try record.optional("pci")?.items() ?? [] {
      let address = try device.field("address").text()
      devices.append(
        NovaDevicePool(
          vendor: try device.field("vendor_id").text(),
          product: try device.field("product_id").text(),
          numaNode: try device.optional("numa_node")?.whole(), free: 1,
          provider: SchedulerTrace.provider(ofHost: name) + "_" + address))
    }
    platform = NovaPlatform()
    guard let cpu = try record.optional("cpu") else { return }
    for key in ["vendor", "model"] {
      platform.capabilities["cpu_info:" + key] = try cpu.optional(key)?.text()
    }
    // As Python writes a list, for `<in>` and `<all-in>` look into the text.
    let features = try cpu.optional("features")?.texts() ?? []
    platform.capabilities["cpu_info:features"] =
      "[" + features.map { "'\($0)'" }.joined(separator: ", ") + "]"
  }
}

extension SchedulerTrace.Aggregate {
  init(_ record: TraceField) throws(SchedulerTraceError) {
    var metadata = Properties()
    for (key, value) in try record.field("metadata").members() {
      metadata[key] = try value.scalarText()
    }
    aggregate = NovaAggregate(name: try record.field("name").text(), metadata: metadata)
    zone = try record.optional("availability_zone")?.text()
    hosts = Set(try record.field("hosts").texts())
  }
}

extension ResourceLedger {
  /// Placement's state as the header and the last line hold it.
  init(trace record: TraceField) throws(SchedulerTraceError) {
    var providers: [ResourceProvider] = []
    var held: [(consumer: String, allocation: ResourceAllocation)] = []
    for (name, value) in try record.members() {
      providers.append(try ResourceProvider(name, value))
      for (consumer, resources) in try value.field("allocations").members() {
        held.append((consumer, try ResourceAllocation(provider: name, resources)))
      }
    }
    self.init(providers)
    for entry in held { assign([entry.allocation], to: entry.consumer) }
  }
}

extension ResourceProvider {
  fileprivate init(_ name: String, _ record: TraceField) throws(SchedulerTraceError) {
    var inventories: [ResourceInventory] = []
    for (resource, value) in try record.field("inventories").members() {
      inventories.append(
        ResourceInventory(
          resource, total: try value.field("total").whole(),
          reserved: try value.field("reserved").whole(),
          minUnit: try value.field("min_unit").whole(),
          maxUnit: try value.field("max_unit").whole(),
          stepSize: try value.field("step_size").whole(),
          ratio: try value.field("allocation_ratio").number()))
    }
    self.init(
      name: name, parent: try record.optional("parent")?.text(), inventories: inventories,
      traits: Set(try record.field("traits").texts()),
      aggregates: Set(try record.field("aggregates").texts()))
  }
}

extension ResourceAllocation {
  /// Amounts by class.
  init(provider: String, _ resources: TraceField) throws(SchedulerTraceError) {
    var amounts: [ResourceAmount] = []
    for (resource, amount) in try resources.members() {
      amounts.append(ResourceAmount(resource, try amount.whole()))
    }
    self.init(provider: provider, amounts: amounts)
  }
}
