import ArgumentParser

/// `berth availability`: what fails, what is shared, and how much of the time.
struct AvailabilityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "availability",
    abstract: "Says how much of the time things are there, and why not.",
    discussion: """
      EXAMPLES
        berth availability exact tree.json
        berth availability exact problems.json -f json
      """,
    subcommands: [AvailabilityExactCommand.self])
}
