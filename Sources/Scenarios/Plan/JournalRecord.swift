package import Documents

/// What a tool that carries moves out says of one.
package enum JournalOutcome: String, Sendable, CaseIterable {
  /// Accepted, finished, and the VM is where the plan wants it.
  case done
  /// The cloud said no at once.
  case refused
  /// The cloud said yes, and the move failed later.
  case failed
  /// Finished on another host than the target.
  case elsewhere
  /// Not over in time: it may still be under way.
  case timeout
  /// Begun and not over.
  case running
  /// Not tried.
  case skipped
}

/// A line of a journal: what became of one move, or of a wave, a host or the whole.
package struct JournalRecord: Sendable, Equatable {
  /// The id or the name of the VM.
  package var server: String?
  /// The id of the VM.
  package var id: String?
  /// What was done.
  package var action: String?
  /// The host the VM was to go to.
  package var target: String?
  /// The wave.
  package var wave: Int64?
  /// The host the VM was on.
  package var source: String?
  /// What became of it; nil: it has begun.
  package var result: JournalOutcome?
  /// The host the VM is on now.
  package var host: String?
  /// The answer's status code.
  package var http: Int64?
  /// Why not.
  package var message: String?
  /// Seconds since 1970 at which it began.
  package var started: Double?
  /// How many seconds it took.
  package var seconds: Double?
  /// The wave that is over.
  package var waveOver: Int64?
  /// Whether the whole is over.
  package var isPlanOver: Bool?
  /// A host that could not be closed or opened.
  package var hostNotSet: String?
  /// Why the plan was not carried out at all.
  package var planError: String?
  /// Where the line is.
  package var place = Place.none

  /// An empty line.
  package init() {}

  /// The VM as the line names it; nil if the line is about no move.
  package var subject: String? { id ?? server }
}

/// The keys of a line of a journal. Tools write more of them, which mean nothing here.
enum JournalKeys {
  static let line = Section<JournalRecord>(
    "journal", "A line of the journal of a plan that was carried out.", make: JournalRecord.init,
    place: \.place
  ) {
    Key("server", \.server, optional: .text(), "id or name of the VM")
    Key("id", \.id, optional: .text(), "id of the VM")
    Key("action", \.action, optional: .text(), "what was done")
    Key("target", \.target, optional: .text(), "host the VM was to go to")
    Key("wave", \.wave, optional: .count, "wave")
    Key("source", \.source, optional: .text(), "host the VM was on")
    Key("result", \.result, optional: .choice(), "what became of it; null: it has begun")
    Key("host", \.host, optional: .text(), "host the VM is on now")
    Key("http", \.http, optional: .count, "status code of the answer")
    Key("message", \.message, optional: .text(isEmptyAllowed: true), "why not")
    Key("started", \.started, optional: .seconds, "seconds since 1970 at which it began")
    Key("seconds", \.seconds, optional: .seconds, "how long it took")
    Key("wave_over", \.waveOver, optional: .count, "wave that is over")
    Key("plan_over", \.isPlanOver, optional: .flag, "whether the whole is over")
    Key("host_not_set", \.hostNotSet, optional: .text(), "host that could not be closed or opened")
    Key("plan_error", \.planError, optional: .text(isEmptyAllowed: true), "why it did not begin")
  }
}
