package import CloudModel
package import Migration
package import Simulator

/// Everything that decides the answer about one evacuation.
package struct EvacuationQuestion: Sendable {
  /// The name of the scenario.
  package var name: String
  /// What is to be emptied in which cloud, under which rules.
  package var task: EvacuationTask
  /// The strategy's name.
  package var strategy: String
  /// The window.
  package var window: SimulatedDuration
  /// The work on the empty hosts inside the window.
  package var work: SimulatedDuration
  /// What a migration costs.
  package var parameters: MigrationParameters
  /// What the data cross.
  package var network: ExecutionNetwork
  /// What is known of the guests.
  package var guests: GuestTable
  /// The seed of all draws.
  package var seed: UInt64
  /// How many times the plan is carried out.
  package var replications: Int
  /// The path of the cloud file as it was named.
  package var cloudFile: String
  /// SHA-256 of the cloud file.
  package var cloudSHA256: String
  /// The scenario with all overrides applied, in YAML.
  package var scenarioYAML: String
  /// SHA-256 of the resolved scenario.
  package var scenarioSHA256: String
  /// When hosts may be out, and how long before tenants are told; nil: no dates.
  package var calendar: MaintenanceCalendar?
}

extension EvacuationQuestion {
  /// A decision about the question made ready to be carried out.
  func execution(
    of decision: EvacuationDecision, guests: GuestTable? = nil
  ) -> Execution {
    Execution(
      of: decision, in: task.cloud, model: MigrationModel(parameters), work: work,
      network: network, guests: guests ?? self.guests)
  }
}

/// The answer: the plan, and what only this run knows.
package struct EvacuationAnswer: Sendable {
  /// The plan.
  package var plan: PlanRecord
  /// Seconds of each replication, in order.
  package var outcomes: [ReplicationOutcomeRecord]
  /// What happens without spread, for the event log.
  package var events: [EventRecord]
  /// CPU seconds of the decision; shown to people, never written to a plan.
  package var solverSeconds: Double
}

/// One replication, in seconds.
package struct ReplicationOutcomeRecord: Sendable, Equatable {
  /// The replication, from 0.
  package var replication: Int
  /// From the start to the last end.
  package var duration: Double
  /// When the hosts were empty.
  package var drained: Double
  /// Steps that failed.
  package var failed: Int
  /// VMs that are still on the hosts to empty.
  package var leftBehind: Int
  /// Seconds without service of all VMs that were shut down, made anew or lost, summed.
  package var off: Double
  /// The longest pause of a live migration.
  package var blackout: Double
  /// Bytes from host to host.
  package var sent: Int64
}

/// An event of the run without spread.
package struct EventRecord: Sendable, Equatable {
  /// Seconds after the start.
  package var time: Double
  /// What happened.
  package var what: String
  /// The VM, if one.
  package var vm: String?
  /// The source, if a VM.
  package var source: String?
  /// The target, if one.
  package var target: String?
  /// The wave, where one begins.
  package var wave: Int?
}
