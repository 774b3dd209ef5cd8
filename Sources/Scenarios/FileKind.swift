import CloudModel
package import Documents

/// The kinds of files that the program reads, told apart by what stands at their top.
package struct FileKind: Sendable {
  /// What a checked file is, in words.
  package let words: String
  /// Problems that do not stop the work.
  package let warnings: [Diagnostic]

  /// The names of the kinds.
  package static let names = ["cloud", "plan", "scenario"]

  /// The JSON Schema of a kind, or nil if there is none of that name.
  package static func schema(named name: String) -> Document? {
    switch name {
    case "cloud": Schema.schema(of: CloudKeys.cloud)
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
      + KeyDocumentation.documentation(of: PlanKeys.plan) + "\n# Codes of problems in files\n\n"
      + KeyDocumentation.codes()
  }

  /// Reads a file whole, with everything it refers to.
  ///
  /// **Errors**: `ScenarioError` with all problems of the file.
  package static func check(_ path: String) throws(ScenarioError) -> FileKind {
    switch try topKeys(of: path) {
    case let keys where keys.contains("moves") && keys.contains("verdict"):
      let plan = try PlanFile.read(path: path)
      return FileKind(words: "a plan with \(plan.moves.count) moves", warnings: [])
    case let keys where !keys.contains("cloud") && (keys.contains("hosts") || keys.contains("vms")):
      let cloud = try CloudFile.load(path: path).cloud
      return FileKind(
        words: "a cloud with \(cloud.hosts.count) hosts and \(cloud.vms.count) VMs", warnings: [])
    default:
      let scenario = try Scenario.load(path: path)
      return FileKind(
        words: "a scenario on a cloud with \(scenario.cloud.hosts.count) hosts and "
          + "\(scenario.cloud.vms.count) VMs", warnings: scenario.warnings)
    }
  }

  /// The keys at the top of a file; none if it cannot be understood.
  static func topKeys(of path: String) throws(ScenarioError) -> Set<String> {
    var keys: Set<String> = []
    do {
      let source = try DocumentSource(path: path)
      try source.forEachSection { (part) throws(DocumentError) in
        switch part {
        case .value(let key, _, _), .list(let key, _, _): keys.insert(key)
        case .element: break
        }
      }
    } catch {
      switch error {
      case .missing, .isFolder, .unreadable: throw .document(error)
      // What is wrong with the text is said with its place when the file is read in full.
      default: break
      }
    }
    return keys
  }
}
