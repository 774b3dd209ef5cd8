import ArgumentParser
import CloudModel
import Documents
import Policies
import Reporting

/// `berth policies`: what can decide.
struct PoliciesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policies", abstract: "Lists the policies with their parameters.",
    discussion: """
      EXAMPLES
        berth policies list
        berth policies show best-fit
      """,
    subcommands: [PoliciesListCommand.self, PoliciesShowCommand.self])
}

/// One policy of any kind, as people see it.
private struct PolicyEntry {
  let kind: String
  let name: String
  let summary: String
  let source: String
  let parameters: [(name: String, meaning: String)]

  static var all: [PolicyEntry] {
    PolicyCatalog.evacuation.map {
      PolicyEntry(
        kind: "evacuation", name: $0.name, summary: $0.summary, source: "",
        parameters: $0.parameters)
    }
      + PolicyCatalog.placement.map {
        PolicyEntry(
          kind: "placement", name: $0.name, summary: $0.summary, source: $0.source,
          parameters: $0.parameters.map { ($0.name, $0.meaning) })
      }
  }
}

/// `berth policies list`.
struct PoliciesListCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the policies with their parameters.",
    discussion: """
      EXAMPLES
        berth policies list
        berth policies list -f csv
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    try output.print(
      Table(
        columns: ["kind", "name", "summary", "parameters"],
        rows: PolicyEntry.all.map { policy in
          let parameters = policy.parameters.map { "\($0.name): \($0.meaning)" }
          return [
            .text(policy.kind), .text(policy.name), .text(policy.summary),
            .text(parameters.joined(separator: "; ")),
          ]
        }))
  }
}

/// `berth policies show`.
struct PoliciesShowCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows one policy: what it does, its options, its source.",
    discussion: """
      EXAMPLES
        berth policies show nova
        berth policies show random-of-k -f json
      """)

  @Argument(help: "The name of the policy.")
  var name: String

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let all = PolicyEntry.all
    guard let policy = all.first(where: { $0.name == name }) else {
      throw Failure(
        .usage, code: "E0002", "no policy `\(name)`",
        help: "there are: \(all.map(\.name).joined(separator: ", "))")
    }
    let parameters = policy.parameters.map {
      ["name": .text($0.name), "meaning": .text($0.meaning)] as Document
    }
    let document: Document = [
      "kind": .text(policy.kind), "name": .text(policy.name), "summary": .text(policy.summary),
      "source": .text(policy.source), "parameters": .items(parameters),
    ]
    let lines =
      ["\(policy.name)  (\(policy.kind))", policy.summary]
      + (policy.source.isEmpty ? [] : ["source: \(policy.source)"])
      + policy.parameters.map { "  \($0.name): \($0.meaning)" }
    try output.print(
      document, text: lines.map { $0 + "\n" }.joined(), rows: Table(objects: [document]))
  }
}
