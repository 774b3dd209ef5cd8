import CloudModel
import Migration

/// The keys of a scenario file: the one place where they are declared.
package enum ScenarioKeys {
  /// The whole file.
  package static let scenario = Section<ScenarioRecord>(
    "scenario", "A cloud, what happens to it, and the policies that act.",
    make: ScenarioRecord.init
  ) {
    Key("format_version", \.formatVersion, .formatVersion, default: "1.0", "version of the format")
    Key("name", \.name, .text(), default: "scenario", "name, also of the run folder")
    Key("cloud", \.cloud, .text(), "path of the cloud file, relative to the scenario")
    Key(
      "requires", \.requires, .list(of: .section(requiredFile)), default: [],
      "files that have to be got first; without one of them the scenario is not carried out")
    Key("seed", \.seed, .wholeNumber(0...Int64.max), default: 1, "seed of all draws")
    Key(
      "replications", \.replications, optional: .wholeNumber(1...1_000_000),
      "how many times a plan is carried out, or a demand drawn; absent: 200, or 10 for a demand")
    Key(
      "release", \.release, .release, default: "34",
      "release of Nova whose abilities count, such as 33, 33.0.0 or 2026.1")
    Key(
      "evacuation", \.evacuation, .section(evacuation), default: EvacuationRecord(),
      "what is emptied, and when")
    Key(
      "rolling", \.rolling, .section(rolling), default: RollingRecord(),
      "which hosts are taken out for work in waves; `berth plan roll` plans them")
    Key(
      "calendar", \.calendar, .section(CalendarKeys.calendar), default: CalendarRecord(),
      "when work may happen, and how long before it tenants are told")
    Key(
      "availability", \.availability, .section(AvailabilityKeys.availability),
      default: AvailabilityRecord(),
      "what VMs need and what zones share; `berth availability` asks about it")
    Key(
      "demand", \.demand, optional: .section(DemandKeys.demand),
      "the VMs that arrive and leave; `berth run` places them")
    Key(
      "placement", \.placement, .section(PlacementKeys.placement), default: PlacementRecord(),
      "how the VMs of the demand are placed")
    Key(
      "policies", \.policies, .section(policies), default: PoliciesRecord(),
      "what may be done with which VM")
    Key(
      "migration", \.migration, .section(migration), default: MigrationRecord(),
      "numbers of the migration model")
    Key(
      "flavors", \.flavors, .list(of: .section(flavor)), default: [],
      "extra specs that flavors would have")
    Key(
      "devices", \.devices, .list(of: .section(device)), default: [],
      "devices that the cloud does not show")
    Key(
      "groups", \.groups, .list(of: .section(group)), default: [],
      "what the cloud does not know about server groups")
  }

  static let requiredFile = Section<RequiredFileRecord>(
    "required_file", "A file that does not come with the scenario.",
    make: RequiredFileRecord.init
  ) {
    Key("file", \.file, .text(), "its path, relative to the scenario")
    Key("command", \.command, .text(), "the command that makes it, for the message")
  }

  static let evacuation = Section<EvacuationRecord>(
    "evacuation", "Which hosts are emptied, in which window, by which strategy.",
    make: EvacuationRecord.init
  ) {
    Key("hosts", \.hosts, .texts, default: [], "names of the hosts to empty, in order")
    Key(
      "window", \.window, .duration(1_000_000...(366 * 86_400_000_000)), default: 14_400_000_000,
      "time there is for it")
    Key(
      "work", \.work, .duration(0...(366 * 86_400_000_000)), default: 0,
      "time of the work on the empty hosts, inside the window")
    Key("strategy", \.strategy, .text(), default: "planned", "name of the strategy")
    Key(
      "backup_host", \.backupHost, optional: .text(),
      "host that takes all VMs under the strategy backup-host")
    Key(
      "order_by", \.orderBy, optional: .text(),
      "size by which the strategy slices orders the VMs of a project: memory, vcpus or disk")
    Key(
      "cannot_move", \.cannotMove, optional: .text(),
      "what the strategy fifo-5-2 does with a VM that cannot move: block or stop")
    Key(
      "priority_key", \.priorityKey, optional: .text(),
      "metadata key by which the strategy sequential-failback orders the VMs of a host")
    Key(
      "failed_hosts", \.failedHosts, optional: .wholeNumber(1...1_000_000),
      "after how many failed hosts the strategy sequential-failback ends")
    Key(
      "helper_moves", \.helperMoves, .flag, default: true,
      "whether VMs on hosts that stay may be moved to make room")
    Key(
      "time_limit", \.timeLimit, optional: .duration(1000...86_400_000_000),
      "time for the search; absent: a limit of work, which is repeatable")
  }

  static let policies = Section<PoliciesRecord>(
    "policies", "What may be done with which VM.", make: PoliciesRecord.init
  ) {
    Key(
      "default", \.standard, optional: .choice(),
      "class of VMs about which nobody says anything; absent: live")
    Key(
      "fallback", \.fallback, optional: .choice(),
      "what happens where live fails; absent: the VM stays and its host is not emptied")
    Key(
      "projects", \.projects, .list(of: .section(project)), default: [],
      "class of the VMs of single projects")
    Key(
      "wishes", \.wishes, .list(of: .section(wish)), default: [],
      "wishes for some VMs, before their own; the first that means a VM counts")
  }

  static let project = Section<ProjectPolicyRecord>(
    "project_policy", "The class of the VMs of a project.", make: ProjectPolicyRecord.init
  ) {
    Key("name", \.name, .text(), "name of the project")
    Key("class", \.policyClass, .choice(), "policy class")
  }

  static let wish = Section<WishRecord>(
    "wish", "A wish for the VMs that all given conditions mean; `*` stands for any letters.",
    make: WishRecord.init
  ) {
    selectorKeys(
      names: \.selector.names, flavors: \.selector.flavors, images: \.selector.images,
      projects: \.selector.projects, tags: \.selector.tags)
    Key("class", \.policyClass, .choice(), "policy class that is wished")
    Key("fallback", \.fallback, optional: .choice(), "what happens to them where live fails")
  }

  static let flavor = Section<ScenarioFlavorRecord>(
    "scenario_flavor", "Extra specs that some flavors would have, for what-if.",
    make: ScenarioFlavorRecord.init
  ) {
    Key("name", \.names, .textOrTexts, "names of the flavors; `*` stands for any letters")
    Key(
      "extra_specs", \.extraSpecs, .properties,
      "keys such as scs:migration-max, which replace those of the same name")
  }

  static let device = Section<ScenarioDeviceRecord>(
    "scenario_device", "Devices of hosts that the cloud does not show.",
    make: ScenarioDeviceRecord.init
  ) {
    Key("hosts", \.hosts, .textOrTexts, "names of the hosts that have them")
    Key("type", \.type, .text(), "type, as flavors name it")
    Key(
      "count", \.count, .wholeNumber(0...100_000), default: 1,
      "how many each host has, used ones included")
    Key("numa_node", \.numaNode, optional: .wholeNumber(0...1024), "NUMA node")
    Key(
      "live_migratable", \.isLiveMigratable, .flag, default: false,
      "whether VMs can be moved live with them (Nova 31 and later)")
  }

  static let group = Section<ScenarioGroupRecord>(
    "scenario_group", "What the cloud does not know about a server group.",
    make: ScenarioGroupRecord.init
  ) {
    Key("name", \.name, .text(), "name or id of the group")
    Key(
      "minimum_running", \.minimumRunning, optional: .wholeNumber(0...1_000_000),
      "members that must run at every moment")
    Key(
      "ready_after", \.readyAfter, .duration, default: 0,
      "time until a member made anew counts as running")
  }
}

extension Codec where Value == String {
  /// A release of Nova.
  static var release: Self {
    .text(
      rule: TextRule(
        pattern: "^[0-9]+(\\.[0-9]+){0,2}$",
        words: "a release of Nova in quotes, such as \"33\", \"33.0.0\" or \"2026.1\"",
        isMet: { NovaRelease(parsing: $0) != nil }))
  }
}
