import ArgumentParser
import Collector
import Documents
import Reporting
import Scenarios

/// `berth collect dataset`: public data sets as clouds and demands.
struct CollectDatasetCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Converts a public data set into a cloud or a demand.",
    discussion: """
      The sets are \(DatasetCatalog.all.map(\.name).joined(separator: ", ")). Hosts become \
      cloud.json, requests become demand.csv.gz with demand-flavors.csv. A file whose SHA-256 is \
      not the published one is named and used.

      EXAMPLES
        berth collect dataset azure-vm-2017 --from data/azure-vm-2017 --out azure
        berth collect dataset alibaba-gpu-2023 --from tables --out gpu --static --force
      """)

  @Argument(help: ArgumentHelp("Name of the data set.", valueName: "name"))
  var dataset: String

  @Option(help: ArgumentHelp("Folder with the tables of the set.", valueName: "folder"))
  var from: String?

  @Option(help: ArgumentHelp("Folder to write to.", valueName: "folder"))
  var out: String

  @Option(help: "Which tasks of alibaba-gpu-2023: as recorded, or a third with models named.")
  var variant: AlibabaTables.Variant = .standard

  @Flag(
    name: .customLong("static"),
    help: "Tasks of alibaba-gpu-2023 one second apart and without an end, to be packed.")
  var isStatic = false

  @Flag(help: "May replace existing files.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let chosen = try chosenDataset()
    guard let from else { throw Self.unavailable(chosen) }
    var options = DatasetConversion.Options()
    (options.variant, options.isStatic) = (variant, isStatic)
    let conversion: DatasetConversion
    do {
      conversion = try DatasetConversion(chosen, folder: from, options)
    } catch {
      throw Failure(error)
    }
    let rows = Self.rows(of: conversion)
    let shown = try output.rendered(
      document(of: chosen, conversion), text: text(of: chosen, conversion), rows: rows)
    do {
      try conversion.write(to: out, replace: force)
    } catch ScenarioError.document(let error) {
      throw Failure(writing: error)
    }
    for note in conversion.notes { messages.note("warning: \(note)") }
    try Console.write(shown)
    messages.note("written to \(out)")
  }

  private func chosenDataset() throws -> Dataset {
    let all = DatasetCatalog.all.map(\.name)
    guard let chosen = DatasetCatalog.named(dataset) else {
      let near = NearMiss.nearest(to: dataset, among: all).map { "did you mean `\($0)`? " } ?? ""
      throw Failure(
        .usage, code: "E0002", "NAME must be a data set, found \"\(dataset)\"",
        help: near + "there are: \(all.joined(separator: ", "))")
    }
    let isAlibaba = chosen.name == DatasetCatalog.alibabaGPU2023.name
    if !isAlibaba, isStatic || variant != .standard {
      throw Failure(
        .usage, code: "E0002",
        "\(isStatic ? "--static" : "--variant") must go with alibaba-gpu-2023, found it with "
          + "\(chosen.name)", help: "leave it away")
    }
    return chosen
  }

  /// Nothing is fetched: what to fetch, and what to do with it.
  private static func unavailable(_ dataset: Dataset) -> Failure {
    let commands = dataset.sources.map { "curl -fLO \($0.address)" }.joined(separator: "; ")
    let needed = dataset.files.filter(\.isNeeded).map(\.file.name).joined(separator: ", ")
    return Failure(
      .unavailable, code: "E0403",
      "\(dataset.name) is not fetched from the network; name a folder that has \(needed)",
      help: "`berth collect dataset \(dataset.name) --from DIR --out DIR`; the origin's files: "
        + commands)
  }

  private func document(of dataset: Dataset, _ conversion: DatasetConversion) -> Document {
    [
      "name": .text(dataset.name), "out": .text(out), "licence": .text(dataset.licence),
      "origin": .text(dataset.origin),
      "files": .items(conversion.fileNames.map { .text("\(out)/\($0)") }),
      "counts": .fields(Self.counts(of: conversion).map { ($0.name, Document($0.count)) }),
      "notes": .items(conversion.notes.map { .text($0) }),
    ]
  }

  private static func rows(of conversion: DatasetConversion) -> Table {
    Table(
      columns: ["name", "count"],
      rows: counts(of: conversion).map { [.text($0.name), Document($0.count)] })
  }

  private static func counts(
    of conversion: DatasetConversion
  ) -> [(name: String, count: Int)] {
    var counts: [(name: String, count: Int)] = []
    if let cloud = conversion.cloud {
      let devices = cloud.hosts.flatMap(\.devices).reduce(0) { $0 + Int($1.count) }
      counts += [("hosts", cloud.hosts.count), ("zones", cloud.zones.count), ("devices", devices)]
    }
    if let demand = conversion.demand {
      counts += [("requests", demand.count), ("flavors", demand.flavors.count)]
    }
    return counts
  }

  private func text(of dataset: Dataset, _ conversion: DatasetConversion) -> String {
    let counts = Self.counts(of: conversion).map { "\($0.count) \($0.name)" }
    return "\(dataset.name), \(dataset.title): \(counts.joined(separator: ", "))\n"
      + "licence: \(dataset.licence); origin: \(dataset.origin)\n"
  }
}

extension AlibabaTables.Variant: ExpressibleByArgument {}
