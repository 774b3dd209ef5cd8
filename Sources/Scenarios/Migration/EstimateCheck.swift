import Documents
import Migration

/// What concerns several keys of one move.
enum EstimateCheck {
  /// Reports contradictions of a move whose keys are right by themselves; the first one only, as
  /// the others mostly follow from it.
  static func check(_ record: EstimateRecord, _ node: Node, _ reading: inout Reading) {
    guard let problem = problem(record) else { return }
    let place = node[problem.key]?.place ?? node.place
    reading.within(.key(problem.key)) { reading in
      reading.report(
        problem.code, "\(reading.path) \(problem.words)", at: place, help: problem.help)
    }
  }

  private struct Problem {
    var key: String
    var code = DiagnosticCode.contradiction
    var words: String
    var help: String
  }

  private static func problem(_ record: EstimateRecord) -> Problem? {
    missing(record) ?? excluded(record) ?? threshold(record)
  }

  private static func missing(_ record: EstimateRecord) -> Problem? {
    let mode = "mode \(record.mode.rawValue)"
    if record.mode != .cold, record.memory == nil {
      return Problem(
        key: "memory_mib", code: .missingKey, words: "is needed for \(mode)",
        help: "add `memory_mib`: the memory that is not all zero")
    }
    if record.rate == nil, record.mode != .cold || record.disk ?? 0 > 0 {
      return Problem(
        key: "rate_mib_s", code: .missingKey, words: "is needed for \(mode)",
        help: "add `rate_mib_s`: what one stream carries; there is no honest default")
    }
    return nil
  }

  private static func excluded(_ record: EstimateRecord) -> Problem? {
    if record.dirty != nil, record.points != nil {
      return Problem(
        key: "points", words: "and `dirty` cannot both say what the guest writes",
        help: "remove one of the two")
    }
    guard record.mode == .live else { return nil }
    let switching =
      record.postCopyAt != nil ? "postcopy_at_s" : record.action == .postCopy ? "at_horizon" : nil
    guard let switching else { return nil }
    if record.device != nil {
      return Problem(
        key: switching, words: "cannot switch a VM with a passed-through device to post-copy",
        help: "remove it, or the device")
    }
    if record.disk ?? 0 > 0 {
      return Problem(
        key: switching, words: "cannot switch a VM whose disk is copied to post-copy",
        help: "remove it, or `disk_mib`")
    }
    return nil
  }

  /// A threshold above the memory leaves nothing to copy in rounds: mostly a wrong unit. The
  /// default may well be above it, for a small VM on a fast link.
  private static func threshold(_ record: EstimateRecord) -> Problem? {
    guard record.mode == .live, record.downtimeLimit != nil || record.downtimeSteps != nil,
      let transfer = record.migration.transfer
    else { return nil }
    let limit = transfer.downtime.seconds(at: 0)
    guard limit * transfer.rate > transfer.memory else { return nil }
    let amount = Reading.shown(.number((limit * transfer.rate).rounded()))
    let memory = Reading.shown(.number(transfer.memory.rounded()))
    return Problem(
      key: record.downtimeSteps != nil ? "downtime_steps" : "downtime_limit_s",
      words:
        "allows a pause in which \(amount) MiB are sent, more than the memory of \(memory) MiB",
      help:
        "write seconds, and a smaller pause; a VM that is only paused and sent is mode stop_copy"
    )
  }
}

extension Codec where Value == [[Double]] {
  /// Pairs of seconds and MiB that go forward in time and never fall.
  static var dirtyPoints: Self {
    let pairs = Codec<[[Double]]>.list(
      of: .list(of: .number(0...1_000_000_000), count: 2...2), count: 2...10_000)
    return Codec(
      kind: pairs.kind,
      decode: { node, reading in
        let before = reading.errorCount
        guard let points = pairs.decode(node, &reading), reading.errorCount == before,
          case .list(let nodes) = node.value
        else { return nil }
        for index in points.indices {
          guard let words = Self.fault(index > 0 ? points[index - 1] : nil, points[index])
          else { continue }
          reading.within(.index(index)) { reading in
            reading.report(
              .value, "\(reading.path) \(words)", at: nodes[index].place,
              help: "write the points in the order of their times, as all that was written so far")
          }
          return nil
        }
        return points
      }, encode: pairs.encode)
  }

  private static func fault(_ point: [Double]?, _ next: [Double]) -> String? {
    guard let point else {
      return next[0] == 0 && next[1] > 0 ? "must have 0 MiB: nothing is written in no time" : nil
    }
    func shown(_ value: Double) -> String { Reading.shown(.number(value)) }
    if next[0] <= point[0] {
      return "must come later than \(shown(point[0])) s, found \(shown(next[0])) s"
    }
    if next[1] < point[1] {
      return "must not fall below \(shown(point[1])) MiB, found \(shown(next[1])) MiB"
    }
    return nil
  }
}
