import Documents

/// What has to hold between the keys of one part of a problem.
enum ExactCheck {
  static let event: @Sendable (BasicEventRecord, Node, inout Reading) -> Void = {
    record, node, reading in
    let hasTimes = record.meanUp != nil || record.meanDown != nil
    if record.probability != nil, hasTimes {
      reading.report(
        .contradiction, "\(reading.path) has both a probability and times", at: node.place,
        help: "write `probability`, or `mtbf_h` and `mttr_h`")
    } else if record.probability == nil, record.meanUp == nil || record.meanDown == nil {
      reading.report(
        .missingKey, "\(reading.path) needs `probability`, or `mtbf_h` and `mttr_h`",
        at: node.place, help: "write for example `{\"mtbf_h\": 8760, \"mttr_h\": 4}`")
    }
  }

  static let gate: @Sendable (GateRecord, Node, inout Reading) -> Void = { record, node, reading in
    switch (record.operation, record.count) {
    case (.atleast, nil):
      reading.report(
        .missingKey, "\(reading.path) needs `k`: how many of its arguments", at: node.place,
        help: "add `k`, from 1 to \(record.arguments.count)")
    case (.atleast, _), (_, nil): break
    case (let word, _):
      reading.report(
        .contradiction, "\(reading.path) has `k`, which `\(word.rawValue)` does not take",
        at: node.place, help: "remove `k`, or write `\"op\": \"atleast\"`")
    }
  }

  static let group: @Sendable (CommonCauseRecord, Node, inout Reading) -> Void = {
    record, node, reading in
    let needed: [(String, Bool)] =
      switch record.model {
      case .beta: [("q", record.probability != nil), ("beta", record.beta != nil)]
      case .alpha: [("q", record.probability != nil), ("alphas", record.alphas != nil)]
      case .shock:
        [("rate_per_h", record.rate != nil), ("duration_h", record.duration != nil)]
      }
    for (key, isThere) in needed where !isThere {
      reading.report(
        .missingKey, "\(reading.path) needs `\(key)`", at: node.place,
        help: "`\(record.model.rawValue)` is made of \(needed.map(\.0).joined(separator: ", "))")
    }
    if Set(record.members).count < record.members.count {
      reading.report(
        .duplicateName, "\(reading.path) names a member twice", at: node.place,
        help: "name each once")
    }
    if record.model == .alpha, let alphas = record.alphas {
      if alphas.count != record.members.count {
        reading.report(
          .count,
          "\(reading.path).alphas must have \(record.members.count) values, found \(alphas.count)",
          at: node.place, help: "one share for each number of parts that fail together")
      } else if alphas.allSatisfy({ $0 == 0 }) {
        reading.report(
          .value, "\(reading.path).alphas must have a share above 0, found none", at: node.place,
          help: "the shares of a group usually add up to 1")
      }
    }
  }

  static let quorum: @Sendable (QuorumRecord, Node, inout Reading) -> Void = {
    record, node, reading in
    for (place, layout) in record.layouts.enumerated() {
      let members = layout.reduce(0, +)
      if members < 1 || members > 2000 {
        reading.report(
          .value,
          "\(reading.path).layouts[\(place)] must have from 1 to 2000 members in all, "
            + "found \(members)", at: node.place, help: "write the members of each zone")
      }
    }
  }

  static let share: @Sendable (ShareRecord, Node, inout Reading) -> Void = {
    record, node, reading in
    if record.beyond > record.total {
      reading.report(
        .contradiction,
        "\(reading.path).beyond must be at most `total`, \(record.total), "
          + "found \(record.beyond)", at: node.place,
        help: "`total` counts all incidents of known reach")
    }
  }
}
