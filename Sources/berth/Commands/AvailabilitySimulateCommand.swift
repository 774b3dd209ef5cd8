import ArgumentParser
import Reporting
import Scenarios

/// `berth availability simulate`: samples what can be solved exactly.
struct AvailabilitySimulateCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Samples trees, chains and quorums beside their exact answers.",
    discussion: """
      The files of `exact`. Rare failures are drawn more often than they happen and weighed down \
      again; `plain_samples` is how many samples without that would have the same interval. With \
      --seeds the whole is repeated, and `covered` counts the intervals that hold the exact value; \
      estimate and interval are those of the first seed.

      EXAMPLES
        berth availability simulate problems.json --half-width 0.1
        berth availability simulate problems.json --seeds 100 -f json
      """)

  @Argument(help: "A file with problems, in JSON or YAML.")
  var file: String

  @Option(help: ArgumentHelp("Samples of a tree, cycles of a chain.", valueName: "n"))
  var samples = 20_000

  @Option(
    help: ArgumentHelp(
      "Sample on, with twice as many each time, until half the interval is at most this share of "
        + "the estimate, such as 0.1; at most 64000000 samples.", valueName: "share"))
  var halfWidth: Double?

  @Option(help: ArgumentHelp("The first seed.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("How many seeds, one after the other.", valueName: "n"))
  var seeds: UInt64 = 1

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if !(2...1_000_000_000).contains(samples) {
      throw ValidationError("--samples must be from 2 to 1000000000, found \(samples)")
    }
    if let halfWidth, !(0.000_1...1).contains(halfWidth) {
      throw ValidationError("--half-width must be from 0.0001 to 1, found \(halfWidth)")
    }
    if !(1...10_000).contains(seeds) {
      throw ValidationError("--seeds must be from 1 to 10000, found \(seeds)")
    }
    if seed > UInt64.max - 10_000 {
      throw ValidationError("--seed must be at most \(UInt64.max - 10_000), found \(seed)")
    }
  }

  func run() throws {
    var effort = SamplingEffort()
    effort.samples = samples
    effort.halfWidth = halfWidth
    let answers = try ExactSimulation.answers(
      to: ExactFile.read(path: file), effort, seeds: seed...(seed + seeds - 1))
    try output.print(SimulatedTables.rows(of: answers))
  }
}
