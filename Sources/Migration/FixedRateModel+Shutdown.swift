import CloudModel

/// The steps in which the guest is off: cold migration, stop and start in place, recreation.
extension FixedRateModel {
  /// Shut down, copy what is not shared, define, boot; then capacity stays taken on both hosts
  /// until the migration is confirmed.
  func cold(_ request: MigrationRequest, _ factors: SpreadFactors) -> MigrationTimeline {
    var draft = TimelineDraft(
      factors: factors, holdsSlot: parameters.coldTakesSlot.value > 0)
    let disk = copiedDisk(request)
    draft.add(.shutDown, .preparing, seconds: shutdownSeconds * factors.own, isOff: true)
    draft.add(
      .copyDisk, .diskMirror, seconds: copySeconds(disk, request, factors), sent: disk, isOff: true)
    draft.add(.define, .switchOver, seconds: parameters.define.value * factors.own, isOff: true)
    draft.add(.boot, .postMigration, seconds: parameters.boot.value * factors.own, isOff: true)
    if parameters.confirmDelay.value > 0 {
      draft.add(
        .awaitConfirmation, .postMigration, seconds: parameters.confirmDelay.value,
        holdsSlot: false)
    }
    return MigrationTimeline(phases: draft.phases, outcome: .awaitingConfirmation)
  }

  /// A step in place: the VM keeps its capacity on its host throughout.
  func stay(
    _ parts: [(MigrationActivity, Double)], _ factors: SpreadFactors, isOff: Bool
  ) -> MigrationTimeline {
    let phases = parts.map { activity, seconds in
      phase(activity, seconds * factors.own, onSource: true, onTarget: false, isOff: isOff)
    }
    return MigrationTimeline(phases: phases, outcome: .done)
  }

  /// The VM is deleted at once, which frees its host; its successor takes capacity when it is
  /// scheduled and gives service when its application is ready.
  func recreate(_ factors: SpreadFactors) -> MigrationTimeline {
    let parts = [
      (MigrationActivity.schedule, parameters.schedule.value), (.boot, parameters.boot.value),
      (.becomeReady, parameters.ready.value),
    ]
    let phases = parts.map { activity, seconds in
      phase(activity, seconds * factors.own, onSource: false, onTarget: true, isOff: true)
    }
    return MigrationTimeline(phases: phases, outcome: .done)
  }

  /// The guest runs on its target; the source is freed at the end.
  func confirm(_ factors: SpreadFactors) -> MigrationTimeline {
    let only = phase(
      .confirm, parameters.confirmation.value * factors.own, onSource: true, onTarget: true,
      isOff: false)
    return MigrationTimeline(phases: [only], outcome: .done)
  }

  private func phase(
    _ activity: MigrationActivity, _ seconds: Double, onSource: Bool, onTarget: Bool, isOff: Bool
  ) -> MigrationPhase {
    MigrationPhase(
      activity: activity, state: nil, duration: SimulatedDuration(seconds: seconds),
      sent: Bytes(0), holdsSource: onSource, holdsTarget: onTarget, holdsSlot: false,
      isGuestOff: isOff)
  }
}
