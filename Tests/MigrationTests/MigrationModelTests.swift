import CloudModel
import Migration
import Testing

@Suite struct MigrationModelTests {
  private let model = MigrationModel()

  private func request(
    _ kind: MigrationKind, memory: Int64 = 4, disk: Int64 = 40, storage: DiskPlace = .shared
  ) -> MigrationRequest {
    MigrationRequest(
      kind: kind, memory: .gibibytes(memory), disk: .gibibytes(disk), storage: storage)
  }

  /// 7 s + 2.35 s/GiB x 4 GiB.
  @Test func fourGibibytesOnSharedStorage() {
    let duration = model.nominalDuration(of: request(.live)).seconds
    #expect(abs(duration - 16.4) < 0.01)
    #expect(abs(duration - (7 + 4096.0 / 436)) < 1e-5)
  }

  /// 10 s + (4 GiB + half of 40 GiB) at 436 MiB/s; the disk goes first.
  @Test func blockMigrationCopiesTheDiskFirst() {
    let timeline = model.nominalTimeline(of: request(.live, storage: .block))
    #expect(abs(timeline.duration.seconds - (10 + 24.0 * 1024 / 436)) < 1e-5)
    #expect(
      timeline.phases.map(\.activity)
        == [.prepare, .copyDisk, .copyMemory, .switchOver, .cleanUp])
    #expect(timeline.sent == .gibibytes(24))
    #expect(timeline.outcome == .done)
  }

  /// Each phase of a move follows the table of the state machine, and both hosts are held
  /// throughout.
  @Test(arguments: [MigrationKind.live, .cold], [DiskPlace.shared, .block])
  func movesWalkTheStateMachine(kind: MigrationKind, storage: DiskPlace) throws {
    let timeline = model.nominalTimeline(of: request(kind, storage: storage))
    var state = MigrationState.queued
    for phase in timeline.phases {
      let next = try #require(phase.state)
      if next != state { try state.transition(to: next) }
      #expect(phase.holdsSource && phase.holdsTarget && phase.holdsSlot)
      #expect(state.holdsBothHosts)
    }
    try state.transition(to: .done)
  }

  @Test func liveGuestsPauseOnly() {
    let timeline = model.nominalTimeline(of: request(.live))
    #expect(timeline.timeOff.seconds > 0.005 && timeline.timeOff.seconds < 0.055)
  }

  /// 1.5 s + 20 GiB at 436 MiB/s + 1.2 s + 12 s, off all the time, and to be confirmed.
  @Test func coldMigrationIsTheSumOfItsParts() {
    let shared = model.nominalTimeline(of: request(.cold))
    #expect(abs(shared.duration.seconds - 14.7) < 1e-6)
    let block = model.nominalTimeline(of: request(.cold, storage: .block))
    #expect(abs(block.duration.seconds - (14.7 + 20.0 * 1024 / 436)) < 1e-5)
    #expect(block.timeOff == block.duration)
    #expect(block.outcome == .awaitingConfirmation)
    let confirm = model.nominalTimeline(of: request(.confirm))
    #expect(confirm.phases.allSatisfy { $0.holdsSource && $0.holdsTarget && !$0.isGuestOff })
  }

  @Test func stepsInPlaceTouchOneHost() {
    for kind in [MigrationKind.stop, .start] {
      let timeline = model.nominalTimeline(of: request(kind))
      #expect(timeline.phases.allSatisfy { $0.holdsSource && !$0.holdsTarget && $0.isGuestOff })
      #expect(timeline.sent == Bytes(0))
    }
    let recreate = model.nominalTimeline(of: request(.recreate))
    #expect(recreate.phases.allSatisfy { !$0.holdsSource && $0.holdsTarget && $0.isGuestOff })
    #expect(abs(recreate.duration.seconds - 47) < 1e-6)
  }

  /// 60 s until the host counts as down, 30 s to fence it, 10 s to build, 12 s to boot.
  @Test func aRebuildIsTheSumOfItsParts() throws {
    let timeline = model.nominalTimeline(of: request(.rebuild))
    #expect(timeline.phases.map(\.activity) == [.detect, .fence, .rebuild, .boot])
    #expect(timeline.phases.map(\.duration.seconds) == [60, 30, 10, 12])
    #expect(timeline.timeOff == timeline.duration && timeline.sent == Bytes(0))
    var state = MigrationState.queued
    for phase in timeline.phases {
      let next = try #require(phase.state)
      if next != state { try state.transition(to: next) }
    }
    try state.transition(to: .done)
  }

  /// Twice the bandwidth halves what exceeds the overhead.
  @Test func doublingTheRateHalvesTheCopy() throws {
    var faster = MigrationParameters()
    try faster.streamRate.set(872, source: "test")
    let slow = model.nominalDuration(of: request(.live)).seconds - 7
    let fast = MigrationModel(faster).nominalDuration(of: request(.live)).seconds - 7
    #expect(abs(slow / fast - 2) < 1e-5)
  }

  @Test func capAndLinkLimitTheRate() throws {
    var capped = MigrationParameters()
    try capped.bandwidthCap.set(128, source: "test")
    #expect(capped.streams.rate == 128)
    var onLink = request(.live)
    onLink.linkRate = .mebibytesPerSecond(64)
    let duration = MigrationModel(capped).nominalDuration(of: onLink).seconds
    #expect(abs(duration - (7 + 64)) < 1e-5)
  }

  @Test func spreadMultipliesWhatItShould() {
    let own = model.timeline(
      of: request(.live), under: SpreadFactors(own: 1.5, common: 1)
    ).duration.seconds
    let common = model.timeline(
      of: request(.live), under: SpreadFactors(own: 1, common: 2)
    ).duration.seconds
    #expect(abs(own - 1.5 * (7 + 4096.0 / 436)) < 1e-5)
    #expect(abs(common - (7 + 2 * 4096.0 / 436)) < 1e-5)
  }

  @Test func contentionLengthensPreparation() {
    var contended = request(.live)
    contended.isContended = true
    let added =
      model.nominalDuration(of: contended).seconds
      - model.nominalDuration(of: request(.live)).seconds
    #expect(abs(added - 3.98) < 1e-5)
  }

  /// 800 s/GiB x (4 + 40) GiB with the disk, x 4 GiB without; 2 GiB at least.
  @Test func timeoutsCountGibibytes() {
    #expect(model.timeoutSeconds(request(.live, storage: .block)) == 35_200)
    #expect(model.timeoutSeconds(request(.live)) == 3200)
    #expect(model.timeoutSeconds(request(.live, memory: 1)) == 1600)
  }

  @Test func aSlowTransferIsAborted() throws {
    var slow = MigrationParameters()
    try slow.streamRate.set(1, source: "test")
    let aborted = MigrationModel(slow).nominalTimeline(of: request(.live))
    #expect(aborted.outcome == .aborted)
    #expect(aborted.phases.last?.state == .preCopy)
    #expect(abs((aborted.phases.last?.duration.seconds ?? 0) - 3200) < 1e-6)
    #expect(aborted.sent == .mebibytes(3200))
    #expect(aborted.timeOff == .zero)

    slow.timeoutAction = .forceComplete
    let forced = MigrationModel(slow).nominalTimeline(of: request(.live))
    #expect(forced.outcome == .done)
    #expect(forced.sent == .gibibytes(4))
    #expect(abs(forced.timeOff.seconds - (4096 - 3200 + 0.005)) < 1e-5)
  }

  @Test func aDeadLinkEndsInAbort() {
    var dead = request(.live, storage: .block)
    dead.linkRate = Bandwidth(bytesPerSecond: 0)
    let timeline = model.nominalTimeline(of: dead)
    #expect(timeline.outcome == .aborted && timeline.sent == Bytes(0))
  }

  @Test func parametersRefuseNonsense() {
    var parameters = MigrationParameters()
    #expect(throws: MigrationError.badParameter(name: "memory_share", value: 1.1)) {
      try parameters.memoryShare.set(1.1, source: "test")
    }
    #expect(parameters == MigrationParameters())
    #expect(Set(parameters.all.map(\.name)).count == parameters.all.count)
    #expect(parameters.all.allSatisfy { !$0.source.isEmpty })
  }
}
