import Documents
package import Scenarios

/// Moves that were estimated, as table and document.
package enum EstimateTables {
  /// One row for each move.
  package static func rows(of answers: [EstimateAnswer]) -> Table {
    Table(
      columns: [
        "id", "verdict", "total_s", "rounds", "sent_mib", "downtime_s", "throttle_percent",
        "total_range_s", "would_converge_with", "mode", "ending", "total_without_ramp_s",
        "holds_both_s", "assumed",
      ],
      rows: answers.map { answer in
        [
          .text(answer.id), .text(answer.verdict), number(answer.total), Document(answer.rounds),
          number(answer.sent), number(answer.downtime), number(answer.throttle),
          answer.range.map { .items([number($0.lowerBound), number($0.upperBound)]) } ?? .null,
          answer.remedy.map(document) ?? .null, .text(answer.mode), Document(answer.ending),
          number(answer.totalWithoutRamp), number(answer.holdsBoth),
          .items(answer.assumed.map { .text($0) }),
        ]
      })
  }

  private static func document(_ remedy: EstimateAnswer.Remedy) -> Document {
    [
      "rate_mib_s": number(remedy.rate), "downtime_limit_s": number(remedy.downtimeLimit),
      "throttle_percent": number(remedy.throttle),
      "confirmed": .items(remedy.confirmed.map { .text($0) }),
    ]
  }

  /// Rounded to a millionth: a microsecond, a byte.
  private static func number(_ value: Double?) -> Document {
    guard let value, value.isFinite else { return .null }
    return .number(abs(value) < 1e9 ? (value * 1e6).rounded() / 1e6 : value)
  }

  /// The moves as people read them: what was found, and what would help.
  package static func text(of answers: [EstimateAnswer]) -> String {
    let ending = answers.filter(\.converges).count
    var text =
      "\(ending) of \(Wording.count(answers.count, "move")) \(ending == 1 ? "ends" : "end")"
    text += " by \(ending == 1 ? "itself" : "themselves")\n\n"
    let table = Table(
      columns: ["id", "verdict", "total", "rounds", "sent MiB", "downtime", "throttle"],
      rows: answers.map { answer in
        [
          .text(answer.id), .text(answer.verdict),
          .text(answer.total.map(Wording.duration) ?? "no end"), Document(answer.rounds),
          .number(answer.sent.rounded()), .text(answer.downtime.map(milliseconds) ?? "unknown"),
          .text(Wording.percent(answer.throttle / 100)),
        ]
      })
    text += table.text(.table)
    let notes = answers.compactMap(note) + answers.compactMap(rampNote)
    return notes.isEmpty ? text : text + "\n" + notes.map { $0 + "\n" }.joined()
  }

  private static func milliseconds(_ seconds: Double) -> String {
    seconds < 1 ? "\(Wording.fixed(seconds * 1000, 0)) ms" : Wording.duration(seconds)
  }

  /// What the ramp of the pause costs, where it is most of the time.
  private static func rampNote(_ answer: EstimateAnswer) -> String? {
    guard let short = answer.totalWithoutRamp, short * 2 < answer.total ?? .infinity else {
      return nil
    }
    return "\(answer.id): waits for the ramp of the pause; with its last step from the start "
      + Wording.duration(short)
  }

  private static func note(_ answer: EstimateAnswer) -> String? {
    if let range = answer.range {
      return
        "\(answer.id): at the edge, from \(Wording.duration(range.lowerBound)) to no end before "
        + "\(Wording.duration(range.upperBound))"
    }
    guard let remedy = answer.remedy else { return nil }
    var ways: [String] = []
    if let rate = remedy.rate { ways.append("\(Wording.fixed(rate, 1)) MiB/s") }
    if let throttle = remedy.throttle {
      ways.append("a throttle of \(Wording.fixed(throttle, 1)) %")
    }
    if let limit = remedy.downtimeLimit {
      let isSure = remedy.confirmed.contains("downtime_limit_s")
      ways.append(
        "a pause of \(isSure ? "" : "more than ")\(Wording.fixed(limit, 3)) s")
    }
    return ways.isEmpty
      ? "\(answer.id): neither rate, pause nor throttle alone would make it end"
      : "\(answer.id): would end with \(ways.joined(separator: ", or "))"
  }
}
