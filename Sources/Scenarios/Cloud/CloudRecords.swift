package import CloudModel

/// A cloud as its file holds it: names instead of indices, one record for each thing.
///
/// The keys of the file are declared in `Keys/CloudKeys.swift`; `CloudFile` turns records into the
/// columns of a `Cloud` and checks what they refer to.
package struct CloudRecord: Sendable, Equatable {
  package var formatVersion = "1.0"
  package var name = ""
  /// Where it came from, for people: a cloud's name, a capture.
  package var source = ""
  /// When it was recorded: microseconds since 1970, or nil.
  package var takenAt: Int64?
  package var regions: [RegionRecord] = []
  package var zones: [ZoneRecord] = []
  package var racks: [RackRecord] = []
  package var aggregates: [AggregateRecord] = []
  package var hostClasses: [HostClassRecord] = []
  package var deviceTypes: [DeviceTypeRecord] = []
  package var flavors: [FlavorRecord] = []
  package var images: [ImageRecord] = []
  package var projects: [ProjectRecord] = []
  package var groups: [GroupRecord] = []
  package var hosts: [HostRecord] = []
  package var vms: [VMRecord] = []
  package var held: [HeldRecord] = []
  package var findings: [FindingRecord] = []

  package init() {}
}

/// A region.
package struct RegionRecord: Sendable, Equatable {
  package var name = ""
  package init() {}
}

/// A zone; without regions in the file all zones are in one.
package struct ZoneRecord: Sendable, Equatable {
  package var name = ""
  package var region: String?
  package var tier: Tier?
  package init() {}
}

/// A rack.
package struct RackRecord: Sendable, Equatable {
  package var name = ""
  package var zone = ""
  package init() {}
}

/// A host aggregate; hosts name the aggregates they are in.
package struct AggregateRecord: Sendable, Equatable {
  package var name = ""
  package var metadata = Properties()
  package init() {}
}

/// What hosts of one kind have in common.
package struct HostClassRecord: Sendable, Equatable {
  package var name = ""
  package var architecture = ""
  package var hypervisor = ""
  package var cpuModel = ""
  package var cpuFeatures: [String] = []
  package var traits: [String] = []
  package init() {}
}

/// A type of passthrough device.
package struct DeviceTypeRecord: Sendable, Equatable {
  package var name = ""
  package var isLiveMigratable = false
  package init() {}
}

/// Devices that a flavor asks for.
package struct DeviceRequestRecord: Sendable, Equatable {
  package var type = ""
  package var count: Int64 = 1
  package init() {}
}

/// A flavor.
package struct FlavorRecord: Sendable, Equatable {
  package var name = ""
  package var vcpus: Int64 = 0
  /// Bytes.
  package var memory: Int64 = 0
  /// Bytes of local disk: root, ephemeral and swap.
  package var disk: Int64 = 0
  package var isPublic = true
  package var extraSpecs = Properties()
  package var devices: [DeviceRequestRecord] = []
  package init() {}
}

/// An image.
package struct ImageRecord: Sendable, Equatable {
  package var id = ""
  package var name = ""
  package var properties = Properties()
  package init() {}
}

/// A project.
package struct ProjectRecord: Sendable, Equatable {
  package var id: String?
  package var name = ""
  package var quotaVCPUs: Int64?
  /// Bytes.
  package var quotaMemory: Int64?
  /// Bytes.
  package var quotaDisk: Int64?
  package init() {}
}

/// A server group; VMs name the group they are in by its id.
package struct GroupRecord: Sendable, Equatable {
  /// The id; absent: the name.
  package var id: String?
  package var name = ""
  package var policy = GroupPolicy.antiAffinity
  package var maxPerHost: Int64 = 1
  package var minimumRunning: Int64?
  /// Microseconds.
  package var readyAfter: Int64 = 0
  package init() {}
}

/// Devices of one type on a host.
package struct HostDeviceRecord: Sendable, Equatable {
  package var type = ""
  package var count: Int64 = 1
  package var numaNode: Int64?
  package var evidence = Evidence.stated
  package init() {}
}

/// A host. Capacities are those offered to VMs: reserve taken off, ratio applied.
package struct HostRecord: Sendable, Equatable {
  package var name = ""
  package var zone: String?
  package var rack: String?
  /// The name of its host class, or nil.
  package var hostClass: String?
  package var state = HostState.enabled
  package var vcpus: Int64 = 0
  /// Bytes.
  package var memory: Int64 = 0
  /// Bytes.
  package var disk: Int64 = 0
  /// The most that one VM may take; nil: the capacity.
  package var largestVCPUs: Int64?
  /// Bytes; nil: the capacity.
  package var largestMemory: Int64?
  /// Bytes; nil: the capacity.
  package var largestDisk: Int64?
  package var aggregates: [String] = []
  package var devices: [HostDeviceRecord] = []
  /// Why it is closed or down, for people.
  package var note = ""
  package init() {}
}

/// A disk of a VM.
package struct DiskRecord: Sendable, Equatable {
  package var kind = DiskKind.network
  /// Bytes.
  package var size: Int64 = 0
  package var zone: String?
  package init() {}
}

/// A VM.
package struct VMRecord: Sendable, Equatable {
  /// The id; absent: the name.
  package var id: String?
  package var name = ""
  package var flavor = ""
  /// The host; nil: on none.
  package var host: String?
  /// The id of its image; nil: started from a volume, or not known.
  package var image: String?
  /// The project's name.
  package var project: String?
  package var pinnedZone: String?
  /// The id of its server group.
  package var group: String?
  package var state = VMState.active
  package var isLocked = false
  package var tags: [String] = []
  package var metadata = Properties()
  /// What it takes if that differs from its flavor.
  package var vcpus: Int64?
  /// Bytes.
  package var memory: Int64?
  /// Bytes.
  package var disk: Int64?
  package var disks: [DiskRecord] = []
  package init() {}
}

/// Capacity of a host that is taken by what is no VM there.
package struct HeldRecord: Sendable, Equatable {
  package var host = ""
  package var vcpus: Int64 = 0
  /// Bytes.
  package var memory: Int64 = 0
  /// Bytes.
  package var disk: Int64 = 0
  /// What holds it, in words.
  package var holder = ""
  package init() {}
}

/// Something that whoever recorded the cloud noticed and did not drop.
package struct FindingRecord: Sendable, Equatable {
  /// A word for the kind, such as `orphan-allocation`.
  package var kind = ""
  /// What it is about: a host, a VM, an allocation.
  package var subject = ""
  /// What was seen and what was made of it, in a sentence.
  package var text = ""
  package init() {}
}
