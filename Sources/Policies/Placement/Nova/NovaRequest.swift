package import CloudModel

/// A flavor as Nova's scheduler reads it.
package struct NovaFlavor: Sendable, Equatable {
  /// The name.
  package var name: String
  /// Virtual CPUs.
  package var vcpus: Int
  /// Memory in MiB.
  package var memoryMiB: Int
  /// Root disk in GiB.
  package var rootGiB: Int
  /// Ephemeral disk in GiB.
  package var ephemeralGiB: Int
  /// Swap in MiB.
  package var swapMiB: Int
  /// Extra specs.
  package var extraSpecs: Properties

  /// A flavor.
  package init(
    name: String, vcpus: Int, memoryMiB: Int, rootGiB: Int = 0, ephemeralGiB: Int = 0,
    swapMiB: Int = 0, extraSpecs: Properties = Properties()
  ) {
    self.name = name
    self.vcpus = vcpus
    self.memoryMiB = memoryMiB
    self.rootGiB = rootGiB
    self.ephemeralGiB = ephemeralGiB
    self.swapMiB = swapMiB
    self.extraSpecs = extraSpecs
  }
}

/// A server group as a request carries it.
package struct NovaGroup: Sendable, Equatable {
  /// `affinity`, `anti-affinity`, `soft-affinity` or `soft-anti-affinity`.
  package var policy: String
  /// Members on one host that anti-affinity admits.
  package var maxPerHost: Int
  /// Identifiers of the members, those being placed included.
  package var members: [String]
  /// Hosts of the members.
  package var hosts: [String]

  /// A group.
  package init(policy: String, maxPerHost: Int = 1, members: [String], hosts: [String] = []) {
    self.policy = policy
    self.maxPerHost = maxPerHost
    self.members = members
    self.hosts = hosts
  }
}

/// A request for devices by alias.
package struct NovaDeviceRequest: Sendable, Equatable {
  /// How many.
  package var count: Int
  /// Properties of a device that will do; one of the sets has to match.
  package var specs: [Properties]

  /// A request for devices.
  package init(count: Int, specs: [Properties]) {
    self.count = count
    self.specs = specs
  }
}

/// What Nova's scheduler is asked: one server to boot or move, or several equal ones to boot.
///
/// **Source**: Nova 34.0.0, `nova/objects/request_spec.py`.
package struct NovaRequest: Sendable, Equatable {
  /// Identifiers of the servers, in the order in which they are placed.
  package var servers: [String]
  /// The flavor.
  package var flavor: NovaFlavor
  /// The zone that was asked for or that the server is pinned to.
  package var zone: String?
  /// Properties of the image by the names that Nova gives them, as `hw_architecture`.
  package var imageProperties = Properties()
  /// Traits that the image requires.
  package var imageTraits: [String] = []
  /// Whether the root disk is a volume.
  package var isVolumeBacked = false
  /// Keys of the scheduler hints.
  package var hints: [String] = []
  /// The group, if the server has one.
  package var group: NovaGroup?
  /// Hosts that are left out, as the source of a move.
  package var ignoredHosts: [String] = []
  /// Hosts that are forced by `zone:host`, past all filters.
  package var forcedHosts: [String] = []
  /// The host that is demanded.
  package var demandedHost: String?
  /// Placement aggregates; the host has to be in one of each list.
  package var aggregates: [[String]] = []
  /// Devices by alias.
  package var devices: [NovaDeviceRequest] = []
  /// Whether whoever asks wants alternates too: boots and cold migrations do, live migrations do
  /// not.
  package var wantsAlternates = true

  /// A request of servers of one flavor.
  package init(servers: [String], flavor: NovaFlavor) {
    self.servers = servers
    self.flavor = flavor
  }
}
