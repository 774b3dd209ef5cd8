import CloudModel
import Policies

/// What a reader of a rolling maintenance should know, in sentences.
struct RollingNotes {
  private(set) var all: [String] = []

  init(_ question: RollingQuestion, _ rolling: RollingPlanRecord, _ found: RollingPlan) {
    let hasWaves = !rolling.waves.isEmpty
    if found.isWavesProven, hasWaves {
      all.append("no plan for these hosts has fewer waves")
    }
    if question.reserve != .none, hasWaves {
      all.append(
        "in every wave the VMs of \(Self.words(for: question.reserve)) were packed on the hosts that "
          + "stay in its zone, groups kept; VMs with devices have no reserve")
    }
    if !question.calendar.hasWindows, question.calendar.told == nil,
      let longest = rolling.notices.map(\.notice).max()
    {
      let days = Int((longest / 86_400).rounded(.up))
      all.append(
        "no dates are given: the earliest start is \(days) d after the notices are sent")
    }
    if !question.calendar.isPartialWorkAllowed,
      rolling.postponed.contains(where: { $0.reason == RejectionRule.notice.rawValue })
    {
      all.append(
        "the other hosts may go on only if partial work is allowed: `calendar.partial_work`")
    }
    if !found.isRepeatable {
      all.append("a time limit ended the search: another run may find other waves")
    }
  }

  /// What is held in reserve, in words.
  static func words(for reserve: RollingProblem.Reserve) -> String {
    switch reserve {
    case .none: "nothing"
    case .host: "any one further host"
    case .rack: "any one further rack"
    case .rackOnce: "any one rack, a rack with hosts out counted as that one,"
    }
  }
}
