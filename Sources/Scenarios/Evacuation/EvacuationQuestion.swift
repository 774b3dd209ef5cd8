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
  /// Where the question comes from.
  package var origin: PlanOrigin
  /// When hosts may be out, and how long before tenants are told; nil: no dates.
  package var calendar: MaintenanceCalendar?

  /// A question; without an origin it comes from nowhere.
  package init(
    name: String, task: EvacuationTask, strategy: String, window: SimulatedDuration,
    work: SimulatedDuration, parameters: MigrationParameters, network: ExecutionNetwork,
    guests: GuestTable, seed: UInt64, replications: Int, origin: PlanOrigin = PlanOrigin(),
    calendar: MaintenanceCalendar? = nil
  ) {
    self.name = name
    self.task = task
    self.strategy = strategy
    self.window = window
    self.work = work
    self.parameters = parameters
    self.network = network
    self.guests = guests
    self.seed = seed
    self.replications = replications
    self.origin = origin
    self.calendar = calendar
  }
}

extension EvacuationQuestion {
  /// A decision about the question made ready to be carried out.
  ///
  /// A strategy may ask for fewer moves at once than the cloud has slots for, but gets no more.
  func execution(
    of decision: EvacuationDecision, guests: GuestTable? = nil
  ) -> Execution {
    var decision = decision
    decision.concurrency = decision.concurrency.within(
      perSource: parameters.slotsPerSource.value, inAll: parameters.slotsInAll.value)
    return Execution(
      of: decision, in: task.cloud, model: MigrationModel(parameters), work: work,
      network: network, guests: guests ?? self.guests)
  }
}

extension MoveConcurrency {
  /// The same, but no more than the slots of a scenario; no slots in all stand for no limit.
  ///
  /// **Source**: Nova queues what is beyond `max_concurrent_live_migrations`, whoever asked for it.
  fileprivate func within(perSource slots: Double, inAll: Double) -> MoveConcurrency {
    MoveConcurrency(
      perSource: perSource.map { min($0, max(1, Int(slots))) },
      inAll: self.inAll.map { inAll > 0 ? min($0, Int(inAll)) : $0 })
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
