import ArgumentParser
import Reporting
import Scenarios

/// `berth capacity`: how many more VMs fit, now and with something lost.
struct CapacityCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "capacity", abstract: "Says how many more VMs fit, now and after a loss.",
    discussion: """
      After a loss the VMs of what was lost are placed anew on the rest first; the worst host, \
      rack and zone are named. Server groups and classes of VMs do not count. A row about a zone \
      says what is left there with another zone lost. With --require the exit code is 2 if fewer \
      fit now, or after a loss named by --lose.

      EXAMPLES
        berth capacity cloud.json
        berth capacity cloud.json --mix "SCS-2V-8=3,SCS-8V-32=1" --lose zone:az2 --require 5
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    name: .customLong("flavor"),
    help: ArgumentHelp("Only this flavor; may be given several times.", valueName: "name"))
  var flavors: [String] = []

  @Option(
    help: ArgumentHelp(
      "One batch: flavors with numbers. Default: the mix of what runs now.",
      valueName: "flavor=n,..."))
  var mix: String?

  @Option(
    name: .customLong("lose"),
    help: ArgumentHelp(
      "host, rack or zone: the worst of its kind; or one by name, such as zone:az2. May be given "
        + "several times. Default: the three kinds.", valueName: "kind[:name]"))
  var losses: [String] = []

  @Option(help: ArgumentHelp("Exit code 2 if fewer fit.", valueName: "n"))
  var require: Int?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if let require, require < 0 {
      throw ValidationError("--require must be 0 or more, found \(require)")
    }
  }

  func run() throws {
    let question = try scenario.load().capacityQuestion(
      flavors: flavors, mix: mix, losses: losses)
    let answer = CapacityAnalysis.answer(question)
    let rows = CapacityTables.rows(of: answer)
    let kinds = question.losses.map(\.kind)
    try output.print(
      CapacityTables.document(of: answer),
      text: CapacityTables.text(
        of: answer, losses: kinds, table: try output.rendered(rows)), rows: rows)
    if let require, !fits(answer, require, kinds) {
      throw ArgumentParser.ExitCode(Status.negative.rawValue)
    }
  }

  /// Whether so many of what was asked for fit in all zones together: of the mix if there is one,
  /// else of every flavor.
  private func fits(
    _ answer: CapacityAnswer, _ require: Int, _ kinds: [CapacityQuestion.LossKind]
  ) -> Bool {
    let whole = answer.rows.filter { $0.zone == nil }
    let mixed = whole.filter { $0.flavor == nil }
    return (mixed.isEmpty ? whole : mixed).allSatisfy { row in
      row.now >= require
        && (losses.isEmpty || kinds.allSatisfy { row.afterLoss($0)?.value ?? 0 >= require })
    }
  }
}
