import CloudModel
import Policies

/// The dates of one evacuation: which window it gets, and whom the notices keep from it.
///
/// The first window that means all its hosts and begins after every notice has run out is taken. If
/// there is none, the first window is taken, and VMs whose tenants would be told too late have no
/// step; the others go on only where partial work is allowed.
struct EvacuationDates {
  /// The window; nil: the calendar has none for these hosts, or no dates at all.
  private(set) var window: MaintenanceCalendar.Opening?
  /// The earliest time that all notices allow; nil: nothing is dated.
  let earliest: Int64?
  private let calendar: MaintenanceCalendar

  init(_ calendar: MaintenanceCalendar, hosts: [Int], decision: EvacuationDecision) {
    self.calendar = calendar
    let earliest = calendar.earliest(for: decision.moves.map(\.policyClass))
    self.earliest = earliest
    let openings = calendar.openings(of: hosts)
    window = openings.first { $0.start >= earliest ?? .min } ?? openings.first
  }

  /// Takes the steps away that notices forbid.
  func apply(to decision: inout EvacuationDecision) {
    guard let window, let told = calendar.told else { return }
    func date(_ move: Move) -> Int64 {
      told + calendar.notice(for: move.policyClass).microseconds
    }
    let late = decision.moves.filter { date($0) > window.start }
    guard !late.isEmpty else { return }
    decision.leftBehind += late.map { move in
      Self.left(move, "its tenant is told too late: not before \(InstantText.text(date(move)))")
    }
    decision.moves.removeAll { date($0) > window.start }
    guard !calendar.isPartialWorkAllowed else { return }
    decision.leftBehind += decision.moves.map { move in
      Self.left(
        move,
        "its host would not be emptied: take a later window, or permit "
          + "`calendar.partial_work`")
    }
    decision.moves = []
  }

  private static func left(_ move: Move, _ advice: String) -> LeftBehind {
    LeftBehind(vm: move.vm, reason: .rule(.notice), isProven: true, advice: advice)
  }

  /// What a plan says of them; nil without a window.
  func record(_ moves: [Move], _ cloud: Cloud) -> PlanDatesRecord? {
    guard let window else { return nil }
    var record = PlanDatesRecord()
    record.start = window.start
    record.end = window.end
    record.earliest = earliest
    record.notices = NoticeRecord.list(for: moves, calendar, cloud, wave: 1, at: window.start)
    return record
  }
}

extension NoticeRecord {
  /// The notices for the VMs of one wave, by project and class.
  static func list(
    for moves: [Move], _ calendar: MaintenanceCalendar, _ cloud: Cloud, wave: Int64,
    at start: Int64?
  ) -> [NoticeRecord] {
    struct Addressee: Hashable { var project: Int, policyClass: PolicyClass }
    var counts: [Addressee: Int64] = [:]
    for move in moves where calendar.notice(for: move.policyClass) > .zero {
      counts[
        Addressee(project: cloud.vms.project[move.vm], policyClass: move.policyClass), default: 0] +=
        1
    }
    return counts.sorted { left, right in
      (left.key.project, left.key.policyClass.rawValue)
        < (right.key.project, right.key.policyClass.rawValue)
    }.map { addressee, count in
      var notice = NoticeRecord()
      notice.project = addressee.project < 0 ? nil : cloud.projects[addressee.project].name
      notice.wave = wave
      notice.policyClass = addressee.policyClass
      notice.vms = count
      let length = calendar.notice(for: addressee.policyClass)
      notice.notice = length.seconds
      notice.by = start.map { $0 - length.microseconds }
      return notice
    }
  }
}

/// The dates of an evacuation, in microseconds since 1970.
package struct PlanDatesRecord: Sendable, Equatable {
  /// The start of its window.
  package var start: Int64 = 0
  /// The end of its window.
  package var end: Int64 = 0
  /// The earliest start that all notices allow; nil: nobody was told yet.
  package var earliest: Int64?
  /// Who has to be told, and by when.
  package var notices: [NoticeRecord] = []

  /// No dates yet.
  package init() {}
}

extension PlanKeys {
  static let dates = Section<PlanDatesRecord>(
    "dates", "The dates of an evacuation.", make: PlanDatesRecord.init
  ) {
    Key("start", \.start, .instant, "start of its window")
    Key("end", \.end, .instant, "end of its window")
    Key(
      "earliest", \.earliest, Codec.instant.optional,
      "earliest start that all notices allow; null: nobody was told yet")
    Key("notices", \.notices, .list(of: .section(notice)), "who has to be told, and by when")
  }
}
