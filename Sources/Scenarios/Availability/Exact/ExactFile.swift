import Availability
import Documents

/// A file with problems to be solved exactly: one problem, a list of them, or a mapping with them
/// under `vectors`.
package struct ExactFile: Sendable {
  /// The problems in the order of the file.
  package let problems: [ExactProblem]
  /// The reading, for what is found only while solving.
  let reading: Reading

  /// Reads a file.
  ///
  /// **Errors**: `ScenarioError` with everything that is wrong with the file.
  package static func read(path: String) throws(ScenarioError) -> ExactFile {
    var file = try ScenarioError.opened(path)
    let root = file.root()
    var reading = file.reading
    guard let root else { throw .invalid(reading) }
    let problems = problems(in: root, &reading)
    guard reading.isValid else { throw .invalid(reading) }
    return ExactFile(problems: problems, reading: reading)
  }

  private static func problems(in root: Node, _ reading: inout Reading) -> [ExactProblem] {
    var problems: [ExactProblem] = []
    switch root.value {
    case .list(let nodes): problems = list(nodes, [], &reading)
    case .object where root["vectors"] != nil:
      checkTop(root, &reading)
      if let vectors = root["vectors"], case .list(let nodes) = vectors.value {
        problems = reading.within(.key("vectors")) { list(nodes, [.key("vectors")], &$0) }
      }
    case .object: problems = [problem(root, [], &reading)].compactMap { $0 }
    default:
      reading.refuse(
        root, allowed: "a problem or a list of problems",
        help: "a problem has the keys id, kind and input")
    }
    var seen: Set<String> = []
    for problem in problems where !seen.insert(problem.id).inserted {
      reading.report(
        .duplicateName, "two problems have the id `\(problem.id)`", at: problem.place,
        help: "give each problem its own id")
    }
    return problems
  }

  private static func checkTop(_ root: Node, _ reading: inout Reading) {
    let known = ["count", "format", "vectors"]
    guard case .object(let members) = root.value else { return }
    for member in members {
      reading.within(.key(member.key)) { reading in
        if !known.contains(member.key), !member.key.hasPrefix("x-") {
          let near = NearMiss.nearest(to: member.key, among: known)
          reading.report(
            .unknownKey, "unknown key `\(member.key)` beside the problems", at: member.place,
            help: (near.map { "did you mean `\($0)`? " } ?? "")
              + "allowed: \(known.joined(separator: ", "))")
        } else if member.key == "format", member.node.value != .text(format) {
          reading.refuse(
            member.node, allowed: "\"\(format)\"", code: .formatVersion,
            help: "files of other versions are not known")
        } else if member.key == "vectors" {
          if case .list = member.node.value { return }
          reading.refuse(member.node, allowed: "a list of problems", help: "write `[]` for none")
        }
      }
    }
  }

  private static let format = "availability-vectors/1"

  private static func list(
    _ nodes: [Node], _ path: [PathStep], _ reading: inout Reading
  ) -> [ExactProblem] {
    nodes.enumerated().compactMap { index, node in
      reading.within(.index(index)) { problem(node, path + [.index(index)], &$0) }
    }
  }

  private static func problem(
    _ node: Node, _ path: [PathStep], _ reading: inout Reading
  ) -> ExactProblem? {
    guard let record = ExactKeys.problem.decode(node, &reading) else { return nil }
    let question = reading.within(.key("input")) { Self.question(record, &$0) }
    return question.map {
      ExactProblem(
        id: record.id, kind: record.kind, question: $0, place: record.input.place,
        path: path + [.key("input")])
    }
  }

  private static func question(
    _ record: ExactRecord, _ reading: inout Reading
  ) -> ExactProblem.Question? {
    let input = record.input
    switch record.kind {
    case .faultTree:
      return ExactKeys.tree.decode(input, &reading)?.tree(&reading).map { .tree($0) }
    case .chain:
      return ExactKeys.chain.decode(input, &reading)?.chain(&reading).map { .chain($0) }
    case .quorum: return ExactKeys.quorum.decode(input, &reading).map(\.question)
    case .recovery: return ExactKeys.loss.decode(input, &reading).map(\.question)
    case .renewal: return ExactKeys.renewal.decode(input, &reading).map(\.question)
    case .statistics: return ExactKeys.shares.decode(input, &reading).map(\.question)
    case .tier:
      return ExactKeys.tier.decode(input, &reading).flatMap { try? $0.tier.facility.tree() }
        .map { .tree($0) }
    }
  }
}
