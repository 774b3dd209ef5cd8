import CloudModel

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
  /// Live migrations that run at once to one target; 0 is no limit.
  package var slotsPerTarget = MigrationParameter(
    "slots_per_target",
    "live migrations that run at once to one target; 0 is no limit",
    0, "slots", .stated, "Nova has no inbound limit", in: 0...100_000)
  /// Live migrations at once that start or end in one rack; 0 is no limit.
  package var slotsPerRack = MigrationParameter(
    "slots_per_rack",
    "live migrations at once that start or end in one rack; 0 is no limit",
    0, "slots", .stated, "Nova has no such limit", in: 0...100_000)
  /// Live migrations at once in the whole cloud; 0 is no limit.
  package var slotsInAll = MigrationParameter(
    "slots_in_all",
    "live migrations at once in the whole cloud; 0 is no limit",
    0, "slots", .stated, "Nova has no such limit", in: 0...100_000)
  /// The parallel streams of one migration.
  package var streamCount = MigrationParameter(
    "streams",
    "the parallel streams of one migration; above 8 no gain is assumed",
    1, "streams", .stated, "Nova live_migration_parallel_connections: default 1", in: 1...1024)
  /// 1 if streams are encrypted.
  package var tls = MigrationParameter(
    "tls",
    "whether streams are encrypted",
    0, "flag", .stated, "Nova live_migration_with_native_tls: default false", in: 0...1)
  /// What one encrypting thread carries.
  package var tlsRate = MigrationParameter(
    "tls_rate",
    "what one encrypting thread carries",
    300, "MiB/s", .assumed, "one thread without offload; measure it", in: 1e-6...1e9)
  /// MiB of memory for each MiB sent.
  package var compression = MigrationParameter(
    "compression",
    "MiB of memory for each MiB sent",
    1, "", .stated, "QEMU sends pages as they are unless told otherwise", in: 1...100)
  /// What the disks of a host carry for a copy; 0: the link is slower.
  package var diskRate = MigrationParameter(
    "disk_rate",
    "what the disks of a host carry for a copy; 0: the link is slower",
    0, "MiB/s", .assumed, "the link is slower than the disks", in: 0...1e9)
  /// What a running guest writes to a disk while it is copied.
  package var diskWrites = MigrationParameter(
    "disk_writes",
    "what a running guest writes to a disk while it is copied",
    0, "MiB/s", .assumed, "no measurement; ask the owner", in: 0...1e9)
  /// The pause beside the last part of the copy.
  package var stop = MigrationParameter(
    "stop",
    "the pause beside the last part of the copy",
    0.005, "s", .stated, "QEMU migration measurements with PostgreSQL: 11 to 26 ms in all")
  /// The pause that the last step of the ramp allows.
  package var downtime = MigrationParameter(
    "downtime",
    "the pause that the last step of the ramp allows",
    0.5, "s", .stated, "Nova live_migration_downtime: default 500 ms", in: 0.001...3600)
  /// Steps of the ramp after its first.
  package var downtimeSteps = MigrationParameter(
    "downtime_steps",
    "steps on which the allowed pause is raised, after the first",
    10, "steps", .stated, "Nova live_migration_downtime_steps: default 10", in: 1...10_000)
  /// Time between two steps for each GiB.
  package var downtimeDelay = MigrationParameter(
    "downtime_delay",
    "time between two of those steps for each GiB of data",
    75, "s/GiB", .stated, "Nova live_migration_downtime_delay: default 75", in: 0...1e6)
  /// Time allowed for a transfer per GiB of data; 0 is none.
  package var completionTimeout = MigrationParameter(
    "completion_timeout",
    "time allowed for a transfer per GiB of data; 0 is none",
    800, "s/GiB", .stated, "Nova live_migration_completion_timeout")
  /// How long the rest may go without a new low; 0 is no limit.
  package var progressTimeout = MigrationParameter(
    "progress_timeout",
    "how long the rest of a transfer may go without a new low; 0 is no limit",
    0, "s", .stated, "Nova has none; live_migration_progress_timeout was 150 s until 2017")
  /// When the operator forces the end of a transfer; 0 is never.
  package var forceAfter = MigrationParameter(
    "force_after",
    "when the operator forces the end of a transfer, after its start; 0 is never",
    0, "s", .stated, "nobody calls force-complete unless it is said")
  /// 1 if guests may be switched to their destination before their memory.
  package var postCopy = MigrationParameter(
    "post_copy",
    "whether a forced guest is switched to its destination before its memory",
    0, "flag", .stated, "Nova live_migration_permit_post_copy: default false", in: 0...1)
  /// The rate of the rest in post-copy.
  package var postCopyRate = MigrationParameter(
    "post_copy_rate",
    "the rate of the rest in post-copy; the cap does not hold",
    2748, "MiB/s", .stated, "QEMU migration measurements with PostgreSQL, one machine",
    in: 1e-6...1e9)
  /// From the switch to the first page.
  package var postCopyDelay = MigrationParameter(
    "post_copy_delay",
    "from the switch to the first page of the rest",
    0.4, "s", .stated, "QEMU migration measurements with PostgreSQL: 0.40 s")
  /// Failures of a link per hour of post-copy.
  package var postCopyFailures = MigrationParameter(
    "post_copy_failures",
    "failures of the link per hour while a guest fetches its memory; each loses the guest",
    0, "1/h", .assumed, "no rate is known; a link that is worked on fails", in: 0...1e6)
  /// 1 if guests may be throttled.
  package var autoConverge = MigrationParameter(
    "auto_converge",
    "whether a guest that writes too fast is throttled; without effect beside post_copy",
    0, "flag", .stated, "Nova live_migration_permit_auto_converge: default false", in: 0...1)
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
  /// From the failure of a host to the moment at which its service counts as down.
  package var detect = MigrationParameter(
    "detect",
    "from the failure of a host to the moment at which its service counts as down",
    60, "s", .stated, "Nova service_down_time: default 60, reports every 10 s")
  /// From there until the host can no longer run its VMs.
  package var fence = MigrationParameter(
    "fence",
    "from there until the host can no longer run its VMs",
    30, "s", .assumed, "power off by its management controller; no measurement")
  /// Building a VM on another host, up to power on.
  package var rebuild = MigrationParameter(
    "rebuild",
    "building a VM of a failed host on another, up to power on",
    10, "s", .assumed, "claim, ports, volumes, image on the host already; no measurement")
  /// VMs that one host builds at once.
  package var buildsPerHost = MigrationParameter(
    "builds_per_host",
    "VMs of failed hosts that one host builds at once",
    10, "slots", .assumed,
    "Nova max_concurrent_builds: default 10; that it holds for rebuilds, too, is assumed",
    in: 1...100_000)
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

  /// Coefficient of variation of what a guest writes.
  package var loadSpread = MigrationParameter(
    "load_spread",
    "coefficient of variation of what a guest writes, from its load",
    0.3, "", .assumed, "loads come and go; no measurement", in: 0...2)

  /// The defaults.
  package init() {}

  /// Leads to one of the numbers.
  package typealias ParameterPath =
    any WritableKeyPath<MigrationParameters, MigrationParameter> & Sendable

  /// The numbers of moves, in the order in which reports show them.
  package static let movePaths: [ParameterPath] = [
    \.overheadShared, \.overheadBlock, \.streamRate, \.streamCount, \.bandwidthCap, \.tls,
    \.tlsRate, \.compression, \.memoryShare, \.diskShare, \.diskRate, \.diskWrites, \.gap,
    \.contention, \.slotsPerSource, \.slotsPerTarget, \.slotsPerRack, \.slotsInAll, \.stop,
    \.downtime, \.downtimeSteps, \.downtimeDelay, \.completionTimeout, \.progressTimeout,
    \.forceAfter, \.postCopy, \.postCopyRate, \.postCopyDelay, \.postCopyFailures,
    \.autoConverge, \.shutdown, \.shutdownLimit, \.define, \.boot, \.ready, \.schedule,
    \.confirmation, \.confirmDelay, \.coldTakesSlot, \.spread, \.commonSpread, \.loadSpread,
  ]

  /// The numbers that only rebuilds have.
  private static let rebuildPaths: [ParameterPath] = [
    \.detect, \.fence, \.rebuild, \.buildsPerHost,
  ]

  /// All numbers in the order in which reports show them.
  package static let paths = movePaths + rebuildPaths

  /// The numbers that have a part in moves.
  package var ofMoves: [MigrationParameter] { Self.movePaths.map { self[keyPath: $0] } }

  /// The numbers that have a part in rebuilds and recreations.
  package var ofRebuilds: [MigrationParameter] {
    Self.rebuildPaths.map { self[keyPath: $0] } + [boot, schedule, ready, spread]
  }

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
}
