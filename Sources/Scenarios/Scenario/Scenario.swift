package import CloudModel
import Documents
import Migration
import Policies

/// A scenario with its cloud, checked and ready to be asked.
package struct Scenario: Sendable {
  /// What the file says, overrides applied.
  package var record: ScenarioRecord
  /// The cloud, with the devices and group facts of the scenario added.
  package var cloud: Cloud
  /// SHA-256 of the cloud file.
  package var cloudSHA256: String
  /// The folder in which run folders are made, from the place of the scenario's file.
  package var folder: String
  /// Problems that do not stop the work.
  package var warnings: [Diagnostic]

  /// Reads a scenario, or a cloud file, for which all else is default.
  ///
  /// **Errors**: `ScenarioError`.
  package static func load(
    path: String, overrides: [Override] = []
  ) throws(ScenarioError) -> Scenario {
    let folder = Self.folder(of: path)
    if try isCloudFile(path) {
      var record = ScenarioRecord()
      record.name = Self.stem(of: path)
      record.cloud = path
      record = try Override.apply(overrides, to: record)
      return try assemble(record, cloudPath: path, scenarioPath: path, folder: folder)
    }
    let (read, reading) = try ScenarioFile.read(path: path, overrides: overrides)
    guard let record = read else { throw .invalid(reading) }
    let cloudPath = record.cloud.hasPrefix("/") ? record.cloud : folder + "/" + record.cloud
    return try assemble(record, cloudPath: cloudPath, scenarioPath: path, folder: folder)
  }

  private static func assemble(
    _ record: ScenarioRecord, cloudPath: String, scenarioPath: String, folder: String
  ) throws(ScenarioError) -> Scenario {
    let file = try CloudFile.load(path: cloudPath)
    var reading = Reading(file: scenarioPath)
    var cloud = file.cloud
    ScenarioOverlay(record: record).apply(to: &cloud, &reading)
    guard reading.isValid else { throw .invalid(reading) }
    return Scenario(
      record: record, cloud: cloud, cloudSHA256: file.sha256, folder: folder,
      warnings: reading.diagnostics)
  }

  private static func isCloudFile(_ path: String) throws(ScenarioError) -> Bool {
    let keys = try FileKind.topKeys(of: path)
    return !keys.contains("cloud") && (keys.contains("hosts") || keys.contains("vms"))
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
      wishes: policies.wishes.map { wish in
        var selector = VMSelector()
        selector.names = wish.names
        selector.flavors = wish.flavors
        selector.images = wish.images
        selector.projects = wish.projects
        selector.tags = wish.tags
        return WishRule(selector: selector, wish: wish.policyClass, fallback: wish.fallback)
      },
      projectDefaults: Dictionary(
        policies.projects.map { ($0.name, $0.policyClass) }, uniquingKeysWith: { first, _ in first }
      ),
      cloudDefault: policies.standard, fallback: policies.fallback)
  }

  /// The question about the scenario's evacuation.
  ///
  /// **Errors**: `option` if no host is named, one twice, or one that the cloud does not have.
  package func evacuationQuestion() throws(ScenarioError) -> EvacuationQuestion {
    let evacuation = record.evacuation
    var options = Properties()
    options["backup_host"] = evacuation.backupHost
    return EvacuationQuestion(
      name: record.name,
      task: EvacuationTask(
        cloud: cloud, out: try hostIndices(evacuation.hosts), rules: classRules,
        search: SearchLimits(
          timeLimitSeconds: evacuation.timeLimit.map { Double($0) / 1_000_000 },
          allowsHelperMoves: evacuation.helperMoves), options: options),
      strategy: evacuation.strategy,
      window: SimulatedDuration(microseconds: evacuation.window),
      work: SimulatedDuration(microseconds: evacuation.work),
      parameters: record.migration.parameters,
      networkCard: record.migration.networkCard.map { Bandwidth(bytesPerSecond: $0) },
      seed: UInt64(record.seed), replications: Int(record.replications),
      cloudSHA256: cloudSHA256, scenarioSHA256: sha256)
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
    for name in names {
      guard let index = known[name] else {
        let near = NearMiss.nearest(to: name, among: sorted).map { "did you mean `\($0)`? " } ?? ""
        throw .option(
          name: "--hosts", value: name, allowed: "a host of the cloud `\(cloud.name)`",
          help: near + "there are: \(shown)")
      }
      guard !indices.contains(index) else {
        throw .option(
          name: "--hosts", value: name, allowed: "each host once", help: "remove one of the two")
      }
      indices.append(index)
    }
    return indices
  }
}
