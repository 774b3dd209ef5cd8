extension FaultTree {
  /// The tree in the Open-PSA Model Exchange Format, for other programs to solve.
  ///
  /// Names that are no identifiers are changed and kept as labels. Probabilities are written with
  /// all their digits. Gates that the top does not depend on are left out, as programs that look for
  /// the top of a tree would find several.
  ///
  /// **Source**: Open-PSA Model Exchange Format 2.0d.
  package func openPSA(named name: String) -> String {
    var names = ExportNames()
    let tree = names.identifier(name)
    let gateNames = gates.map { names.identifier($0.name) }
    let eventNames = events.map { names.identifier($0.name) }
    func reference(_ input: Input) -> String {
      switch input {
      case .event(let event): "<basic-event name=\"\(eventNames[event])\"/>"
      case .gate(let gate): "<gate name=\"\(gateNames[gate])\"/>"
      }
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n"
    text += "  <define-fault-tree name=\"\(tree)\">\n"
    if case .event = top {
      text += "    <define-gate name=\"\(names.identifier("top"))\">\n"
      text += "      \(reference(top))\n    </define-gate>\n"
    }
    for gate in gatesFromBelow.reversed() {
      text += "    <define-gate name=\"\(gateNames[gate])\">\n"
      if gates[gate].name != gateNames[gate] {
        text += "      <label>\(XMLText.escaped(gates[gate].name))</label>\n"
      }
      text += Self.formula(gates[gate].operation, gates[gate].arguments.map(reference))
      text += "    </define-gate>\n"
    }
    text += "  </define-fault-tree>\n  <model-data>\n"
    for (event, name) in zip(events, eventNames) {
      text += "    <define-basic-event name=\"\(name)\">\n"
      if event.name != name { text += "      <label>\(XMLText.escaped(event.name))</label>\n" }
      text += "      <float value=\"\(event.probability)\"/>\n    </define-basic-event>\n"
    }
    return text + "  </model-data>\n</opsa-mef>\n"
  }

  /// A formula; joins of one argument are that argument, since and and or want two.
  private static func formula(_ operation: GateOperation, _ arguments: [String]) -> String {
    let (start, end): (String, String)
    switch operation {
    case .and: (start, end) = ("<and>", "</and>")
    case .or: (start, end) = ("<or>", "</or>")
    case .atLeast(1): (start, end) = ("<or>", "</or>")
    case .atLeast(arguments.count): (start, end) = ("<and>", "</and>")
    case .atLeast(let count): (start, end) = ("<atleast min=\"\(count)\">", "</atleast>")
    case .not: return "      <not>\(arguments[0])</not>\n"
    case .xor: return "      \(oddNumber(arguments))\n"
    }
    if arguments.count == 1 { return "      \(arguments[0])\n" }
    return "      \(start)\n" + arguments.map { "        \($0)\n" }.joined() + "      \(end)\n"
  }

  /// An odd number of arguments, in pairs, since programs differ on what more than two mean.
  private static func oddNumber(_ arguments: [String]) -> String {
    arguments.dropFirst().reduce(arguments[0]) { "<xor>\($0)\($1)</xor>" }
  }
}
