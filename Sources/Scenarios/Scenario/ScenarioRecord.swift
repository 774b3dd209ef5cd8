package import CloudModel

/// A scenario as its file holds it: a cloud, what happens to it, and the policies that act.
package struct ScenarioRecord: Sendable, Equatable {
  /// The version of the format.
  package var formatVersion = "1.0"
  /// The name, used in reports and in the name of the run folder.
  package var name = "scenario"
  /// The path of the cloud file, relative to the scenario.
  package var cloud = ""
  /// Files that somebody has to get before the scenario can be carried out.
  package var requires: [RequiredFileRecord] = []
  /// The seed of all draws.
  package var seed: Int64 = 1
  /// How many times a plan is carried out, or a demand drawn; nil: 200 and 10.
  package var replications: Int64?
  /// The release of Nova whose abilities count.
  package var release = "34"
  /// What is to be emptied, and when.
  package var evacuation = EvacuationRecord()
  /// Which hosts are taken out in waves.
  package var rolling = RollingRecord()
  /// When work may happen, and how long before it tenants are told.
  package var calendar = CalendarRecord()
  /// What VMs need, what zones share, and which services are asked about.
  package var availability = AvailabilityRecord()
  /// The VMs that arrive and leave; nil: the scenario is about an evacuation.
  package var demand: DemandRecord?
  /// How they are placed.
  package var placement = PlacementRecord()
  /// What may be done with which VM.
  package var policies = PoliciesRecord()
  /// Numbers of the migration model.
  package var migration = MigrationRecord()
  /// Extra specs that flavors would have.
  package var flavors: [ScenarioFlavorRecord] = []
  /// Devices that the cloud does not show.
  package var devices: [ScenarioDeviceRecord] = []
  /// What the cloud does not know about server groups.
  package var groups: [ScenarioGroupRecord] = []

  /// A scenario with defaults everywhere.
  package init() {}
}

/// A file that does not come with a scenario.
package struct RequiredFileRecord: Sendable, Equatable {
  /// Its path, relative to the scenario.
  package var file = ""
  /// The command that makes it.
  package var command = ""

  /// No file yet.
  package init() {}
}

/// Which hosts are emptied, in which window, by which strategy.
package struct EvacuationRecord: Sendable, Equatable {
  /// Names of the hosts to empty, in order.
  package var hosts: [String] = []
  /// Microseconds; the default is 4 h.
  package var window: Int64 = 4 * 3_600_000_000
  /// Microseconds of work on the empty hosts inside the window.
  package var work: Int64 = 0
  /// The name of the strategy.
  package var strategy = "planned"
  /// The host that takes all VMs under `backup-host`.
  package var backupHost: String?
  /// The size by which `slices` orders the VMs of a project.
  package var orderBy: String?
  /// What `fifo-5-2` does with a VM that cannot move.
  package var cannotMove: String?
  /// The metadata key by which `sequential-failback` orders VMs.
  package var priorityKey: String?
  /// After how many failed hosts `sequential-failback` ends.
  package var failedHosts: Int64?
  /// Whether VMs on hosts that stay may be moved to make room.
  package var helperMoves = true
  /// Microseconds of search; nil: a limit of work, which is repeatable.
  package var timeLimit: Int64?

  /// An evacuation with defaults everywhere.
  package init() {}
}

/// What may be done with which VM.
package struct PoliciesRecord: Sendable, Equatable {
  /// The class of VMs about which nobody says anything.
  package var standard: PolicyClass?
  /// What happens where `live` fails.
  package var fallback: Fallback?
  /// The class of the VMs of single projects.
  package var projects: [ProjectPolicyRecord] = []
  /// Wishes for some VMs; the first that means a VM counts.
  package var wishes: [WishRecord] = []

  /// No policies beyond the defaults.
  package init() {}
}

/// The default of a project.
package struct ProjectPolicyRecord: Sendable, Equatable {
  /// The project's name.
  package var name = ""
  /// The class.
  package var policyClass = PolicyClass.live

  /// The default of no project yet.
  package init() {}
}

/// A wish for the VMs that the conditions mean.
package struct WishRecord: Sendable, Equatable {
  /// Which VMs.
  package var selector = VMSelector()
  /// What is wished.
  package var policyClass = PolicyClass.live
  /// What happens if that fails.
  package var fallback: Fallback?

  /// A wish for every VM.
  package init() {}
}

/// Extra specs that some flavors would have, such as a promise about migration.
package struct ScenarioFlavorRecord: Sendable, Equatable {
  /// Patterns for the names of the flavors.
  package var names: [String] = []
  /// The extra specs, which replace those of the same key.
  package var extraSpecs = Properties()

  /// No flavor yet.
  package init() {}
}

/// Devices of a host that the cloud does not show.
package struct ScenarioDeviceRecord: Sendable, Equatable {
  /// Patterns for the hosts that have them.
  package var hosts: [String] = []
  /// The type, as flavors name it.
  package var type = ""
  /// How many each host has, used ones included.
  package var count: Int64 = 1
  /// The NUMA node.
  package var numaNode: Int64?
  /// Whether VMs can be moved live with them.
  package var isLiveMigratable = false

  /// No devices yet.
  package init() {}
}

/// What the cloud does not know about a server group.
package struct ScenarioGroupRecord: Sendable, Equatable {
  /// The group's name or id.
  package var name = ""
  /// Members that must run at every moment.
  package var minimumRunning: Int64?
  /// Microseconds until a member made anew counts as running.
  package var readyAfter: Int64 = 0

  /// No group yet.
  package init() {}
}
