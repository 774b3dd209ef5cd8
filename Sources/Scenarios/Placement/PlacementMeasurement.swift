import CloudModel
import Simulator

/// Reads off a simulation what a run reports.
struct PlacementMeasurement {
  /// The measures at the end.
  let end: PlacementMeasures
  /// The measures when measuring began; nil: from the start.
  let start: PlacementMeasures?
  let fleet: Fleet

  private var hours: Double { Double(end.now - (start?.now ?? 0)) / 3.6e9 }

  private func count(_ key: KeyPath<PlacementMeasures, Int>) -> Double {
    Double(end[keyPath: key] - (start?[keyPath: key] ?? 0))
  }

  /// The resources that the fleet has any of, with their names.
  private var resources: [(name: String, resource: PlacementResource)] {
    let devices = fleet.deviceTypes.indices.map {
      (name: fleet.deviceTypes[$0], resource: PlacementResource.device($0))
    }
    return ([("vcpu", .vcpus), ("memory", .memory), ("disk", .disk)] + devices)
      .filter { end.capacity($0.resource) > 0 }
  }

  /// The share of a resource that was used on average; at the end of a run without length.
  private func share(_ resource: PlacementResource, zone: Int? = nil) -> Double {
    let capacity = Double(end.capacity(resource, zone: zone))
    guard capacity > 0 else { return 0 }
    guard hours > 0 else { return Double(end.used(resource, zone: zone)) / capacity }
    let used =
      end.usedHours(resource, zone: zone)
      - (start?.usedHours(resource, zone: zone) ?? 0)
    return used / (capacity * hours)
  }

  private var samples: [PlacementSample] {
    end.samples.filter { $0.time >= start?.now ?? 0 }
  }

  private func mean(_ term: (PlacementSample) -> Double) -> Double {
    let samples = samples
    guard !samples.isEmpty else { return 0 }
    return samples.reduce(0) { $0 + term($1) } / Double(samples.count)
  }

  /// The outcome of the replication.
  var outcome: PlacementOutcome {
    let refusals = PlacementRefusal.allCases.map {
      (reason: $0, count: end.refused($0) - (start?.refused($0) ?? 0))
    }
    let zones = fleet.zones.indices.flatMap { zone in
      resources.filter { end.capacity($0.resource, zone: zone) > 0 }.map {
        (zone: fleet.zones[zone], resource: $0.name, share: share($0.resource, zone: zone))
      }
    }
    return PlacementOutcome(
      values: counts + use + wear + ends, refusals: refusals.filter { $0.count > 0 }, zones: zones,
      samples: samples, events: end.arrivals + end.departures)
  }

  private var counts: [PlacementOutcome.Value] {
    let (arrivals, rejected) = (count(\.arrivals), count(\.refused))
    let waiting = Double(end.totalWaiting - (start?.totalWaiting ?? 0)) / 1e6
    return [
      ("arrivals", arrivals), ("placed", count(\.placed)), ("rejected", rejected),
      ("rejected_share", arrivals > 0 ? rejected / arrivals : 0),
      ("departures", count(\.departures)), ("migrations", count(\.migrations)),
      ("resizes_refused", count(\.resizesRefused)),
      ("waiting_mean_s", arrivals > 0 ? waiting / arrivals : 0),
    ].map { .init(name: $0.0, value: $0.1) }
  }

  private var use: [PlacementOutcome.Value] {
    resources.map { .init(name: "\($0.name)_used_share", value: share($0.resource)) }
      + (hasDevices ? [.init(name: "device_used_share", value: deviceShare)] : [])
  }

  private var hasDevices: Bool { fleet.deviceStart.last.map { $0 > 0 } ?? false }

  /// The share of all devices, of whatever type, that was used on average.
  private var deviceShare: Double {
    let types = fleet.deviceTypes.indices.map { PlacementResource.device($0) }
    let capacity = types.reduce(0.0) { $0 + Double(end.capacity($1)) }
    return types.reduce(0.0) { $0 + share($1) * Double(end.capacity($1)) } / max(1, capacity)
  }

  private var wear: [PlacementOutcome.Value] {
    let hostHours = end.hostHours - (start?.hostHours ?? 0)
    let cpu = max(1, Double(end.capacity(.vcpus)))
    let memory = max(1, Double(end.capacity(.memory)))
    return [
      ("host_hours", hostHours), ("vm_hours", end.vmHours - (start?.vmHours ?? 0)),
      ("hosts_in_use_mean", hours > 0 ? hostHours / hours : Double(end.activeHostCount)),
      ("peak_vms", Double(end.peakVMs)), ("peak_vcpus", Double(end.peakMilliCPU) / 1000),
      ("fragmentation_share", mean(\.fragmentation)),
      ("stranded_vcpu_share", mean { Double($0.stranded.milliCPU) / cpu }),
      ("stranded_memory_share", mean { Double($0.stranded.memoryMiB) / memory }),
    ].map { .init(name: $0.0, value: $0.1) }
  }

  /// What is in use at the end, which counts for a demand that never leaves.
  private var ends: [PlacementOutcome.Value] {
    let devices = fleet.deviceTypes.indices.map { end.used(.device($0)) }
    let all = PlacementOutcome.Value(
      name: "device_end", value: Double(devices.reduce(0, +)) / 1000)
    return resources.map { name, resource in
      let used = Double(end.used(resource))
      switch resource {
      case .vcpus, .device: return .init(name: "\(name)_end", value: used / 1000)
      case .memory, .disk: return .init(name: "\(name)_end", value: used)
      }
    } + (hasDevices ? [all] : [])
  }
}
