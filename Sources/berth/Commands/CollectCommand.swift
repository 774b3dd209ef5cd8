import ArgumentParser
import Collector
import Documents
import Reporting
import Scenarios

/// `berth collect`: makes cloud files of real clouds.
struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Makes a cloud file of a real cloud. Only reads.",
    discussion: """
      EXAMPLES
        berth collect openstack --capture answers --out cloud.json
        berth collect openstack --capture answers --out cloud.json -f json
      """,
    subcommands: [
      CollectOpenStackCommand.self, CollectDatasetCommand.self, CollectInstanceCommand.self,
    ])
}

/// `berth collect openstack`: hosts, VMs, flavors, groups and zones of an OpenStack cloud.
struct CollectOpenStackCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "openstack", abstract: "Reads an OpenStack cloud into a cloud file.",
    discussion: """
      The capture is a folder of recorded answers with an index.json that says which call each \
      file answers. What was noticed on the way is printed and kept in the file.

      EXAMPLES
        berth collect openstack --capture answers --out cloud.json
        berth collect openstack --capture answers --out cloud.json --force -f json
      """)

  @Option(help: ArgumentHelp("Folder of recorded answers.", valueName: "folder"))
  var capture: String

  @Option(help: ArgumentHelp("Name of the cloud; default: the folder's.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Cloud file to write.", valueName: "file"))
  var out: String

  @Flag(help: "May replace an existing file.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if name == "" { throw ValidationError("--name must be a name, found nothing") }
  }

  func run() throws {
    var collected: CollectedCloud
    do {
      collected = try CollectedCloud(openStack: try CaptureSource(folder: capture))
    } catch {
      throw Failure(error, folder: capture)
    }
    if let name { collected.cloud.name = name }
    let shown = try output.rendered(
      document(of: collected), text: text(of: collected.summary), rows: rows(of: collected.summary))
    do {
      let text = CloudKeys.cloud.encode(collected.cloud).json(.indented) + "\n"
      try AtomicFile.write(text, to: out, replace: force)
    } catch {
      throw Failure(writing: error)
    }
    try Console.write(shown)
    messages.note("cloud file written to \(out)")
  }

  private func document(of collected: CollectedCloud) -> Document {
    let summary = collected.summary
    return [
      "name": .text(collected.cloud.name), "out": .text(out),
      "hosts": .integer(Int64(summary.hosts)), "vms": .integer(Int64(summary.vms)),
      "zones": .integer(Int64(summary.zones)), "flavors": .integer(Int64(summary.flavors)),
      "groups": .integer(Int64(summary.groups)),
      "findings": .items(
        summary.findings.map { finding in
          [
            "kind": .text(finding.kind), "subject": .text(finding.subject),
            "text": .text(finding.text),
          ]
        }),
    ]
  }

  private func rows(of summary: CollectionSummary) -> Table {
    Table(
      columns: ["kind", "subject", "text"],
      rows: summary.findings.map { [.text($0.kind), .text($0.subject), .text($0.text)] })
  }

  private func text(of summary: CollectionSummary) -> String {
    var lines = [
      "\(Wording.count(summary.hosts, "host")), \(Wording.count(summary.vms, "VM")), "
        + "\(Wording.count(summary.zones, "zone")), \(Wording.count(summary.flavors, "flavor")), "
        + "\(Wording.count(summary.groups, "server group"))", "",
      summary.findings.isEmpty
        ? "no findings" : "\(Wording.count(summary.findings.count, "finding")):",
    ]
    for finding in summary.findings {
      lines.append("  \(finding.kind)  \(finding.subject): \(finding.text)")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
