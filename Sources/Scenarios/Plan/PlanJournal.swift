import CloudModel
import Documents

/// The journal of a plan: for each move that it has a word about, what became of it.
///
/// **Source**: JSON Lines, one object for each move that is over, as tools write that carry the
/// export `moves` out.
package struct PlanJournal: Sendable {
  /// A line about a move.
  package struct Entry: Sendable {
    /// Index of the move in the plan.
    package var move: Int
    /// What the line says.
    package var record: JournalRecord

    /// What became of the move.
    package var outcome: JournalOutcome { record.result ?? .running }
  }

  /// The last word about each move, by the index of the move.
  package private(set) var entries: [Int: Entry] = [:]
  /// Seconds from the first start to the last end that the journal shows; nil: it shows none.
  package private(set) var spent: Double?
  /// What it says besides moves, in sentences.
  package private(set) var remarks: [String] = []
  /// The file with its text, for problems that show later.
  private(set) var reading: Reading
  private var span: (first: Double, last: Double)?
  private var summed = 0.0

  /// The most bytes that a journal may have.
  private static let byteLimit: Int64 = 1 << 28

  /// Reads the journal of a plan.
  ///
  /// **Errors**: `document` if it cannot be opened, `invalid` with all lines that are wrong: no
  /// JSON, a VM that the plan does not move, another action or target than planned, two results
  /// of one move.
  package static func read(
    path: String, of plan: PlanRecord
  ) throws(ScenarioError) -> PlanJournal {
    let bytes: [UInt8]
    do { bytes = try FileContent.bytes(of: path, limit: byteLimit) } catch {
      throw .document(error)
    }
    var journal = PlanJournal(reading: Reading(file: path, source: SourceText(bytes)))
    journal.reading.allowsUnknownKeys = true
    let moves = PlanMoves(plan)
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      if let record = journal.record(of: Array(line), number) { journal.note(record, moves) }
    }
    guard journal.reading.isValid else { throw .invalid(journal.reading) }
    journal.spent =
      journal.span.map { $0.last - $0.first } ?? (journal.summed > 0 ? journal.summed : nil)
    return journal
  }

  private init(reading: Reading) { self.reading = reading }

  private mutating func record(of line: [UInt8], _ number: Int) -> JournalRecord? {
    do throws(DocumentError) {
      let node = try Node.read(line, as: .json).moved(toLine: number)
      return JournalKeys.line.decode(node, &reading)
    } catch {
      reading.report(
        .syntax, "the line is no JSON object: \(error)",
        at: Place(line: number, column: error.place.column ?? 1),
        help: "a journal has one JSON object a line; a line that was cut off must be removed")
      return nil
    }
  }

  private mutating func note(_ record: JournalRecord, _ moves: PlanMoves) {
    if let subject = record.subject { return note(record, of: subject, moves) }
    if record.waveOver != nil {
      summed += record.seconds ?? 0
    } else if let host = record.hostNotSet {
      remarks.append("host \(host) could not be set: \(record.message ?? "no reason given")")
    } else if let error = record.planError {
      remarks.append("the tool did not begin: \(error)")
    } else if record.isPlanOver == nil {
      reading.report(
        .missingKey, "a line of the journal needs the key `server`", at: record.place,
        help: "name the VM, or remove the line")
    }
  }

  private mutating func note(
    _ record: JournalRecord, of subject: String, _ moves: PlanMoves
  ) {
    guard let index = moves.index(of: record) else {
      report(
        .unknownReference, "the plan has no move of the VM \(Reading.shown(.text(subject)))",
        record, moves.near(subject) ?? "is it the journal of another plan?")
      return
    }
    let move = moves.plan.moves[index]
    if let problem = Self.contradiction(record, move) {
      report(.contradiction, problem, record, "is it the journal of another plan?")
      return
    }
    if let before = entries[index], before.record.result != nil, before.outcome != .running {
      report(
        .duplicateName,
        "a second result of the move of `\(move.vm)`; the first is in line "
          + "\(before.record.place.line ?? 0)", record, "remove the one that is not true")
      return
    }
    entries[index] = Entry(move: index, record: record)
    if let start = record.started {
      let end = start + (record.seconds ?? 0)
      span = (min(span?.first ?? start, start), max(span?.last ?? end, end))
    }
  }

  /// Reports what is wrong with a line.
  private mutating func report(
    _ code: DiagnosticCode, _ message: String, _ record: JournalRecord, _ help: String
  ) {
    reading.report(code, message, at: record.place, help: help)
  }

  /// What a line says that cannot be said of a move.
  private static func contradiction(_ record: JournalRecord, _ move: MoveRecord) -> String? {
    func differs(_ key: String, _ found: String, _ planned: String) -> String {
      "`\(key)` of the move of `\(move.vm)` is \(planned) in the plan, found "
        + Reading.shown(.text(found))
    }
    if let action = record.action, action != move.action.rawValue, action != move.journalAction {
      return differs("action", action, move.journalAction)
    }
    if let target = record.target, target != move.target {
      return differs("target", target, move.target ?? "nowhere")
    }
    if let wave = record.wave, wave != move.wave {
      return differs("wave", "\(wave)", "\(move.wave)")
    }
    if record.result == .done, let host = record.host, let target = move.target, host != target {
      return "the move of `\(move.vm)` is called done, but its host is "
        + "\(Reading.shown(.text(host))) instead of \(target)"
    }
    if record.result == .elsewhere, record.host == nil {
      return "the move of `\(move.vm)` ended elsewhere, but the line does not say on which `host`"
    }
    return nil
  }
}

/// The moves of a plan, to be found by what a line of a journal names.
private struct PlanMoves {
  let plan: PlanRecord
  private var byName: [String: [Int]] = [:]

  init(_ plan: PlanRecord) {
    self.plan = plan
    for (index, move) in plan.moves.enumerated() {
      byName[move.vmID, default: []].append(index)
      if move.vm != move.vmID { byName[move.vm, default: []].append(index) }
    }
  }

  /// The move that a line is about: of several moves of one VM that of its wave.
  func index(of record: JournalRecord) -> Int? {
    let found = [record.id, record.server].lazy.compactMap { $0.flatMap { byName[$0] } }.first
    guard let found, found.count > 1, let wave = record.wave else { return found?.first }
    return found.first { plan.moves[$0].wave == wave } ?? found.first
  }

  func near(_ name: String) -> String? {
    NearMiss.nearest(to: name, among: byName.keys.sorted()).map { "did you mean `\($0)`?" }
  }
}

extension MoveRecord {
  /// The word of tools for what is done: what has no target is a shutdown for them.
  var journalAction: String {
    switch action {
    case .live: "live"
    case .cold: "cold"
    default: target == nil ? "shutdown" : "recreate"
    }
  }
}

extension Node {
  /// The same values as if the text had begun some lines further down.
  fileprivate func moved(toLine line: Int) -> Node {
    func moved(_ place: Place) -> Place {
      Place(line: line, column: place.column ?? 1)
    }
    switch value {
    case .list(let nodes):
      return Node(.list(nodes.map { $0.moved(toLine: line) }), at: moved(place))
    case .object(let members):
      return Node(
        .object(
          members.map {
            Member(key: $0.key, at: moved($0.place), node: $0.node.moved(toLine: line))
          }), at: moved(place))
    default: return Node(value, at: moved(place))
    }
  }
}
