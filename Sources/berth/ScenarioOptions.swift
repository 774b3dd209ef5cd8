import ArgumentParser
import Documents
import Foundation
import Scenarios

/// Options of commands that carry a scenario out.
struct ScenarioOptions: ParsableArguments {
  @Argument(help: "A scenario file, or a cloud file with defaults for the rest.")
  var scenario: String

  @Option(help: ArgumentHelp("Overrides a key of the scenario.", valueName: "path.to.key=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Seed of all draws.", valueName: "n"))
  var seed: Int64?

  @Option(help: ArgumentHelp("How many times a plan is carried out.", valueName: "n"))
  var replications: Int64?

  @Option(
    help: ArgumentHelp("Threads; no result depends on it. Default: the cores.", valueName: "n"))
  var workers: Int?

  func validate() throws {
    if let workers, !(1...4096).contains(workers) {
      throw ValidationError("--workers must be from 1 to 4096, found \(workers)")
    }
  }

  /// How many threads to use.
  var workerCount: Int { workers ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// The scenario with the overrides of these options and those of a command.
  func load(_ more: [Override] = []) throws -> Scenario {
    var overrides: [Override] = []
    for text in set { overrides.append(try Override(parsing: text)) }
    if let seed { overrides.append(Override(["seed"], .integer(seed))) }
    if let replications { overrides.append(Override(["replications"], .integer(replications))) }
    return try Scenario.load(path: scenario, overrides: overrides + more)
  }
}

/// Options of commands that empty hosts.
struct EvacuationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Hosts to empty, separated by commas.", valueName: "a,b"))
  var hosts: String?

  @Option(help: ArgumentHelp("Time there is for it, such as 60min or 4 h.", valueName: "time"))
  var window: String?

  @Option(
    help: ArgumentHelp("Time of the work on the empty hosts, inside the window.", valueName: "time")
  )
  var work: String?

  @Option(help: ArgumentHelp("Time for the search instead of a limit of work.", valueName: "time"))
  var timeLimit: String?

  /// What these options override in a scenario.
  var overrides: [Override] {
    var result: [Override] = []
    if let hosts {
      let names = hosts.split(separator: ",").map { Document.text(Self.trimmed(String($0))) }
      result.append(Override(["evacuation", "hosts"], .items(names)))
    }
    for (key, value) in [("window", window), ("work", work), ("time_limit", timeLimit)] {
      if let value { result.append(Override(["evacuation", key], .text(value))) }
    }
    return result
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespaces)
  }
}
