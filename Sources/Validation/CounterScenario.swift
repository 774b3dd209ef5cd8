import Migration
import Stochastics

/// The runs of one scenario beside the model.
struct CounterScenario {
  let name: String
  let runs: [CountedMigration]
  let progress: [CounterSample]

  func stopAndCopy(_ guest: CounterGuest, _ first: CountedMigration) -> [CounterRow] {
    let estimate = MigrationEstimate(
      of: SingleMigration(mode: .stopCopy, transfer: guest.transfer(first.memory)))
    return [
      row("total_s.mean", \.total, estimate.total, .share(0.02), fitted: true, first)
    ].compactMap { $0 }
  }

  func postCopy(_ guest: CounterGuest, _ first: CountedMigration) -> [CounterRow] {
    let transfer = guest.transfer(first.memory, postCopyAt: first.postCopyDelay)
    let result = PreCopyRounds.result(of: transfer)
    return [
      row("total_s.mean", \.total, result.seconds, .share(0.07), fitted: true, first),
      row("sent_mib.mean", \.sent, result.sent, nil, first),
    ].compactMap { $0 }
  }

  func preCopy(
    _ guest: CounterGuest, _ first: CountedMigration
  ) -> (rows: [CounterRow], verdict: CounterVerdict, notes: [String]) {
    var transfer = guest.transfer(first.memory)
    transfer.autoConverge = first.mode == "precopy-autoconverge"
    let result = PreCopyRounds.result(of: transfer)
    guard result.seconds != nil else {
      let ends = loadEnd(guest)
      return (hover(guest) + ends.rows, verdict(.notConvergent), ends.notes)
    }
    let isStated = first.mode == "precopy"
    let rows = [
      row("total_s.mean", \.total, result.seconds, isStated ? .share(0.05) : nil, first),
      row("sent_mib.mean", \.sent, result.sent, isStated ? .share(0.05) : nil, first),
      row("downtime_s.mean", \.downtime, result.downtime, isStated ? .factor(2) : nil, first),
    ]
    return (rows.compactMap { $0 }, verdict(.converges), [])
  }

  /// The rounds of a guest that writes as fast as its memory is sent.
  private func hover(_ guest: CounterGuest) -> [CounterRow] {
    guard let seconds = guest.dirty.leastPause(rate: CounterGuest.rate), seconds > 0 else {
      return []
    }
    let rounds = runs.compactMap { run in hoveringRound(of: run.run) }
    let time = RunningMean(rounds.map(\.seconds))
    let sent = RunningMean(rounds.map(\.sent))
    guard time.count > 0 else { return [] }
    let basis = "dirty curve of rounds of these runs"
    return [
      CounterRow(
        name: "\(name)/round_s.mean", measured: time.mean, predicted: seconds,
        tolerance: .share(0.10), fitted: true, count: time.count, basis: basis),
      CounterRow(
        name: "\(name)/round_mib.mean", measured: sent.mean,
        predicted: guest.dirty.written(in: seconds), tolerance: .share(0.10), fitted: true,
        count: sent.count, basis: basis),
    ]
  }

  /// The mean round between the 45th and the 105th second, when a run hovers.
  private func hoveringRound(of run: Int) -> (seconds: Double, sent: Double)? {
    let samples = progress.filter { $0.run == run && $0.seconds > 45 && $0.seconds < 105 }
    guard let first = samples.first, let last = samples.last, last.rounds >= first.rounds + 10
    else { return nil }
    let rounds = last.rounds - first.rounds
    return ((last.seconds - first.seconds) / rounds, (last.sent - first.sent) / rounds)
  }

  /// Runs that end because their load does.
  private func loadEnd(_ guest: CounterGuest) -> (rows: [CounterRow], notes: [String]) {
    var rows: [CounterRow] = []
    var notes: [String] = []
    for run in runs {
      guard let end = CounterGuest.loadEnd(scenario: name, run: run.run),
        let predicted = PreCopyRounds.result(of: guest.transfer(run.memory, loadEnd: end)).seconds
      else {
        notes.append("\(name)/\(run.run): the end of its load is not known, nothing is predicted")
        continue
      }
      if run.total < end - 5 {
        notes.append(
          "\(name)/\(run.run): ended \(((end - run.total) * 10).rounded() / 10) s before its load, "
            + "by a chance that the model does not have")
      }
      rows.append(
        CounterRow(
          name: "\(name)/\(run.run)/total_s", measured: run.total, predicted: predicted,
          tolerance: .share(0.01), naive: run.memory / CounterGuest.rate, count: 1,
          basis: "load ends after \(end) s, from the event log of the run"))
    }
    return (rows, notes)
  }

  /// A run converges by itself if it ends before its load does, by more than a second.
  private func verdict(_ predicted: MigrationVerdict) -> CounterVerdict {
    let itself = runs.filter { run in
      CounterGuest.loadEnd(scenario: name, run: run.run).map { run.total < $0 - 1 } ?? true
    }.count
    let converges = itself * 2 > runs.count
    return CounterVerdict(
      name: name, predicted: predicted.rawValue,
      measured: (converges ? MigrationVerdict.converges : .notConvergent).rawValue,
      count: converges ? itself : runs.count - itself, runs: runs.count)
  }

  /// A row; nil where the model gives no figure.
  private func row(
    _ quantity: String, _ value: KeyPath<CountedMigration, Double>, _ predicted: Double?,
    _ tolerance: CounterRow.Tolerance?, fitted: Bool = false, _ first: CountedMigration
  ) -> CounterRow? {
    let measured = RunningMean(runs.map { $0[keyPath: value] })
    guard let predicted, measured.mean > 0 else { return nil }
    var naive: Double?
    if value == \.total { naive = first.memory / CounterGuest.rate }
    if value == \.sent { naive = first.memory }
    return CounterRow(
      name: "\(name)/\(quantity)", measured: measured.mean, predicted: predicted,
      tolerance: tolerance, fitted: fitted, naive: naive, count: measured.count,
      basis: "guest of \(first.threads) clients")
  }
}
