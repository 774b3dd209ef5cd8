package import CloudModel
package import Migration

/// A decision made ready to be carried out in time, many times.
package struct Execution: Sendable {
  /// The cloud in which it happens.
  package let cloud: Cloud
  /// The steps in the order in which their sources start them.
  package let steps: [ExecutionStep]
  /// The same, as runs ask for them.
  let routes: [ExecutionRoute]
  /// How long to wait before a wave, by wave.
  package let waits: [Int: SimulatedDuration]
  /// How many moves the decision runs at once, where it does not leave that to the model.
  package let concurrency: MoveConcurrency
  /// How long the work on the empty hosts takes; with some, what was stopped is started after it.
  package let work: SimulatedDuration
  /// What a migration costs.
  package let model: MigrationModel
  /// What the data cross.
  package let network: ExecutionNetwork
  /// VMs without a step in the decision.
  package let leftBehind: Int
  /// The state in which every run begins, computed once.
  let initialState: CloudState

  /// The execution of a decision.
  ///
  /// Without guests nobody writes to memory while it is copied.
  package init(
    of decision: EvacuationDecision, in cloud: Cloud, model: MigrationModel,
    work: SimulatedDuration = .zero, network: ExecutionNetwork = ExecutionNetwork(),
    guests: GuestTable? = nil
  ) {
    self.cloud = cloud
    self.model = model
    self.work = work
    self.network = network
    leftBehind = decision.leftBehind.count
    concurrency = decision.concurrency
    initialState = CloudState(of: cloud)
    waits = Dictionary(uniqueKeysWithValues: decision.waits.map { ($0.wave, $0.wait) })
    let guests = guests ?? GuestTable(all: .none, count: cloud.vms.count)
    let fallbacks = Dictionary(
      decision.classes.map { ($0.vm, $0.resolved.fallback) },
      uniquingKeysWith: { first, _ in first }
    )
    steps = decision.moves.map { move in
      var request = MigrationRequest(
        move.action.kind, ofVM: move.vm, in: cloud, guests: guests)
      request.linkRate = network.alone(from: move.source, to: move.target, in: cloud)
      return ExecutionStep(
        vm: move.vm, action: move.action, source: move.source, target: move.target,
        wave: move.wave, request: request,
        isRunning: cloud.vms.state[move.vm] == .active || cloud.vms.state[move.vm] == .paused,
        fallback: fallbacks[move.vm] ?? nil)
    }
    routes = steps.map(ExecutionRoute.init)
  }

  /// How many moves may run at once.
  var limits: MigrationLimits {
    func limit(_ parameter: MigrationParameter) -> Int? {
      parameter.value > 0 ? Int(parameter.value) : nil
    }
    let parameters = model.parameters
    return MigrationLimits(
      perSource: concurrency.perSource ?? Int(parameters.slotsPerSource.value),
      perTarget: limit(parameters.slotsPerTarget), perRack: limit(parameters.slotsPerRack),
      inAll: concurrency.inAll ?? limit(parameters.slotsInAll))
  }

  /// What no order of these steps can undercut at one source, by host index, ascending.
  package func bounds() -> [(host: Int, bounds: EvacuationBounds)] {
    let slots = limits.perSource
    let gap = SimulatedDuration(seconds: model.parameters.gap.value)
    let stepsBySource = Dictionary(grouping: steps, by: \.source)
    return stepsBySource.keys.sorted().map { host in
      let leaving = stepsBySource[host, default: []].filter { $0.target != nil }
      let timelines = leaving.map { step in
        var timeline = model.nominalTimeline(of: step.request)
        // Between two migrations the slot stays taken, and the last gap is part of the wave.
        if let last = timeline.phases.indices.last, timeline.phases[last].holdsSlot {
          timeline.phases[last].duration += gap
        }
        return timeline
      }
      return (
        host,
        EvacuationBounds(timelines, slots: slots, networkCard: network.available(on: host))
      )
    }
  }
}
