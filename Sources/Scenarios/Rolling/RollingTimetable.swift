import CloudModel
import Policies
import Stochastics

/// When each wave begins.
///
/// Without windows one wave follows the other. With windows a wave is put where its hosts may be
/// out, its tenants have been told, and the rest of the window holds the 95 % quantile of its
/// length; a wave is never divided between windows. Where VMs go back the waves come in any order,
/// so that each window takes what fits it.
struct RollingTimetable {
  /// A wave with its start.
  struct Entry {
    /// The wave's place in `RollingMoves.waves`.
    var wave: Int
    /// Its start: microseconds since 1970, or since the start of the whole without dates.
    var start: Int64
    /// The end of its window; nil: it has none.
    var end: Int64?
  }

  /// A wave without a start.
  struct Unplaced {
    /// The wave's place in `RollingMoves.waves`.
    var wave: Int
    /// What keeps it: `notice` or `time`.
    var rule: RejectionRule
    /// The earliest time that its notices allow, if those keep it.
    var earliest: Int64?
    /// The longest time in which its hosts may be out.
    var longest: SimulatedDuration
  }

  private(set) var entries: [Entry] = []
  private(set) var unplaced: [Unplaced] = []

  /// The timetable of waves with these lengths; `earliest` are the times that notices allow.
  init(
    _ moves: RollingMoves, lengths: [SimulatedDuration], readiness: [SimulatedDuration],
    earliest: [Int64?], _ question: RollingQuestion
  ) {
    guard question.calendar.hasWindows else {
      var start = earliest.compactMap { $0 }.max() ?? 0
      for wave in moves.waves.indices {
        entries.append(Entry(wave: wave, start: start, end: nil))
        start += max(
          (lengths[wave] + question.pause).microseconds, readiness[wave].microseconds)
      }
      return
    }
    let openings = moves.waves.map { question.calendar.openings(of: $0.hosts) }
    var pending = Array(moves.waves.indices)
    var free = Int64.min
    // Only the start or the end of an opening can let a further wave begin.
    let starts = Set(openings.flatMap { $0.map(\.start) } + earliest.compactMap { $0 }).sorted()
    for start in starts {
      free = max(free, start)
      while let (place, opening) = Self.next(
        pending, at: free, openings, earliest, lengths, anyOrder: question.policy.returns)
      {
        let wave = pending.remove(at: place)
        entries.append(Entry(wave: wave, start: free, end: opening.end))
        free += max(
          (lengths[wave] + question.pause).microseconds, readiness[wave].microseconds)
      }
    }
    unplaced = pending.map { wave in
      let isLongEnough = openings[wave].contains {
        $0.end - $0.start >= lengths[wave].microseconds
      }
      let longest = openings[wave].map { $0.end - $0.start }.max() ?? 0
      let isTooEarly = openings[wave].allSatisfy { opening in
        max(opening.start, earliest[wave] ?? .min) + lengths[wave].microseconds > opening.end
      }
      return Unplaced(
        wave: wave, rule: isLongEnough && isTooEarly ? .notice : .time,
        earliest: isLongEnough && isTooEarly ? earliest[wave] : nil,
        longest: SimulatedDuration(microseconds: longest))
    }
  }

  /// The first pending wave that can begin at a time, and the opening it begins in.
  private static func next(
    _ pending: [Int], at time: Int64, _ openings: [[MaintenanceCalendar.Opening]],
    _ earliest: [Int64?], _ lengths: [SimulatedDuration], anyOrder: Bool
  ) -> (place: Int, opening: MaintenanceCalendar.Opening)? {
    for (place, wave) in pending.enumerated() where place == 0 || anyOrder {
      guard time >= earliest[wave] ?? .min else { continue }
      let opening = openings[wave].first {
        $0.start <= time && time + lengths[wave].microseconds <= $0.end
      }
      if let opening { return (place, opening) }
    }
    return nil
  }
}
