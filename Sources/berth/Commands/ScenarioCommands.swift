import ArgumentParser
import CloudModel
import Documents
import Foundation
import Reporting
import Scenarios

/// `berth init`: writes a commented example.
struct InitCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a small cloud and a commented scenario to start from.",
    discussion: """
      EXAMPLES
        berth init demo
        berth init demo --template capacity && berth run demo/week.yaml
      """)

  @Argument(help: "The folder to write to; it is made if it is not there.")
  var folder = "."

  @Option(help: "What the scenario is about.")
  var template: StarterFiles.Template = .evacuation

  @Flag(help: "May replace existing files.")
  var force = false

  @OptionGroup var messages: MessageOptions

  func run() throws {
    let files = StarterFiles.files(template)
    do {
      for file in files {
        if !force, FileManager.default.fileExists(atPath: "\(folder)/\(file.name)") {
          throw DocumentError.exists(path: "\(folder)/\(file.name)")
        }
      }
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      for file in files {
        try AtomicFile.write(file.text, to: "\(folder)/\(file.name)", replace: force)
        try Console.write("\(folder)/\(file.name)\n")
      }
    } catch let error as DocumentError {
      throw Failure(writing: error)
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(
        .noOutput, code: "E0140", "the folder \(folder) cannot be made",
        help: "name a folder that can be written")
    }
  }
}

/// `berth check`: checks files and prints every problem with its place.
struct CheckCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks scenario, cloud and plan files.",
    discussion: """
      EXAMPLES
        berth check maintenance.yaml
        berth check cloud.json plan.json --error-format json
      """)

  @Argument(help: "Files to check.")
  var files: [String]

  @Flag(help: "Warnings count as errors.")
  var strict = false

  @OptionGroup var messages: MessageOptions

  func run() throws {
    var worst: Status?
    for file in files {
      do {
        let kind = try FileKind.check(file)
        let warnings = kind.warnings
        if !warnings.isEmpty {
          _ = report(Failure(warnings: warnings))
          if strict { worst = worst ?? .invalid }
        }
        if kind.classErrors.isEmpty {
          try Console.write("\(file): \(kind.words)\n")
        } else {
          let failures = kind.classErrors.map { Failure($0, file: kind.cloudPath) }
          let status = report(Failure(failures, or: .invalid))
          worst = worst ?? status
        }
      } catch let error as ScenarioError {
        let status = report(Failure(error))
        worst = worst ?? status
      }
    }
    if let worst { throw ArgumentParser.ExitCode(worst.rawValue) }
  }

  private func report(_ failure: Failure) -> Status {
    Console.report(messages.errorFormat == .json ? failure.jsonLines : failure.text)
    return failure.status
  }
}

/// `berth schema`: JSON Schemas of the files.
struct SchemaCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints the JSON Schema of a kind of file.",
    discussion: """
      EXAMPLES
        berth schema scenario
        berth schema --markdown
      """)

  @Argument(help: "Name of the kind, such as cloud; without a name the kinds are listed.")
  var name: String?

  @Flag(help: "Print all keys and error codes as Markdown instead.")
  var markdown = false

  @OptionGroup var messages: MessageOptions

  func run() throws {
    if markdown { return try Console.write(FileKind.markdown) }
    guard let name else {
      return try Console.write(FileKind.names.map { $0 + "\n" }.joined())
    }
    guard let schema = FileKind.schema(named: name) else {
      throw Failure(
        .usage, code: "E0002", "no schema `\(name)`",
        help: "there are: \(FileKind.names.joined(separator: ", "))")
    }
    try Console.write(schema.json(.indented) + "\n")
  }
}
