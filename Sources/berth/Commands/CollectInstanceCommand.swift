import ArgumentParser
import Benchmarking
import Documents
import Reporting

/// `berth collect instance`: evacuation instances as cloud files.
struct CollectInstanceCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "instance", abstract: "Turns an evacuation instance into a cloud file.",
    discussion: """
      `berth solve` answers an instance by packing alone; as a cloud its evacuation can be planned \
      in time, with every strategy. CPU needs become traits, GPUs devices, classes tags. Prints the \
      hosts that the instance empties.

      EXAMPLES
        berth collect instance evac-50-tight.json --out cloud.json
        berth plan evacuate cloud.json --policy all --hosts $(berth collect instance \
      evac-50-tight.json --out cloud.json --force -f value -c drained)
      """)

  @Argument(help: "An evacuation instance.")
  var instance: String

  @Option(help: ArgumentHelp("Cloud file to write.", valueName: "file"))
  var out: String

  @Flag(help: "May replace an existing file.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let json = try InstanceOptions.bytes(of: instance)
    let cloud: InstanceCloud
    do {
      cloud = try InstanceCloud(json: json)
    } catch {
      throw Failure(collecting: error, file: instance)
    }
    let drained = cloud.drained.joined(separator: ",")
    let row: Document = [
      "out": .text(out), "hosts": Document(cloud.hostCount), "vms": Document(cloud.vmCount),
      "drained": .text(drained),
    ]
    let text =
      "\(Wording.count(cloud.hostCount, "host")), \(Wording.count(cloud.vmCount, "VM")); to empty: "
      + "\(drained)\n"
    let shown = try output.rendered(row, text: text, rows: Table(objects: [row]))
    do {
      try AtomicFile.write(cloud.document.json(.indented) + "\n", to: out, replace: force)
    } catch {
      throw Failure(writing: error)
    }
    try Console.write(shown)
    messages.note("cloud file written to \(out)")
  }
}

extension Failure {
  /// What an error of an instance means for `berth collect instance`.
  fileprivate init(collecting error: PlacementInstanceError, file: String) {
    guard case .otherProblem(let found) = error else {
      self.init(error, file: file)
      return
    }
    self.init(
      .invalid, code: "E0402", "the problem must be \"evacuation\", found \"\(found)\"", file: file,
      path: "problem", help: "only evacuation instances are clouds with hosts to empty")
  }
}
