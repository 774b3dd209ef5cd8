import CloudModel

/// The state of a cloud at one instant of a series.
package struct PlacementSample: Sendable, Equatable {
  /// The instant in microseconds; events at it are not in the sample.
  package var time: Int64
  /// VMs that run.
  package var vms: Int
  /// Hosts with at least one VM.
  package var activeHosts: Int
  /// Virtual CPUs in use, in thousandths.
  package var usedMilliCPU: Int64
  /// Memory in use, in MiB.
  package var usedMemoryMiB: Int64
  /// Local disk in use, in GiB.
  package var usedDiskGiB: Int64
  /// Thousandths of devices in use, by type.
  package var usedDevices: [Int64]
  /// What open hosts have left.
  package var left: Residue
  /// What is left on open hosts without memory, or without virtual CPUs, for the smallest request
  /// for that resource.
  package var stranded: Residue
  /// What is left on open hosts that cannot hold the request of reference, its zone and traits
  /// aside.
  package var fragmented: Residue

  /// An amount that hosts have left.
  package struct Residue: Sendable, Equatable {
    /// Virtual CPUs, in thousandths.
    package var milliCPU: Int64 = 0
    /// Memory, in MiB.
    package var memoryMiB: Int64 = 0
    /// Thousandths of devices of all types.
    package var devices: Int64 = 0
  }

  /// The share of the virtual CPUs left that cannot hold the request of reference; 0 if none is
  /// left.
  package var fragmentation: Double {
    left.milliCPU > 0 ? Double(fragmented.milliCPU) / Double(left.milliCPU) : 0
  }
}

/// The least that any request of a workload asks for, and the one against which fragmentation is
/// measured.
struct SampleScale: Sendable {
  var leastMilliCPU: Int32 = .max
  var leastMemoryMiB: Int32 = .max

  init(_ requests: [PlacementRequest]) {
    for request in requests {
      if request.milliCPU > 0 { leastMilliCPU = min(leastMilliCPU, request.milliCPU) }
      if request.memoryMiB > 0 { leastMemoryMiB = min(leastMemoryMiB, request.memoryMiB) }
    }
  }

  /// Fills in what is left on open hosts.
  ///
  /// **Complexity**: O(hosts + devices).
  func survey(_ fleet: Fleet, reference: PlacementRequest?, into sample: inout PlacementSample) {
    var anywhere = reference
    anywhere?.zone = -1
    anywhere?.requiredTraits = 0
    anywhere?.forbiddenTraits = 0
    for host in 0..<fleet.count where fleet.isOpen[host] {
      let cpu = Int64(max(0, fleet.freeMilliCPU[host]))
      let memory = Int64(max(0, fleet.freeMemoryMiB[host]))
      let devices = Self.devicesLeft(fleet, host)
      sample.left.milliCPU += cpu
      sample.left.memoryMiB += memory
      sample.left.devices += devices
      let isShortOfMemory = memory < leastMemoryMiB && leastMemoryMiB < .max
      let isShortOfCPU = cpu < leastMilliCPU && leastMilliCPU < .max
      if isShortOfMemory { sample.stranded.milliCPU += cpu }
      if isShortOfCPU { sample.stranded.memoryMiB += memory }
      if isShortOfMemory || isShortOfCPU { sample.stranded.devices += devices }
      if let anywhere, !fleet.fits(anywhere, on: host) {
        sample.fragmented.milliCPU += cpu
        sample.fragmented.memoryMiB += memory
        sample.fragmented.devices += devices
      }
    }
  }

  private static func devicesLeft(_ fleet: Fleet, _ host: Int) -> Int64 {
    var left: Int64 = 0
    for device in Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1]) {
      left += Int64(max(0, fleet.deviceFree[device]))
    }
    return left
  }
}
