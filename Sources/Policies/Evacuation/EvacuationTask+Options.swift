import CloudModel

extension EvacuationTask {
  /// An option that is one of a few words.
  ///
  /// **Errors**: `option` if it is another word.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default standard: Choice
  ) throws(StrategyError) -> Choice {
    guard let value = options[name] else { return standard }
    guard let choice = Choice(rawValue: value) else {
      let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .option(name: name, value: value, allowed: "one of \(allowed)")
    }
    return choice
  }

  /// An option that is a whole number from 1.
  ///
  /// **Errors**: `option` if it is anything else.
  func count(_ name: String, default standard: Int) throws(StrategyError) -> Int {
    guard let value = options[name] else { return standard }
    guard let count = Int(value), count >= 1 else {
      throw .option(name: name, value: value, allowed: "a whole number from 1")
    }
    return count
  }
}

extension EvacuationDraft {
  /// The movers of each host to empty, hosts in the order of the task.
  func moversBySource() -> [(source: Int, movers: [Candidate])] {
    let movers = Dictionary(grouping: movers, by: \.source)
    return task.out.map { (source: $0, movers: movers[$0] ?? []) }
  }
}
