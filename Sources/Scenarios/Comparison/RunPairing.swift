import Documents

/// Which runs met the same draws, so that their replications belong together one by one.
struct RunPairing {
  /// For each run whether its replications are paired with those of the first.
  private var isPairedWithFirst: [Bool] = []
  /// What a reader should know about it.
  private(set) var notes: [String] = []

  /// The parts of a scenario that decide what happens to a run, whoever runs the cloud.
  private static let parts: [(path: [String], words: String)] = [
    (["evacuation", "hosts"], "other hosts to empty"), (["demand"], "another demand"),
  ]

  /// Finds out for each run how it is held against the first.
  init(_ runs: [ComparedRun]) {
    guard let first = runs.first else { return }
    for run in runs {
      let reasons = Self.reasons(run, first)
      isPairedWithFirst.append(reasons.isEmpty)
      if !reasons.isEmpty {
        notes.append(
          "\(run.label): \(reasons.joined(separator: ", ")) than \(first.label); compared unpaired "
            + "(Welch)")
      } else if let note = Self.noteOnReplications(run, first) {
        notes.append(note)
      }
      if run.program != first.program {
        notes.append("\(run.label) was made by \(run.program), \(first.label) by \(first.program)")
      }
    }
    let lone = runs.flatMap(\.entries).filter { $0.replications.count == 1 }.map(\.label)
    if !lone.isEmpty {
      notes.append(
        "one replication has no interval, and shows no difference: "
          + lone.joined(separator: ", "))
    }
  }

  /// Whether the replications of two runs, one of which is the first, are paired.
  func isPaired(_ left: Int, _ right: Int) -> Bool {
    isPairedWithFirst[left] && isPairedWithFirst[right]
  }

  private static func reasons(_ run: ComparedRun, _ first: ComparedRun) -> [String] {
    var reasons = run.cloudSHA256 == first.cloudSHA256 ? [] : ["another cloud"]
    for part in parts where value(part.path, run.scenario) != value(part.path, first.scenario) {
      reasons.append(part.words)
    }
    if run.seed != first.seed { reasons.append("another seed (\(run.seed), not \(first.seed))") }
    return reasons
  }

  private static func value(_ path: [String], _ document: Document) -> Document? {
    var value: Document? = document
    for key in path { value = value?[key]?.value }
    return value
  }

  private static func noteOnReplications(_ run: ComparedRun, _ first: ComparedRun) -> String? {
    guard let own = run.entries.first?.replications,
      let other = first.entries.first?.replications, own != other
    else { return nil }
    let shared = Set(own).intersection(other).count
    let counts = "of \(own.count) and \(other.count)"
    return shared == 0
      ? "\(run.label) and \(first.label) have no replication in common; compared unpaired (Welch)"
      : "\(run.label) is paired with \(first.label) on the \(shared) replications that both have "
        + "(\(counts))"
  }
}
