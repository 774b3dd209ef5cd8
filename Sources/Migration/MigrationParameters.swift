package import CloudModel

/// What is done with a migration that passes its completion timeout.
package enum TimeoutAction: String, Sendable, CaseIterable {
  /// Given up; the VM stays where it is.
  case abort
  /// The guest is paused and the rest is sent.
  case forceComplete = "force_complete"
}

/// The numbers of the migration model, each with its unit and its origin.
package struct MigrationParameters: Sendable, Hashable {
  /// Pre-checks, claims, ports, clean-up of one live migration on shared storage.
  package var overheadShared = MigrationParameter(
    "overhead_shared",
    "pre-checks, claims, ports, clean-up of one live migration on shared storage",
    7, "s", .stated,
    "OSIC live-migration benchmark 2017: intercept 6.9 s, 10 GbE, shared storage")
  /// The same where the disk is copied.
  package var overheadBlock = MigrationParameter(
    "overhead_block",
    "the same where the disk is copied",
    10, "s", .stated,
    "OSIC live-migration benchmark 2017: intercept 10.1 s, local disks")
  /// The rate of one migration stream.
  package var streamRate = MigrationParameter(
    "stream_rate",
    "the rate of one migration stream",
    436, "MiB/s", .stated,
    "OSIC live-migration benchmark 2017: slope on 10 GbE hardware of 2017",
    in: 1e-6...1e9)
  /// A limit of the rate set by the operator; 0 is none.
  package var bandwidthCap = MigrationParameter(
    "bandwidth_cap",
    "a limit of the rate set by the operator; 0 is none",
    0, "MiB/s", .stated, "Nova live_migration_bandwidth: default 0, no limit",
    in: 0...1e9)
  /// The part of a flavor's memory that is not all zero.
  package var memoryShare = MigrationParameter(
    "memory_share",
    "the part of a flavor's memory that is not all zero",
    1, "", .assumed, "upper bound: all memory of the flavor is in use", in: 0...1)
  /// The part of a disk that is allocated.
  package var diskShare = MigrationParameter(
    "disk_share",
    "the part of a disk that is allocated",
    0.5, "", .assumed, "disks half full, as in the OSIC benchmark", in: 0...1)
  /// From the end of one migration of a host to the start of the next.
  package var gap = MigrationParameter(
    "gap",
    "from the end of one migration of a host to the start of the next",
    1.2, "s", .stated, "OSIC live-migration benchmark 2017: 0.6 to 2.0 s")
  /// Added to each migration while more are requested at a host than it has slots.
  package var contention = MigrationParameter(
    "contention",
    "added to each migration while more are requested at a host than it has slots",
    3.98, "s", .stated,
    "OSIC live-migration benchmark 2017: two requested together, one slot")
  /// Live migrations that run at once from one source.
  package var slotsPerSource = MigrationParameter(
    "slots_per_source",
    "live migrations that run at once from one source",
    1, "slots", .stated, "Nova max_concurrent_live_migrations: default 1",
    in: 1...1000)
  /// The pause in which a guest changes hosts.
  package var switchOver = MigrationParameter(
    "switch_over",
    "the pause in which a guest changes hosts",
    0.3, "s", .assumed, "99th percentile of a large fleet: Ruprecht et al. 2018")
  /// Time allowed for a transfer per GiB of data; 0 is none.
  package var completionTimeout = MigrationParameter(
    "completion_timeout",
    "time allowed for a transfer per GiB of data; 0 is none",
    800, "s/GiB", .stated, "Nova live_migration_completion_timeout")
  /// What happens then.
  package var timeoutAction = TimeoutAction.abort
  /// From the request to a guest that is off, where it co-operates.
  package var shutdown = MigrationParameter(
    "shutdown",
    "from the request to a guest that is off, where it co-operates",
    1.5, "s", .stated, "QEMU migration measurements with PostgreSQL: 1.5 s")
  /// How long a guest may take to shut down before it is switched off.
  package var shutdownLimit = MigrationParameter(
    "shutdown_limit",
    "how long a guest may take to shut down before it is switched off",
    60, "s", .stated, "Nova shutdown_timeout: default 60")
  /// Definition of the guest on a host before it boots.
  package var define = MigrationParameter(
    "define",
    "definition of the guest on a host before it boots",
    1.2, "s", .stated,
    "QEMU migration measurements with PostgreSQL: 14.7 s without shutdown and boot")
  /// From power on to service.
  package var boot = MigrationParameter(
    "boot",
    "from power on to service",
    12, "s", .assumed, "a small Linux guest with a database; ask the owner")
  /// From a booted guest to a ready application, where it was made anew.
  package var ready = MigrationParameter(
    "ready",
    "from a booted guest to a ready application, where it was made anew",
    30, "s", .assumed, "no measurement; ask the owner of the application")
  /// Deleting and scheduling a VM that an orchestrator makes anew.
  package var schedule = MigrationParameter(
    "schedule",
    "deleting and scheduling a VM that an orchestrator makes anew",
    5, "s", .assumed, "no measurement; image cached on the host")
  /// The confirmation of a cold migration, which frees the source.
  package var confirmation = MigrationParameter(
    "confirmation",
    "the confirmation of a cold migration, which frees the source",
    2, "s", .assumed, "no measurement; one request and a clean-up of the source")
  /// Time to wait on the moved guest before its migration is confirmed.
  package var confirmDelay = MigrationParameter(
    "confirm_delay",
    "time to wait on the moved guest before its migration is confirmed",
    0, "s", .assumed, "the plan confirms as its next step")
  /// 1 if cold migrations take turns at their source like live ones, 0 if they do not.
  package var coldTakesSlot = MigrationParameter(
    "cold_takes_slot",
    "1 if cold migrations take turns at their source like live ones, 0 if they do not",
    1, "flag", .assumed,
    "Nova has no limit for them; unlimited copies at once would exceed the network", in: 0...1)
  /// Coefficient of variation of a repeated migration.
  package var spread = MigrationParameter(
    "spread",
    "coefficient of variation of a repeated migration",
    0.05, "", .stated, "OSIC live-migration benchmark 2017: 4 to 6 %", in: 0...2)
  /// Coefficient of variation of what all migrations of a replication share: the unknown rate.
  package var commonSpread = MigrationParameter(
    "common_spread",
    "coefficient of variation of what all migrations of a replication share: the unknown rate",
    0.10, "", .assumed, "the rate of a cloud that was not measured", in: 0...2)

  /// The defaults.
  package init() {}

  /// Leads to one of the numbers.
  package typealias ParameterPath =
    any WritableKeyPath<MigrationParameters, MigrationParameter> & Sendable

  /// The numbers in the order in which reports show them.
  package static let paths: [ParameterPath] = [
    \.overheadShared, \.overheadBlock, \.streamRate, \.bandwidthCap, \.memoryShare,
    \.diskShare, \.gap, \.contention, \.slotsPerSource, \.switchOver, \.completionTimeout,
    \.shutdown, \.shutdownLimit, \.define, \.boot, \.ready, \.schedule, \.confirmation,
    \.confirmDelay, \.coldTakesSlot, \.spread, \.commonSpread,
  ]

  /// All numbers in the order in which reports show them.
  package var all: [MigrationParameter] { Self.paths.map { self[keyPath: $0] } }

  /// Gives the number of a name another value; false if there is none of that name.
  ///
  /// **Errors**: `badParameter` for a value out of its range.
  package mutating func set(
    _ name: String, to value: Double, source: String
  ) throws(MigrationError) -> Bool {
    for path in Self.paths where self[keyPath: path].name == name {
      try self[keyPath: path].set(value, source: source)
      return true
    }
    return false
  }

  /// The rate of one stream under the cap.
  package var rate: Bandwidth {
    let cap = bandwidthCap.value
    return .mebibytesPerSecond(cap > 0 ? min(cap, streamRate.value) : streamRate.value)
  }
}
