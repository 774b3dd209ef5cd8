package import CloudModel
import Documents
import Glibc
import Migration
import Policies

/// A scenario with its cloud, checked and ready to be asked.
package struct Scenario: Sendable {
  /// What the file says, overrides applied.
  package var record: ScenarioRecord
  /// The cloud, with the devices and group facts of the scenario added.
  package var cloud: Cloud
  /// What VMs need and what can fail, as the cloud file says it.
  package var cloudParts: [PartRecord]
  /// SHA-256 of the cloud file.
  package var cloudSHA256: String
  /// The folder in which run folders are made, from the place of the scenario's file.
  package var folder: String
  /// Problems that do not stop the work.
  package var warnings: [Diagnostic]

  /// The cloud file.
  package var cloudPath: String
  /// What the file and the options said.
  let text: ScenarioFile.Text

  /// Reads a scenario, or a cloud file, for which all else is default.
  ///
  /// **Errors**: `ScenarioError`.
  package static func load(
    path: String, overrides: [Override] = []
  ) throws(ScenarioError) -> Scenario {
    let file = try ScenarioError.opened(path)
    return try load(file, isCloud: FileKind.isCloud(file.topKeys), overrides: overrides)
  }

  /// Whether the file of a scenario says that it is about a demand.
  ///
  /// **Errors**: `document` if it cannot be read.
  package static func hasDemand(_ path: String) throws(ScenarioError) -> Bool {
    try ScenarioError.opened(path).topKeys.contains("demand")
  }

  /// The scenario that a plan answers, on its cloud or on another one.
  ///
  /// **Errors**: `ScenarioError`; `option` for a plan that does not hold its scenario, and for a
  /// cloud that is another one than the plan's unless it is named.
  package static func load(
    answeredBy plan: PlanRecord, path: String, cloud other: String? = nil,
    overrides: [Override] = []
  ) throws(ScenarioError) -> Scenario {
    guard plan.recovery == nil else {
      throw .option(
        name: "PLAN", value: path, allowed: "a plan of an evacuation",
        help: "what is left of a recovery is planned by `berth plan recover` on a new snapshot")
    }
    guard plan.rolling == nil else {
      throw .option(
        name: "PLAN", value: path, allowed: "a plan of an evacuation",
        help: "what is left of a rolling maintenance is planned by `berth plan roll` on a new "
          + "snapshot, with the hosts that remain")
    }
    guard !plan.scenario.isEmpty, !plan.cloudFile.isEmpty else {
      throw .option(
        name: "PLAN", value: path, allowed: "a plan that holds its scenario",
        help: "make the plan again with this version")
    }
    let cloudPath = other ?? plan.cloudFile
    var text = try ScenarioFile.read(
      OpenedFile(yaml: plan.scenario, path: path), overrides: overrides)
    text.record.migration.parametersFile = nil
    let cloud = try CloudFile.load(path: cloudPath)
    guard other != nil || cloud.sha256 == plan.cloudSHA256 else {
      throw .option(
        name: "--cloud", value: cloudPath, allowed: "the cloud file that the plan was made for",
        help: "the file has changed since; name the one that counts with --cloud")
    }
    return try Scenario(text, cloud, cloudPath: cloudPath, folder: Self.folder(of: path))
  }

  /// Reads a file that was opened.
  ///
  /// **Errors**: `ScenarioError`.
  static func load(
    _ file: OpenedFile, isCloud: Bool, overrides: [Override] = []
  ) throws(ScenarioError) -> Scenario {
    let folder = Self.folder(of: file.path)
    if isCloud {
      var record = ScenarioRecord()
      record.name = Self.stem(of: file.path)
      record.cloud = file.path
      var text = try ScenarioFile.read(record, overrides: overrides)
      try text.record.migration.readParameters(in: folder)
      return try Scenario(text, try CloudFile.load(file), cloudPath: file.path, folder: folder)
    }
    var text = try ScenarioFile.read(file, overrides: overrides)
    for required in text.record.requires {
      let path = Self.path(required.file, in: folder)
      guard access(path, R_OK) == 0 else {
        throw .unavailable(file: path, command: required.command)
      }
    }
    try text.record.migration.readParameters(in: folder)
    let cloudPath = Self.path(text.record.cloud, in: folder)
    return try Scenario(
      text, try CloudFile.load(path: cloudPath), cloudPath: cloudPath, folder: folder)
  }

  private init(
    _ text: ScenarioFile.Text, _ file: CloudFile, cloudPath: String, folder: String
  ) throws(ScenarioError) {
    var later = text.later
    var cloud = file.cloud
    ScenarioOverlay(record: text.record).apply(to: &cloud, &later)
    guard later.isValid else { throw text.error(of: later) }
    self.text = text
    record = text.record
    self.cloud = cloud
    cloudParts = file.parts
    cloudSHA256 = file.sha256
    self.folder = folder
    self.cloudPath = cloudPath
    warnings = later.located { text.place(of: $0) }.diagnostics
  }

  /// The reading for a problem with a value that stands in the file of the scenario; nil if it does
  /// not stand there.
  package func problem(
    _ message: String, at path: String, code: DiagnosticCode = .value, help: String
  ) -> Reading? {
    guard let place = text.place(of: path) else { return nil }
    var reading = text.later
    for part in path.split(whereSeparator: { ".[".contains($0) }) {
      reading.enter(part.hasSuffix("]") ? .index(Int(part.dropLast()) ?? 0) : .key(String(part)))
    }
    reading.report(code, message, at: place, help: help)
    return reading
  }

  /// A path of a scenario in the folder of its file.
  static func path(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || folder == "." ? path : folder + "/" + path
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.split(separator: ".").first.map(String.init) ?? name
  }

  /// SHA-256 of the scenario with all overrides applied.
  package var sha256: String {
    SHA256.hexadecimal(Array(resolvedYAML.utf8))
  }

  /// The scenario with all overrides applied, as a file.
  package var resolvedYAML: String { ScenarioKeys.scenario.encode(record).yaml() }

  /// What decides the policy class of each VM.
  package var classRules: ClassRules {
    let policies = record.policies
    return ClassRules(
      release: NovaRelease(parsing: record.release) ?? .newestKnown,
      wishes: policies.wishes.map {
        WishRule(selector: $0.selector, wish: $0.policyClass, fallback: $0.fallback)
      },
      projectDefaults: Dictionary(
        policies.projects.map { ($0.name, $0.policyClass) }, uniquingKeysWith: { first, _ in first }
      ),
      cloudDefault: policies.standard, fallback: policies.fallback)
  }

  /// How often a plan is carried out if the scenario does not say it.
  package static let planReplications: Int64 = 200

  /// The question about the scenario's evacuation.
  ///
  /// **Errors**: `option` or `invalid` if no host is named, one twice, or one that the cloud does
  /// not have.
  package func evacuationQuestion() throws(ScenarioError) -> EvacuationQuestion {
    let evacuation = record.evacuation
    var options = Properties()
    options["backup_host"] = evacuation.backupHost
    options["order_by"] = evacuation.orderBy
    options["cannot_move"] = evacuation.cannotMove
    options["priority_key"] = evacuation.priorityKey
    options["failed_hosts"] = evacuation.failedHosts.map { "\($0)" }
    let hosts = try hostIndices(evacuation.hosts)
    return EvacuationQuestion(
      name: record.name,
      task: EvacuationTask(
        cloud: cloud, out: hosts, rules: classRules,
        search: SearchLimits(
          timeLimitSeconds: evacuation.timeLimit.map { Double($0) / 1_000_000 },
          allowsHelperMoves: evacuation.helperMoves), options: options),
      strategy: evacuation.strategy,
      window: SimulatedDuration(microseconds: evacuation.window),
      work: SimulatedDuration(microseconds: evacuation.work),
      parameters: record.migration.parameters,
      network: record.migration.network(of: cloud), guests: try guests(),
      seed: UInt64(record.seed), replications: Int(record.replications ?? Self.planReplications),
      origin: planOrigin, calendar: try evacuationCalendar(for: hosts))
  }

  /// The calendar, if it has windows; one of them has to mean all hosts.
  private func evacuationCalendar(
    for hosts: [Int]
  ) throws(ScenarioError) -> MaintenanceCalendar? {
    let calendar = try calendar()
    guard calendar.hasWindows else { return nil }
    guard calendar.openings(of: hosts).isEmpty else { return calendar }
    let path = "calendar.windows"
    let message = "\(path) must hold one that means all hosts to empty, found none"
    let help = "add a window for them, or empty fewer hosts at once"
    if let reading = problem(message, at: path, help: help) { throw .invalid(reading) }
    throw .option(
      name: "--hosts", value: record.evacuation.hosts.joined(separator: ","),
      allowed: "hosts that a window of the calendar means", help: help)
  }

  private func hostIndices(_ names: [String]) throws(ScenarioError) -> [Int] {
    let known = cloud.hosts.names.indexByName()
    let sorted = known.keys.sorted()
    let shown = sorted.prefix(8).joined(separator: ", ") + (sorted.count > 8 ? ", ..." : "")
    guard !names.isEmpty else {
      throw .option(
        name: "--hosts", value: "", allowed: "one or more hosts of the cloud",
        help: "name the hosts to empty; there are: \(shown)")
    }
    var indices: [Int] = []
    var taken: Set<Int> = []
    for (place, name) in names.enumerated() {
      guard let index = known[name] else {
        let near = NearMiss.nearest(to: name, among: sorted).map { "did you mean `\($0)`? " } ?? ""
        throw refusal(
          of: name, at: place, .unknownReference, allowed: "a host of the cloud `\(cloud.name)`",
          help: near + "there are: \(shown)")
      }
      guard taken.insert(index).inserted else {
        throw refusal(
          of: name, at: place, .duplicateName, allowed: "different hosts",
          help: "remove one of the two")
      }
      indices.append(index)
    }
    return indices
  }

  /// What is wrong with a host to empty, at its place in the file or as an option.
  private func refusal(
    of name: String, at index: Int, _ code: DiagnosticCode, allowed: String, help: String
  ) -> ScenarioError {
    let path = "evacuation.hosts[\(index)]"
    let value = Reading.shown(.text(name))
    if let reading = problem(
      "\(path) must be \(allowed), found \(value)", at: path, code: code, help: help)
    {
      return .invalid(reading)
    }
    return .option(name: "--hosts", value: name, allowed: allowed, help: help)
  }
}
