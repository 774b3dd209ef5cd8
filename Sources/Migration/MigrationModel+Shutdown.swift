import CloudModel

/// The steps in which the guest is off: cold migration, stop and start in place, recreation.
extension MigrationModel {
  /// Shut down, copy what is not shared, define, boot; then capacity stays taken on both hosts
  /// until the migration is confirmed.
  func cold(_ request: MigrationRequest, _ factors: SpreadFactors) -> MigrationCourse {
    var draft = CourseDraft(
      factors: factors, holdsSlot: parameters.coldTakesSlot.value > 0)
    draft.add(.shutDown, .preparing, seconds: shutdownSeconds * factors.own, isOff: true)
    if let disk = disk(request, factors) {
      draft.add(
        .copyDisk, .diskMirror,
        Transfer(disk: disk, rate: parameters.streams.rate / factors.common),
        isOff: true)
    }
    draft.add(.define, .switchOver, seconds: parameters.define.value * factors.own, isOff: true)
    draft.add(.boot, .postMigration, seconds: parameters.boot.value * factors.own, isOff: true)
    if parameters.confirmDelay.value > 0 {
      draft.add(
        .awaitConfirmation, .postMigration, seconds: parameters.confirmDelay.value,
        holdsSlot: false)
    }
    return MigrationCourse(phases: draft.phases, outcome: .awaitingConfirmation)
  }

  /// A step in place: the VM keeps its capacity on its host throughout.
  func stay(_ parts: [(MigrationActivity, Double)], _ factors: SpreadFactors) -> MigrationCourse {
    let phases = parts.map { activity, seconds in
      phase(activity, seconds * factors.own, onSource: true, onTarget: false, isOff: true)
    }
    return MigrationCourse(phases: phases, outcome: .done)
  }

  /// The VM is deleted at once, which frees its host; its successor takes capacity when it is
  /// scheduled and gives service when its application is ready.
  func recreate(_ factors: SpreadFactors) -> MigrationCourse {
    let parts = [
      (MigrationActivity.schedule, parameters.schedule.value), (.boot, parameters.boot.value),
      (.becomeReady, parameters.ready.value),
    ]
    let phases = parts.map { activity, seconds in
      phase(activity, seconds * factors.own, onSource: false, onTarget: true, isOff: true)
    }
    return MigrationCourse(phases: phases, outcome: .done)
  }

  /// The host is found to be down and fenced, the VM is built on its target and boots; its old host
  /// holds its place until that host is repaired.
  ///
  /// **Source**: Nova's evacuate of a server whose compute service is down.
  func rebuild(_ factors: SpreadFactors) -> MigrationCourse {
    var draft = CourseDraft(factors: factors, holdsSlot: false)
    draft.add(.detect, .preparing, seconds: parameters.detect.value, isOff: true)
    draft.add(.fence, .preparing, seconds: parameters.fence.value, isOff: true)
    draft.add(.rebuild, .switchOver, seconds: parameters.rebuild.value * factors.own, isOff: true)
    draft.add(.boot, .postMigration, seconds: parameters.boot.value * factors.own, isOff: true)
    return MigrationCourse(phases: draft.phases, outcome: .done)
  }

  /// The guest runs on its target; the source is freed at the end.
  func confirm(_ factors: SpreadFactors) -> MigrationCourse {
    let only = phase(
      .confirm, parameters.confirmation.value * factors.own, onSource: true, onTarget: true,
      isOff: false)
    return MigrationCourse(phases: [only], outcome: .done)
  }

  private func phase(
    _ activity: MigrationActivity, _ seconds: Double, onSource: Bool, onTarget: Bool, isOff: Bool
  ) -> CoursePhase {
    CoursePhase(
      activity: activity, state: nil, work: .time(SimulatedDuration(seconds: seconds)),
      holdsSource: onSource, holdsTarget: onTarget, holdsSlot: false, isGuestOff: isOff)
  }
}

/// Collects the phases of a move between hosts, each of which holds both.
struct CourseDraft {
  let factors: SpreadFactors
  let holdsSlot: Bool
  private(set) var phases: [CoursePhase] = []

  init(factors: SpreadFactors, holdsSlot: Bool) {
    self.factors = factors
    self.holdsSlot = holdsSlot
  }

  mutating func add(
    _ activity: MigrationActivity, _ state: MigrationState, seconds: Double, isOff: Bool = false,
    holdsSlot: Bool? = nil
  ) {
    phases.append(
      CoursePhase(
        activity: activity, state: state, work: .time(SimulatedDuration(seconds: seconds)),
        holdsSource: true, holdsTarget: true, holdsSlot: holdsSlot ?? self.holdsSlot,
        isGuestOff: isOff))
  }

  mutating func add(
    _ activity: MigrationActivity, _ state: MigrationState, _ transfer: Transfer,
    isOff: Bool = false
  ) {
    phases.append(
      CoursePhase(
        activity: activity, state: state, work: .transfer(transfer), holdsSource: true,
        holdsTarget: true, holdsSlot: holdsSlot, isGuestOff: isOff))
  }
}
