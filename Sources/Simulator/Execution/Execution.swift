package import CloudModel
package import Migration

/// One step of a plan as the simulator carries it out.
package struct ExecutionStep: Sendable {
  /// Index of the VM.
  package var vm: Int
  /// What is done.
  package var action: MoveAction
  /// Index of the host it is on.
  package var source: Int
  /// Index of the host it goes to, or nil.
  package var target: Int?
  /// The wave it belongs to, from 1.
  package var wave: Int
  /// What the migration model is asked.
  package var request: MigrationRequest
  /// Whether the VM gives service now, so that it is started again after the work if it is stopped.
  package var isRunning: Bool
}

/// A decision made ready to be carried out in time, many times.
package struct Execution: Sendable {
  /// The cloud in which it happens.
  package let cloud: Cloud
  /// The steps in the order in which their sources start them.
  package let steps: [ExecutionStep]
  /// How long to wait before a wave, by wave.
  package let waits: [Int: SimulatedDuration]
  /// How long the work on the empty hosts takes; with some, what was stopped is started after it.
  package let work: SimulatedDuration
  /// What a migration costs.
  package let model: any MigrationModel
  /// The state in which every run begins, computed once.
  let initialState: CloudState

  /// The execution of a decision.
  ///
  /// `networkCard` is the rate of each host's card for migrations, shared equally by its slots;
  /// nil leaves the rate of one stream as the only limit.
  package init(
    of decision: EvacuationDecision, in cloud: Cloud, model: any MigrationModel,
    work: SimulatedDuration = .zero, networkCard: Bandwidth? = nil
  ) {
    self.cloud = cloud
    self.model = model
    self.work = work
    initialState = CloudState(of: cloud)
    waits = Dictionary(uniqueKeysWithValues: decision.waits.map { ($0.wave, $0.wait) })
    let slots = model.parameters.slotsPerSource.value
    let share = networkCard.map { Bandwidth(bytesPerSecond: $0.bytesPerSecond / slots) }
    steps = decision.moves.map { move in
      ExecutionStep(
        vm: move.vm, action: move.action, source: move.source, target: move.target,
        wave: move.wave,
        request: Self.request(for: move.action.kind, vm: move.vm, in: cloud, linkRate: share),
        isRunning: cloud.vms.state[move.vm] == .active || cloud.vms.state[move.vm] == .paused)
    }
  }

  /// What the model is asked about a step with a VM.
  package static func request(
    for kind: MigrationKind, vm: Int, in cloud: Cloud, linkRate: Bandwidth? = nil
  ) -> MigrationRequest {
    let disk = cloud.localDisk(ofVM: vm)
    return MigrationRequest(
      kind: kind, memory: .mebibytes(cloud.vms.demand[vm].memoryMiB), disk: disk,
      storage: disk.count > 0 ? .block : .shared, linkRate: linkRate)
  }

  /// What no order of these steps can undercut at one source, by host index, ascending.
  package func bounds(networkCard: Bandwidth? = nil) -> [(host: Int, bounds: EvacuationBounds)] {
    let slots = Int(model.parameters.slotsPerSource.value)
    let gap = SimulatedDuration(seconds: model.parameters.gap.value)
    return Set(steps.map(\.source)).sorted().map { host in
      let timelines = steps.filter { $0.source == host && $0.target != nil }.map { step in
        var timeline = model.nominalTimeline(of: step.request)
        // Between two migrations the slot stays taken, and the last gap is part of the wave.
        if let last = timeline.phases.indices.last, timeline.phases[last].holdsSlot {
          timeline.phases[last].duration += gap
        }
        return timeline
      }
      return (host, EvacuationBounds(timelines, slots: slots, networkCard: networkCard))
    }
  }
}

extension MoveAction {
  /// The word of the migration model.
  package var kind: MigrationKind {
    switch self {
    case .live: .live
    case .cold: .cold
    case .stop: .stop
    case .recreate: .recreate
    }
  }
}
