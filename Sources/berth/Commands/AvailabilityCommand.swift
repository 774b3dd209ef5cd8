import ArgumentParser

/// `berth availability`: what fails, what is shared, and how much of the time things are there.
struct AvailabilityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "availability",
    abstract: "Says how much of the time services are there, and which shared thing limits them.",
    discussion: """
      EXAMPLES
        berth availability scenario.yaml --claim 99.99
        berth availability sharing scenario.yaml -f md
      """,
    subcommands: [
      AvailabilityServicesCommand.self, AvailabilitySharingCommand.self,
      AvailabilityRegionCommand.self,
      AvailabilityExactCommand.self, AvailabilitySimulateCommand.self,
    ], defaultSubcommand: AvailabilityServicesCommand.self)
}
