import Availability

/// The programs that problems are written out for.
package enum ExactExportFormat: String, CaseIterable, Sendable {
  /// Open-PSA Model Exchange Format, for fault trees.
  case openPSA = "open-psa"
  /// The language of PRISM, for chains.
  case prism
}

/// A problem in the words of another program.
package struct ExactExport: Sendable {
  /// The name of the problem.
  package let id: String
  /// File names with their texts; empty where the format has no words for the problem.
  package let files: [(name: String, text: String)]

  /// All problems of a file in a format, in its order.
  package static func exports(
    of file: ExactFile, as format: ExactExportFormat
  ) -> [ExactExport] {
    var names = Set<String>()
    return file.problems.map { problem in
      let name = fileName(problem.id, &names)
      switch (format, problem.question) {
      case (.openPSA, .tree(let tree)):
        return ExactExport(
          id: problem.id, files: [("\(name).xml", tree.openPSA(named: problem.id))])
      case (.prism, .chain(let chain)):
        return ExactExport(
          id: problem.id,
          files: [
            ("\(name).prism", chain.prism(named: problem.id)),
            ("\(name).props", MarkovChain.prismProperties),
          ])
      default: return ExactExport(id: problem.id, files: [])
      }
    }
  }

  /// The id as a file name: letters, digits, dots, dashes and underscores, no two equal.
  private static func fileName(_ id: String, _ used: inout Set<String>) -> String {
    let plain = id.unicodeScalars.map { scalar -> String in
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_"
      return isPlain ? String(scalar) : "_"
    }.joined()
    let base = String(plain.prefix(100))
    var name = base
    var number = 2
    while !used.insert(name).inserted {
      name = "\(base)_\(number)"
      number += 1
    }
    return name
  }
}
