package import CloudModel
import Documents
package import Migration
package import Policies
package import Simulator

/// Everything that decides the answer about one rolling maintenance.
package struct RollingQuestion: Sendable {
  /// The name of the scenario.
  package var name: String
  /// The cloud as recorded.
  package var cloud: Cloud
  /// Hosts that are due, ascending.
  package var due: [Int]
  /// What decides the policy class of each VM.
  package var rules: ClassRules
  /// What happens to the VMs after a wave.
  package var policy = RollingPolicy.back
  /// How many hosts may be out at once.
  package var limits = RollingProblem.Limits()
  /// What else may fail.
  package var reserve = RollingProblem.Reserve.none
  /// How long the waves are searched for.
  package var options = RollingOptions()
  /// The time for the whole; nil: no limit.
  package var window: SimulatedDuration?
  /// The work on the hosts of a wave.
  package var work = SimulatedDuration.zero
  /// The time between two waves.
  package var pause = SimulatedDuration.zero
  /// When hosts may be out, and how long before tenants are told.
  package var calendar: MaintenanceCalendar
  /// What a migration costs.
  package var parameters = MigrationParameters()
  /// What the data cross.
  package var network = ExecutionNetwork()
  /// What is known of the guests.
  package var guests: GuestTable
  /// The seed of all draws.
  package var seed: UInt64 = 1
  /// How many times the plan is carried out; nil: as often as is quick.
  package var replications: Int?
  /// Where the question comes from.
  package var origin = PlanOrigin()

  /// A question about hosts of a cloud whose guests write nothing, without limits and dates.
  package init(name: String, cloud: Cloud, due: [Int], rules: ClassRules = ClassRules()) {
    self.name = name
    self.cloud = cloud
    self.due = due
    self.rules = rules
    calendar = MaintenanceCalendar(CalendarRecord(), cloud: cloud)
    guests = GuestTable(all: .none, count: cloud.vms.count)
  }
}

extension Scenario {
  /// The question about the scenario's rolling maintenance.
  ///
  /// **Errors**: `option` or `invalid` for hosts and zones that the cloud does not have.
  package func rollingQuestion() throws(ScenarioError) -> RollingQuestion {
    let rolling = record.rolling
    var limits = RollingProblem.Limits()
    limits.hostsPerRack = Int(rolling.hostsPerRack)
    limits.hostsPerZone = Int(rolling.hostsPerZone)
    limits.hosts = rolling.policy == .oneByOne ? 1 : Int(rolling.hostsAtOnce)
    limits.zones = Int(rolling.zonesAtOnce)
    // Hosts of different zones have no window in common where windows are for single zones.
    if record.calendar.windows.contains(where: { !$0.zones.isEmpty }) { limits.zones = 1 }
    var options = RollingOptions()
    options.seed = UInt64(record.seed)
    options.timeLimit = rolling.timeLimit.map { .microseconds($0) }
    var question = RollingQuestion(
      name: record.name, cloud: cloud, due: try dueHosts(), rules: classRules)
    question.policy = rolling.policy
    question.limits = limits
    question.reserve = rolling.reserve
    question.options = options
    question.window = rolling.window.map { SimulatedDuration(microseconds: $0) }
    question.work = SimulatedDuration(microseconds: rolling.work)
    question.pause = SimulatedDuration(microseconds: rolling.pause)
    question.calendar = try calendar()
    question.parameters = record.migration.parameters
    question.network = record.migration.network(of: cloud)
    question.guests = try guests()
    question.seed = UInt64(record.seed)
    question.replications = record.replications.map(Int.init)
    question.origin = planOrigin
    return question
  }

  /// The scenario's calendar.
  ///
  /// **Errors**: `invalid` for a window of a zone or of hosts that the cloud does not have.
  func calendar() throws(ScenarioError) -> MaintenanceCalendar {
    let hostNames = cloud.hosts.names.all
    for (number, window) in record.calendar.windows.enumerated() {
      let path = "calendar.windows[\(number)]"
      for (place, zone) in window.zones.enumerated() where !zoneNames.contains(zone) {
        throw unknown(zone, "a zone", at: "\(path).zones[\(place)]", "--zone", zoneNames)
      }
      for (place, pattern) in window.hosts.enumerated()
      where !hostNames.contains(where: { VMSelector.wildcard(pattern, matches: $0) }) {
        throw unknown(
          pattern, "a host", at: "\(path).hosts[\(place)]", "--hosts", hostNames)
      }
    }
    return MaintenanceCalendar(record.calendar, cloud: cloud)
  }

  private var zoneNames: [String] { cloud.zones.map(\.name) }

  private func dueHosts() throws(ScenarioError) -> [Int] {
    let rolling = record.rolling
    var due: Set<Int> = []
    let known = cloud.hosts.names.indexByName()
    for (place, name) in rolling.hosts.enumerated() {
      guard let host = known[name] else {
        throw unknown(
          name, "a host", at: "rolling.hosts[\(place)]", "--hosts", known.keys.sorted())
      }
      due.insert(host)
    }
    var zones: Set<Int> = []
    for (place, name) in rolling.zones.enumerated() {
      guard let zone = zoneNames.firstIndex(of: name) else {
        throw unknown(name, "a zone", at: "rolling.zones[\(place)]", "--zone", zoneNames)
      }
      zones.insert(zone)
    }
    guard rolling.hosts.isEmpty else { return due.sorted() }
    return (0..<cloud.hosts.count).filter {
      zones.isEmpty || zones.contains(cloud.hosts.zone[$0])
    }
  }

  /// What is wrong with a name, at its place in the file or as an option.
  private func unknown(
    _ name: String, _ kind: String, at path: String, _ option: String, _ known: [String]
  ) -> ScenarioError {
    let near = NearMiss.nearest(to: name, among: known).map { "did you mean `\($0)`? " } ?? ""
    let shown = known.prefix(8).joined(separator: ", ") + (known.count > 8 ? ", ..." : "")
    let allowed = "\(kind) of the cloud `\(cloud.name)`"
    let help = near + "there are: \(shown)"
    let value = Reading.shown(.text(name))
    if let reading = problem(
      "\(path) must be \(allowed), found \(value)", at: path, code: .unknownReference, help: help)
    {
      return .invalid(reading)
    }
    return .option(name: option, value: name, allowed: allowed, help: help)
  }
}
