package import CloudModel
package import Documents

/// A cloud as its file holds it: names instead of indices, one record for each thing.
///
/// The keys of the file are declared in `Keys/CloudKeys.swift`; `CloudFile` turns records into the
/// columns of a `Cloud` and checks what they refer to.
package struct CloudRecord: Sendable, Equatable {
  /// The version of the format.
  package var formatVersion = "1.0"
  /// The name.
  package var name = ""
  /// Where it came from, for people: a cloud's name, a capture.
  package var source = ""
  /// When it was recorded: microseconds since 1970, or nil.
  package var takenAt: Int64?
  /// Regions.
  package var regions: [RegionRecord] = []
  /// Availability zones.
  package var zones: [ZoneRecord] = []
  /// Racks.
  package var racks: [RackRecord] = []
  /// Host aggregates.
  package var aggregates: [AggregateRecord] = []
  /// Kinds of hosts.
  package var hostClasses: [HostClassRecord] = []
  /// Types of passthrough devices.
  package var deviceTypes: [DeviceTypeRecord] = []
  /// Flavors.
  package var flavors: [FlavorRecord] = []
  /// Images.
  package var images: [ImageRecord] = []
  /// Projects.
  package var projects: [ProjectRecord] = []
  /// Server groups.
  package var groups: [GroupRecord] = []
  /// Hosts.
  package var hosts: [HostRecord] = []
  /// VMs.
  package var vms: [VMRecord] = []
  /// Capacity taken by what is no VM.
  package var held: [HeldRecord] = []
  /// What VMs need and what can fail.
  package var parts: [PartRecord] = []
  /// What was noticed while recording.
  package var findings: [FindingRecord] = []

  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// Where a record was read; no part of what it says, so all origins are equal.
package struct Origin: Sendable, Equatable {
  /// The place in the file.
  package var place = Place.none

  /// No place.
  package init() {}

  /// Always true.
  package static func == (left: Self, right: Self) -> Bool { true }
}

/// A region.
package struct RegionRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A zone; without regions in the file all zones are in one.
package struct ZoneRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// The name of its region.
  package var region: String?
  /// The tier of the data centre below it.
  package var tier: Tier?
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A rack.
package struct RackRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// The name of its zone.
  package var zone = ""
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A host aggregate; hosts name the aggregates they are in.
package struct AggregateRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// Metadata.
  package var metadata = Properties()
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// What hosts of one kind have in common.
package struct HostClassRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// CPU architecture.
  package var architecture = ""
  /// Hypervisor.
  package var hypervisor = ""
  /// Version of the hypervisor; 0: not known.
  package var hypervisorVersion: Int64 = 0
  /// CPU model.
  package var cpuModel = ""
  /// CPU vendor.
  package var cpuVendor = ""
  /// CPU features.
  package var cpuFeatures: [String] = []
  /// Traits.
  package var traits: [String] = []
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A type of passthrough device.
package struct DeviceTypeRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// Whether VMs can be moved live with them.
  package var isLiveMigratable = false
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// Devices that a flavor asks for.
package struct DeviceRequestRecord: Sendable, Equatable {
  /// The device type.
  package var type = ""
  /// How many.
  package var count: Int64 = 1
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A flavor.
package struct FlavorRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// Virtual CPUs.
  package var vcpus: Int64 = 0
  /// Bytes.
  package var memory: Int64 = 0
  /// Bytes of local disk: root, ephemeral and swap.
  package var disk: Int64 = 0
  /// Whether tenants may use it without being named.
  package var isPublic = true
  /// Extra specs.
  package var extraSpecs = Properties()
  /// Passthrough devices.
  package var devices: [DeviceRequestRecord] = []
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// An image.
package struct ImageRecord: Sendable, Equatable {
  /// The id.
  package var id = ""
  /// The name.
  package var name = ""
  /// Properties.
  package var properties = Properties()
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A project.
package struct ProjectRecord: Sendable, Equatable {
  /// The id.
  package var id: String?
  /// The name.
  package var name = ""
  /// Virtual CPUs of the quota.
  package var quotaVCPUs: Int64?
  /// Bytes.
  package var quotaMemory: Int64?
  /// Bytes.
  package var quotaDisk: Int64?
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A server group; VMs name the group they are in by its id.
package struct GroupRecord: Sendable, Equatable {
  /// The id; absent: the name.
  package var id: String?
  /// The name.
  package var name = ""
  /// How many such groups there are.
  package var count: Int64 = 1
  /// What it demands.
  package var policy = GroupPolicy.antiAffinity
  /// Members allowed on one host.
  package var maxPerHost: Int64 = 1
  /// Members that must run at every moment.
  package var minimumRunning: Int64?
  /// Microseconds.
  package var readyAfter: Int64 = 0
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// Devices of one type on a host.
package struct HostDeviceRecord: Sendable, Equatable {
  /// The device type.
  package var type = ""
  /// How many.
  package var count: Int64 = 1
  /// The NUMA node.
  package var numaNode: Int64?
  /// How the number is known.
  package var evidence = Evidence.stated
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A host. Capacities are those offered to VMs: reserve taken off, ratio applied.
package struct HostRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// How many hosts like this there are.
  package var count: Int64 = 1
  /// The name of its zone.
  package var zone: String?
  /// The name of its rack.
  package var rack: String?
  /// The name of its host class, or nil.
  package var hostClass: String?
  /// Its state.
  package var state = HostState.enabled
  /// Virtual CPUs.
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
  /// Host aggregates.
  package var aggregates: [String] = []
  /// Passthrough devices.
  package var devices: [HostDeviceRecord] = []
  /// Why it is closed or down, for people.
  package var note = ""
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A disk of a VM.
package struct DiskRecord: Sendable, Equatable {
  /// Where the bytes are, or the kind of a finding.
  package var kind = DiskKind.network
  /// Bytes.
  package var size: Int64 = 0
  /// The name of its zone.
  package var zone: String?
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// A VM.
package struct VMRecord: Sendable, Equatable {
  /// The id; absent: the name.
  package var id: String?
  /// The name.
  package var name = ""
  /// How many such VMs there are.
  package var count: Int64 = 1
  /// The name of its flavor.
  package var flavor = ""
  /// The host; nil: on none.
  package var host: String?
  /// Patterns for the names of the hosts over which such VMs are dealt in turn.
  package var spreadOver: [String] = []
  /// The id of its image; nil: started from a volume, or not known.
  package var image: String?
  /// The project's name.
  package var project: String?
  /// The zone it was asked for.
  package var pinnedZone: String?
  /// The id of its server group.
  package var group: String?
  /// Its state.
  package var state = VMState.active
  /// Whether only administrators may act on it.
  package var isLocked = false
  /// Tags.
  package var tags: [String] = []
  /// Metadata.
  package var metadata = Properties()
  /// What it takes if that differs from its flavor.
  package var vcpus: Int64?
  /// Bytes.
  package var memory: Int64?
  /// Bytes.
  package var disk: Int64?
  /// Disks, the root disk first.
  package var disks: [DiskRecord] = []
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}

/// Capacity of a host that is taken by what is no VM there.
package struct HeldRecord: Sendable, Equatable {
  /// The host.
  package var host = ""
  /// Virtual CPUs.
  package var vcpus: Int64 = 0
  /// Bytes.
  package var memory: Int64 = 0
  /// Bytes.
  package var disk: Int64 = 0
  /// What holds it, in words.
  package var holder = ""
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
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
  /// Where it was read.
  package var origin = Origin()

  /// A record with defaults.
  package init() {}
}
