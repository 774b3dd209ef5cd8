import ArgumentParser
import Benchmarking
import Documents
import Policies
import Reporting

/// `berth solve`: placement instances, answered with value, bound and gap.
struct SolveCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "solve", abstract: "Solves placement instances: value, bound and gap.",
    discussion: """
      Headroom instances ask how many batches of a mix fit into each zone, evacuation instances \
      how few VMs stay without a place. With -f json the packing is part of the answer.

      EXAMPLES
        berth solve headroom.json
        berth solve a.json b.json -f json
      """)

  @OptionGroup var instances: InstanceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    var reports: [SolveReport] = []
    for file in instances.files {
      let json = try InstanceOptions.bytes(of: file)
      do {
        reports.append(try SolveReport(json: json, packing: instances.packing))
      } catch {
        throw Failure(solving: error, file: file)
      }
    }
    let rows = Table(objects: reports.map(Self.row))
    try output.print(
      .items(reports.map(Self.document)), text: try output.rendered(rows), rows: rows)
  }

  /// The answer in figures.
  private static func row(_ report: SolveReport) -> Document {
    let (objective, bound) = objectives(report)
    return [
      "name": .text(report.name), "problem": .text(report.problem), "objective": objective,
      "bound": bound, "gap": .number(report.gap), "proven": .bool(report.isProven),
      "cpu_s": .number(report.cpuSeconds), "peak_rss_bytes": Document(report.peakMemoryBytes),
    ]
  }

  /// The answer with its packing.
  private static func document(_ report: SolveReport) -> Document {
    guard case .object(var members) = row(report) else { return .null }
    switch report.answer {
    case .headroom(_, let counts):
      let list = Document.items(
        counts.map {
          ["host": Document($0.host), "flavor": .text($0.flavor), "count": Document($0.count)]
        })
      members.append(Member(key: "counts", node: Node(list)))
    case .evacuation(_, _, _, let assignment):
      let list = Document.items(
        assignment.map { ["vm": Document($0.vm), "host": Document($0.host)] })
      members.append(Member(key: "assignment", node: Node(list)))
    }
    return .object(members)
  }

  private static func objectives(_ report: SolveReport) -> (value: Document, bound: Document) {
    switch report.answer {
    case .headroom(let zones, _):
      func object(_ least: Int, _ amount: KeyPath<(zone: Int, value: Int, bound: Int), Int>)
        -> Document
      {
        [
          "min_az_batches": Document(least),
          "per_az": .fields(zones.map { ("\($0.zone)", Document($0[keyPath: amount])) }),
        ]
      }
      return (
        object(zones.map(\.value).min() ?? 0, \.value),
        object(zones.map(\.bound).min() ?? 0, \.bound)
      )
    case .evacuation(let unplaced, let bound, let slots, _):
      return (
        ["unplaced": Document(unplaced), "ref_slots_left": Document(slots)],
        ["unplaced": Document(bound), "ref_slots_left": .null]
      )
    }
  }
}

extension Failure {
  /// What an error of an instance means for `berth solve`.
  init(solving error: PlacementInstanceError, file: String) {
    guard case .otherProblem(let found) = error else {
      self.init(error, file: file)
      return
    }
    let known = SolveReport.problems.map { "\"\($0)\"" }.joined(separator: " or ")
    self.init(
      .invalid, code: "E0402", "the problem must be \(known), found \"\(found)\"", file: file,
      path: "problem", help: "the format is that of the placement instances")
  }
}
