import ArgumentParser
import CloudModel
import Documents
import Reporting

/// `berth flavor`: SCS flavor names and the standard flavors.
struct FlavorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flavor", abstract: "Meaning of SCS flavor names; the standard flavors.",
    discussion: """
      EXAMPLES
        berth flavor parse SCS-2V-8-20s
        berth flavor list --version scs-0103-v1.2
      """,
    subcommands: [FlavorParseCommand.self, FlavorListCommand.self])
}

/// `berth flavor parse`: what names mean.
struct FlavorParseCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "parse", abstract: "What SCS flavor names mean.",
    discussion: """
      Exit code 2 if a name is not valid.

      EXAMPLES
        berth flavor parse SCS-2V-8-20s SCS-4C:16:2x200p-a1
        berth flavor parse --file names.txt --mode checker -f json
      """)

  @Argument(help: "Flavor names.")
  var names: [String] = []

  @Option(
    help: ArgumentHelp("One name a line, taken as it is, blanks included.", valueName: "file"))
  var file: String?

  @Option(help: "strict follows the text of the standard, checker imitates the SCS checker.")
  var mode: SCSFlavorName.Mode = .strict

  @Option(help: "Only this syntax: v1 (colons) or v3 (hyphens). Default: either.")
  var syntax: SCSFlavorName.Syntax?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let all = try names + fileNames()
    guard !all.isEmpty else {
      throw Failure(
        .usage, code: "E0002", "no flavor names were given",
        help: "name one, or a file with --file")
    }
    let readings = all.map { FlavorNameReading($0, mode: mode, only: syntax) }
    let documents = readings.map { reading in
      Document.fields(reading.fields.map { ($0.key, Self.document($0.value)) })
    }
    let table = Table(objects: documents)
    if output.chosenFormat == .table, output.columns.isEmpty {
      try Console.write(readings.map(Self.text).joined())
    } else {
      try output.print(table)
    }
    if readings.contains(where: { $0.flavor == nil }) {
      throw ArgumentParser.ExitCode(Status.negative.rawValue)
    }
  }

  private func fileNames() throws -> [String] {
    guard let file else { return [] }
    let bytes: [UInt8]
    do {
      bytes = try FileContent.bytes(of: file, limit: 64 << 20)
    } catch {
      throw Failure(error, file: file)
    }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }

  private static func document(_ value: FlavorFieldValue) -> Document {
    switch value {
    case .integer(let number): .integer(Int64(number))
    case .decimal(let text):
      Int64(text).map(Document.integer) ?? Double(text).map(Document.number) ?? .text(text)
    case .text(let text): .text(text)
    case .null: .null
    }
  }

  private static func text(_ reading: FlavorNameReading) -> String {
    guard let error = reading.error else {
      let fields = reading.fields.filter { $0.value != .null && $0.key != "name" }
      let shown = fields.map { "\($0.key) \(Table.text(document($0.value)))" }
      return "\(reading.name)\n  \(shown.joined(separator: ", "))\n"
    }
    let rest = error.rest.isEmpty ? "" : ": \(error.rest)"
    return "\(reading.name)\n  not valid: \(error.code)\(rest)\n"
  }
}

/// `berth flavor list`: the standard flavors by version of their document.
struct FlavorListCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The standard flavors by version of their document.",
    discussion: """
      EXAMPLES
        berth flavor list
        berth flavor list --version scs-0100-v1 -f csv
      """)

  @Option(
    help: ArgumentHelp(
      "Document and version, such as scs-0103-v1.2; default: the newest.", valueName: "version"))
  var version: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let list = try chosen()
    try output.print(
      Table(
        objects: list.flavors.map { flavor in
          [
            "name": .text(flavor.name.canonical(.v3)), "name_v1": .text(flavor.name.canonical(.v1)),
            "status": .text(flavor.status.rawValue), "vcpus": .integer(Int64(flavor.vcpus)),
            "ram_mib": .integer(Int64(flavor.ramMebibytes)),
            "disk_gb": .integer(Int64(flavor.diskGigabytes)),
            "disk_type": Document(flavor.diskTypeInText), "document": .text(Self.label(list)),
          ]
        }))
  }

  private func chosen() throws -> StandardFlavors {
    guard let version else { return .current }
    let all = StandardFlavors.allCases
    if let list = all.first(where: { Self.label($0) == version || $0.version == version }) {
      return list
    }
    throw Failure(
      .usage, code: "E0002", "--version must name a list of standard flavors, found \"\(version)\"",
      help: "there are: \(all.map(Self.label).joined(separator: ", "))")
  }

  private static func label(_ list: StandardFlavors) -> String {
    list.document.contains("-v") ? list.document : "\(list.document)-v\(list.version)"
  }
}

extension SCSFlavorName.Mode: ExpressibleByArgument {}
extension SCSFlavorName.Syntax: ExpressibleByArgument {}
