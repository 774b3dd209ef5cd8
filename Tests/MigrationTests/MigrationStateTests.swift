import Migration
import Testing

@Suite struct MigrationStateTests {
  /// The paths a migration takes in Nova, written out without the table.
  @Test func documentedPathsAreAllowed() throws {
    let paths: [[MigrationState]] = [
      [.requested, .rejected],
      [.requested, .queued, .aborted],
      [.requested, .queued, .preparing, .preCopy, .switchOver, .postMigration, .done],
      [.requested, .queued, .preparing, .diskMirror, .preCopy, .switchOver, .postMigration, .done],
      [.requested, .queued, .preparing, .preCopy, .postCopy, .postMigration, .done],
      [.requested, .queued, .preparing, .preCopy, .postCopy, .lost],
      [.requested, .queued, .preparing, .preCopy, .aborted],
      [.requested, .queued, .preparing, .switchOver, .postMigration, .done],
    ]
    for path in paths {
      var state = path[0]
      for next in path.dropFirst() { try state.transition(to: next) }
      #expect(state.isTerminal)
      #expect(state == path.last)
    }
  }

  @Test(arguments: [
    (MigrationState.requested, MigrationState.preparing), (.queued, .preCopy),
    (.postCopy, .aborted), (.switchOver, .aborted), (.preCopy, .lost), (.preCopy, .done),
    (.postMigration, .aborted), (.done, .requested), (.aborted, .queued),
  ])
  func forbiddenStepsThrow(from: MigrationState, to: MigrationState) {
    var state = from
    #expect(throws: MigrationError.forbiddenTransition(from: from, to: to)) {
      try state.transition(to: to)
    }
    #expect(state == from)
  }

  @Test func capacityIsHeldFromPreparingToDone() {
    let holding = MigrationState.allCases.filter(\.holdsBothHosts)
    #expect(
      holding == [.preparing, .diskMirror, .preCopy, .switchOver, .postCopy, .postMigration])
  }
}
