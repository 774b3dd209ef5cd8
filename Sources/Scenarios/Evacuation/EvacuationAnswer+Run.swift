package import Documents

extension EvacuationAnswer {
  /// The files of the run folder: the plan, and what happens without spread, event by event.
  package var runFiles: [(name: String, bytes: [UInt8])] {
    [
      ("plan.json", Array(PlanFile.text(of: plan).utf8)),
      ("events.jsonl.gz", GzipWriter.pack(Array(eventLines.utf8))),
    ]
  }

  private var eventLines: String {
    let head: Document = ["type": "version", "format_version": "1.0"]
    return ([head] + events.map(\.document)).map { $0.json() + "\n" }.joined()
  }
}

extension EventRecord {
  /// The event as an object of the event log.
  package var document: Document {
    [
      "type": "event", "time_s": .number(time), "what": .text(what), "vm": Document(vm),
      "source": Document(source), "target": Document(target),
      "wave": wave.map { .integer(Int64($0)) } ?? .null,
    ]
  }
}
