import Benchmarking
import Documents

/// Why VMs of an instance stay without a place, as `berth solve --why` prints it.
extension SolveCommand {
  /// The keys of an explanation.
  static func members(of explanation: InstanceExplanation) -> [Member] {
    let conflict = Document.items(
      explanation.conflict.prefix(10).map {
        ["family": .text($0.family), "what": .text($0.what)]
      })
    let families = Document.items(
      explanation.families.map { family in
        [
          "family": .text(family.family),
          "left_behind_without": Document(family.leftBehindWithout),
          "change": Document(family.change), "verified": .bool(family.change != nil),
        ]
      })
    return [
      Member(key: "conflict", node: Node(conflict)), Member(key: "families", node: Node(families)),
    ]
  }

  /// The explanation of an answer for people.
  static func text(of document: Document) -> String {
    guard case .list(let families)? = document["families"]?.value, !families.isEmpty,
      case .text(let name)? = document["name"]?.value
    else { return "" }
    var lines = ["", "\(name): what a family of rules costs, and a change that is enough"]
    for family in families {
      guard case .text(let word)? = family["family"]?.value,
        case .integer(let left)? = family["left_behind_without"]?.value
      else { continue }
      var change = "not enough"
      if case .text(let text)? = family["change"]?.value { change = text }
      lines.append("  without \(word) \(left) unplaced: \(change)")
    }
    if case .list(let conflict)? = document["conflict"]?.value {
      lines += conflict.compactMap { entry in
        if case .text(let what)? = entry["what"]?.value { "  in conflict: \(what)" } else { nil }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
