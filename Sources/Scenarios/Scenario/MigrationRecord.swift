package import CloudModel
package import Migration

/// Values of the migration model that differ from the defaults, by the name of the parameter, and
/// what is known of links and guests.
package struct MigrationRecord: Sendable, Equatable {
  /// Values in the unit of the parameter.
  package var values: [String: Double] = [:]
  /// Where the values come from, for people.
  package var source: String?
  /// What happens to a migration that passes its completion timeout; nil: it is aborted.
  package var timeoutAction: TimeoutAction?
  /// Bytes per second of each host's card for migrations.
  package var networkCard: Double?
  /// Hosts whose card differs; the first that means a host counts.
  package var networkCards: [HostRateRecord] = []
  /// Bytes per second of each rack's uplink.
  package var rackUplink: Double?
  /// Bytes per second of each zone's link to the others.
  package var zoneLink: Double?
  /// What other traffic takes of hosts' cards; the first that means a host counts.
  package var background: [HostRateRecord] = []
  /// The load of guests of which nothing else is said; nil: idle, assumed.
  package var load: LoadClass?
  /// Loads of some guests; the first that means a VM counts.
  package var loads: [LoadRecord] = []
  /// What is permitted and done for some guests; the first that means a VM counts.
  package var handling: [HandlingRecord] = []
  /// The path of a file with such values, relative to the scenario; nil once it has been read.
  package var parametersFile: String?

  /// The defaults of the model.
  package init() {}
}

/// A rate on the network cards of some hosts.
package struct HostRateRecord: Sendable, Equatable {
  /// Patterns for the names of hosts.
  package var hosts: [String] = []
  /// Bytes per second, out and in.
  package var rate = 0.0

  /// No rate yet.
  package init() {}
}

/// What some guests do to their memory.
package struct LoadRecord: Sendable, Equatable {
  /// Which VMs.
  package var selector = VMSelector()
  /// A class of load.
  package var load: LoadClass?
  /// A dirty curve in its two-class form.
  package var dirty: DirtyRecord?
  /// The same as measured pairs of seconds and MiB.
  package var points: [[Double]]?
  /// The virtual CPUs for which the curve holds; nil: it is that of the VM itself.
  package var perVCPUs: Double?
  /// The part of the memory that is not all zero; nil: as for all.
  package var memoryShare: Double?
  /// Microseconds after the start of its transfer when the guest stops writing; nil: never.
  package var loadEnd: Int64?

  /// A load of every VM.
  package init() {}
}

/// What the operator permits and does for some live migrations.
package struct HandlingRecord: Sendable, Equatable {
  /// Which VMs.
  package var selector = VMSelector()
  /// Policy classes of which one must be the VM's; empty: any.
  package var classes: [PolicyClass] = []
  /// States of which one must be the VM's; empty: any.
  package var states: [VMState] = []
  /// Classes of load of which one must be the VM's; empty: any.
  package var loads: [LoadClass] = []
  /// Whether a forced guest is switched before its memory; nil: as for all.
  package var postCopy: Bool?
  /// Whether it may be throttled; nil: as for all.
  package var autoConverge: Bool?
  /// What happens at the completion timeout; nil: as for all.
  package var timeoutAction: TimeoutAction?
  /// Microseconds after which the operator forces the end; nil: as for all, 0: never.
  package var forceAfter: Int64?

  /// Handling of every VM as all.
  package init() {}
}
