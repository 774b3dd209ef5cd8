import ArgumentParser
import Benchmarking
import Documents
import Policies
import Reporting

/// `berth solve`: placement instances, answered with value, bound and gap.
struct SolveCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "solve", abstract: "Solves placement and rolling instances: value, bound and gap.",
    discussion: """
      Headroom instances ask how many batches of a mix fit into each zone; evacuation instances \
      how few VMs stay without a place, and how many more VMs of 8 vCPUs and 32 GiB then fit at \
      best; consolidate instances which hosts to empty with the fewest moves; rolling instances in \
      how few waves all due hosts can be emptied, with VMs that return and with VMs that stay. \
      With -f json packing or plan is part of the answer. Ctrl-C ends the search with the best answer so far.

      EXAMPLES
        berth solve headroom.json
        berth solve a.json b.json -f json
      """)

  @OptionGroup var instances: InstanceOptions

  @Option(
    help: ArgumentHelp(
      "Solver of evacuations: glpk within the program's own search, highs or cbc, if installed.",
      valueName: "name"))
  var solver = ComparedSolver.recipe

  @Flag(help: "Also why VMs of an evacuation stay without a place, and what would change it.")
  var why = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    guard solver.isInstalled else { throw Failure.missing(solver) }
    InstanceOptions.listenForInterrupts()
    var answers: [(row: Document, document: Document)] = []
    for file in instances.files {
      let json = try InstanceOptions.bytes(of: file)
      do {
        answers.append(try answer(json))
      } catch {
        throw Failure(solving: error, file: file)
      }
    }
    let rows = Table(objects: answers.map(\.row))
    let explanations = why ? answers.map { Self.text(of: $0.document) }.joined() : ""
    try output.print(
      .items(answers.map(\.document)), text: try output.rendered(rows) + explanations, rows: rows)
    InstanceOptions.endIfInterrupted()
  }

  /// The answer to an instance in figures, and with its packing or plan.
  private func answer(
    _ json: [UInt8]
  ) throws(PlacementInstanceError) -> (row: Document, document: Document) {
    do {
      let report = try SolveReport(json: json, instances.packing, solver: solver)
      var document = Self.document(report)
      if why, report.problem == "evacuation", case .object(let members) = document {
        let explanation = InstanceExplanation(
          of: try PlacementInstance(json: json), instances.packing)
        document = .object(members + Self.members(of: explanation))
      }
      return (Self.row(report), document)
    } catch .otherProblem(found: "rolling") {
      let report = RollingReport(try RollingInstance(json: json), instances.rolling)
      return (Self.row(report), Self.document(report))
    }
  }

  /// The answer in figures.
  private static func row(_ report: SolveReport) -> Document {
    [
      "name": .text(report.name), "problem": .text(report.problem),
      "objective": report.figures.object { $0.value.map { Document($0) } ?? .null },
      "bound": report.figures.object { $0.bound.map { Document($0) } ?? .null },
      "gap": report.figures.object { .number($0.gap) },
      "proven": report.figures.object { .bool($0.isProven) },
      "cpu_s": .number(report.cpuSeconds), "peak_rss_bytes": Document(report.peakMemoryBytes),
    ]
  }

  /// The answer with its packing.
  private static func document(_ report: SolveReport) -> Document {
    guard case .object(var members) = row(report) else { return .null }
    func assignment(_ list: [SolveReport.Assignment]) -> Document {
      .items(list.map { ["vm": Document($0.vm), "host": Document($0.host)] })
    }
    switch report.answer {
    case .headroom(_, let counts):
      let list = Document.items(
        counts.map {
          ["host": Document($0.host), "flavor": .text($0.flavor), "count": Document($0.count)]
        })
      members.append(Member(key: "counts", node: Node(list)))
    case .evacuation(_, _, let list):
      members.append(Member(key: "assignment", node: Node(assignment(list))))
    case .consolidation(let hosts, _, _, let list):
      let emptied = Document.items(hosts.map { Document($0) })
      members.append(Member(key: "emptied", node: Node(emptied)))
      members.append(Member(key: "assignment", node: Node(assignment(list))))
    }
    return .object(members)
  }
}

extension SolveFigures {
  /// One fact of each number, under the numbers' names; those of zones in an object of their own.
  fileprivate func object(_ fact: (SolveFigure) -> Document) -> Document {
    var fields = totals.map { ($0.name, fact($0)) }
    if !zones.isEmpty { fields.append(("per_az", .fields(zones.map { ($0.name, fact($0)) }))) }
    return .fields(fields)
  }
}

extension Failure {
  /// What an error of an instance means for `berth solve`.
  init(solving error: PlacementInstanceError, file: String) {
    guard case .otherProblem(let found) = error else {
      self.init(error, file: file)
      return
    }
    let known = (SolveReport.problems + ["rolling"]).map { "\"\($0)\"" }.joined(separator: " or ")
    self.init(
      .invalid, code: "E0402", "the problem must be \(known), found \"\(found)\"", file: file,
      path: "problem", help: "the format is that of the placement instances")
  }
}
