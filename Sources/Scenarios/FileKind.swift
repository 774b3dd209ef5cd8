package import CloudModel
package import Documents
import Simulator

/// The kinds of files that the program reads, told apart by what stands at their top.
package struct FileKind: Sendable {
  /// What a checked file is, in words.
  package let words: String
  /// Problems that do not stop the work.
  package let warnings: [Diagnostic]
  /// The cloud file that the classes were read from; nil for plans.
  package let cloudPath: String?
  /// Keys about migration that say something no one can act on: whoever plans with such a VM stops.
  package let classErrors: [ClassError]

  private init(
    words: String, warnings: [Diagnostic] = [], cloudPath: String? = nil,
    classErrors: [ClassError] = []
  ) {
    self.words = words
    self.warnings = warnings
    self.cloudPath = cloudPath
    self.classErrors = classErrors
  }

  /// The names of the kinds.
  package static let names = ["cloud", "demand", "migration", "plan", "scenario"]

  /// The JSON Schema of a kind, or nil if there is none of that name.
  package static func schema(named name: String) -> Document? {
    switch name {
    case "cloud": Schema.schema(of: CloudKeys.cloud)
    case "demand": Schema.schema(of: DemandKeys.header)
    case "migration": EstimateKeys.schema
    case "plan": Schema.schema(of: PlanKeys.plan)
    case "scenario": Schema.schema(of: ScenarioKeys.scenario)
    default: nil
    }
  }

  /// All keys of all kinds, for the documentation.
  package static var markdown: String {
    "# Keys of scenario, cloud and plan files\n\n"
      + "Written by `berth schema --markdown` from the declarations in `Sources/Scenarios/Keys/`.\n\n"
      + KeyDocumentation.documentation(of: ScenarioKeys.scenario) + "\n"
      + KeyDocumentation.documentation(of: CloudKeys.cloud) + "\n"
      + KeyDocumentation.documentation(of: DemandKeys.header) + "\n"
      + KeyDocumentation.documentation(of: EstimateKeys.migration) + "\n"
      + KeyDocumentation.documentation(of: PlanKeys.plan) + "\n# Codes of problems in files\n\n"
      + KeyDocumentation.codes()
  }

  /// Reads a file whole, with everything it refers to.
  ///
  /// **Errors**: `ScenarioError` with all problems of the file.
  package static func check(_ path: String) throws(ScenarioError) -> FileKind {
    let file = try ScenarioError.opened(path)
    let keys = file.topKeys
    if keys.contains("moves") && keys.contains("verdict") {
      let plan = try PlanFile.read(file)
      return FileKind(words: "a plan with \(count(plan.moves.count, "move"))")
    }
    let scenario = try Scenario.load(file, isCloud: isCloud(keys))
    let demand = try checkedDemand(of: scenario)
    let cloud = scenario.cloud
    let size = "\(count(cloud.hosts.count, "host")) and \(count(cloud.vms.count, "VM"))"
    return FileKind(
      words: isCloud(keys)
        ? "a cloud with \(size)" : "a scenario on a cloud with \(size)" + words(of: demand),
      warnings: scenario.warnings, cloudPath: scenario.cloudPath,
      classErrors: classErrors(of: scenario))
  }

  /// The demand of a scenario, read to its end; nil if there is none.
  private static func checkedDemand(
    of scenario: Scenario
  ) throws(ScenarioError) -> PreparedDemand? {
    guard scenario.record.demand != nil else { return nil }
    let demand = try scenario.placementQuestion().demand
    guard let path = demand.path else { return demand }
    var source = try demand.source(seed: UInt64(scenario.record.seed), replication: 0)
    var block = DemandBlock()
    do throws(DemandError) {
      repeat {
        block.removeAll()
        try source.fill(&block)
      } while block.count > 0
    } catch {
      throw error.scenarioError(in: path)
    }
    return demand
  }

  private static func words(of demand: PreparedDemand?) -> String {
    guard let demand else { return "" }
    guard let summary = demand.summary else { return ", a demand that is generated" }
    return ", a demand of \(count(summary.arrivals, "VM"))"
  }

  /// Whether a file with these keys at its top is a cloud, and no scenario.
  static func isCloud(_ keys: Set<String>) -> Bool {
    !keys.contains("cloud") && (keys.contains("hosts") || keys.contains("vms"))
  }

  /// What is wrong with the keys about migration of any VM, each problem once.
  private static func classErrors(of scenario: Scenario) -> [ClassError] {
    let resolver = ClassResolver(cloud: scenario.cloud, rules: scenario.classRules)
    var errors: [ClassError] = []
    for vm in 0..<scenario.cloud.vms.count {
      do throws(ClassError) {
        _ = try resolver.resolve(vm)
      } catch {
        if errors.count < Reading.keptLimit, !errors.contains(error) { errors.append(error) }
      }
    }
    return errors
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
