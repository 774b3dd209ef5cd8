extension MarkovChain {
  /// The chain in the language of PRISM, for other programs to solve.
  ///
  /// **Source**: PRISM manual, "The PRISM language"; time is in hours.
  package func prism(named name: String) -> String {
    var names = ExportNames()
    let module = names.identifier(name)
    var text = "// \(Self.comment(name)); rates per hour\nctmc\n\nmodule \(module)\n"
    text += "  \(variable) : [0..\(max(1, states.count - 1))] init \(initial);\n\n"
    var leaving = [[Transition]](repeating: [], count: states.count)
    for transition in transitions where transition.ratePerHour > 0 {
      leaving[transition.from].append(transition)
    }
    for (state, jumps) in leaving.enumerated() where !jumps.isEmpty {
      text += "  // \(Self.comment(states[state]))\n"
      let updates = jumps.map { "\($0.ratePerHour) : (\(variable)'=\($0.to))" }
      text += "  [] \(variable)=\(state) -> \(updates.joined(separator: " + "));\n"
    }
    let down = states.indices.filter { isDown[$0] }.map { "\(variable)=\($0)" }
    let failures = down.isEmpty ? "false" : down.joined(separator: " | ")
    text += "endmodule\n\nlabel \"down\" = \(failures);\n\n"
    return text + "rewards \"hours\"\n  true : 1;\nendrewards\n"
  }

  /// The questions to the exported chain: the share of time down and the mean time to the first
  /// failure.
  package static let prismProperties = """
    S=? [ "down" ]
    R{"hours"}=? [ F "down" ]

    """

  private var variable: String { "state" }

  /// A name as part of a comment, which ends with its line.
  private static func comment(_ name: String) -> String {
    String(name.map { $0.isNewline ? " " : $0 })
  }
}
