import Availability
package import Documents
package import Scenarios
import Stochastics

/// Exact answers about availability, as text, table and document.
package enum AvailabilityExactTables {
  /// All answers, each as an object with `id`, `kind` and its figures.
  package static func document(of answers: [ExactAnswer]) -> Document {
    .items(answers.map { .fields(head($0) + figures(of: $0)) })
  }

  /// One row for each figure; keys inside one another are joined by dots.
  package static func rows(of answers: [ExactAnswer]) -> Table {
    Table(
      columns: ["id", "kind", "key", "value"],
      rows: answers.flatMap { answer in
        figures(of: answer).flatMap { flat($0.0, $0.1) }.map { key, value in
          head(answer).map(\.1) + [.text(key), value]
        }
      })
  }

  private static func head(_ answer: ExactAnswer) -> [(String, Document)] {
    [("id", .text(answer.id)), ("kind", .text(answer.kind.rawValue))]
  }

  /// A value under its key, objects and lists of objects taken apart.
  private static func flat(_ key: String, _ value: Document) -> [(String, Document)] {
    switch value {
    case .object(let members):
      return members.flatMap { flat("\(key).\($0.key)", $0.node.value) }
    case .list(let nodes):
      guard case .object? = nodes.first?.value else { return [(key, .text(joined(nodes)))] }
      return nodes.enumerated().flatMap { flat("\(key).\($0)", $1.value) }
    default: return [(key, value)]
    }
  }

  /// The elements of a list in one cell; lists inside it in brackets.
  private static func joined(_ nodes: [Node]) -> String {
    nodes.map { node in
      if case .list(let inner) = node.value { return "{\(joined(inner))}" }
      return Table.text(node.value)
    }.joined(separator: " ")
  }

  /// The figures of an answer by key, in base units.
  static func figures(of answer: ExactAnswer) -> [(String, Document)] {
    switch answer.result {
    case .tree(let tree, let analysis): tree.figures(analysis)
    case .chain(_, let answer): answer.figures
    case .quorum(let shares):
      [
        (
          "unavailability",
          .fields(shares.map { (name(of: $0.layout), .number($0.unavailability)) })
        )
      ]
    case .loss(let cost): cost.figures
    case .renewal(let renewal, let interval): renewal.figures(interval)
    case .shares(let shares): [("results", .items(shares.map { .fields($0.figures) }))]
    }
  }

  /// A layout as people write it: members of each zone with a plus between.
  static func name(of layout: [Int]) -> String {
    layout.map(String.init).joined(separator: "+")
  }
}

extension Document {
  /// A count: a number up to 2^53, which every reader of JSON keeps, and its digits beyond.
  fileprivate init(_ count: BigNatural) {
    if let small = count.small, small <= 1 << 53 {
      self.init(small)
    } else {
      self = .text(count.description)
    }
  }

  /// A number without a fraction where it has none.
  fileprivate init(whole value: Double) {
    self = Int64(exactly: value).map(Document.integer) ?? .number(value)
  }
}

extension FaultTree {
  fileprivate func figures(_ analysis: FaultTreeAnalysis) -> [(String, Document)] {
    var figures: [(String, Document)] = [
      ("probability", .number(analysis.probability)),
      ("availability_pct", .number(100 * (1 - analysis.probability))),
      ("down_hours_per_year", .number(analysis.probability * 8760)),
      ("coherent", .bool(analysis.isCoherent)), ("diagram_nodes", Document(analysis.nodeCount)),
    ]
    if let frequency = analysis.frequencyPerHour {
      figures.append(("frequency_per_h", .number(frequency)))
      figures.append(
        ("mean_outage_h", Document(frequency > 0 ? analysis.probability / frequency : nil)))
    }
    if let cuts = analysis.cutSets {
      figures += [
        ("minimal_cut_sets", Document(cuts.count)),
        ("minimal_cut_sets_by_order", .items(cuts.byOrder.map { Document($0) })),
        ("rare_event_sum", .number(cuts.probabilitySum)),
        ("min_cut_upper_bound", Document(cuts.upperBound)),
        (
          "cut_sets",
          cuts.sets.map { sets in
            .items(sets.map { set in .items(set.map { .text(events[$0].name) }) })
          } ?? .null
        ),
      ]
    }
    let importance = zip(events, analysis.importance).map { ($0.name, $1.document) }
    return figures + [("importance", .fields(importance))]
  }
}

extension Importance {
  fileprivate var document: Document {
    [
      "birnbaum": .number(birnbaum), "criticality": Document(criticality),
      "fussell_vesely": Document(fussellVesely), "raw": Document(achievementWorth),
      "rrw": Document(reductionWorth),
    ]
  }
}

extension ChainAnswer {
  fileprivate var figures: [(String, Document)] {
    [
      ("unavailability", .number(unavailability)),
      ("failure_frequency_per_h", .number(failureFrequencyPerHour)),
      ("mean_down_time_h", Document(meanDownHours)), ("mean_up_time_h", Document(meanUpHours)),
      ("mttf_from_initial_h", Document(meanHoursToFirstFailure)),
      ("steady_state", .items(shares.map { .number($0) })),
    ]
  }
}

extension ZoneLoss.Cost {
  fileprivate var figures: [(String, Document)] {
    [
      ("lost_vm_seconds", Document(whole: lostVMSeconds)),
      ("recovered_elsewhere", Document(recoveredElsewhere)),
      ("last_recreated_at_s", lastRecreatedSeconds.map { Document(whole: $0) } ?? .null),
      ("mean_down_s_per_vm", Document(meanDownSeconds)),
      ("lost_vm_seconds_without_recreation", Document(whole: lostWithoutRecreation)),
    ]
  }
}

extension AlternatingRenewal {
  fileprivate func figures(_ interval: Double) -> [(String, Document)] {
    [
      ("unavailability", .number(unavailability)),
      ("sd_of_interval_unavailability", .number(deviation(overHours: interval))),
      ("ratio_of_sd_to_exponential_repair", .number(ratioToExponential)),
      ("cycles_for_10pct_relative_error", .number(cycles(forRelativeError: 0.1))),
    ]
  }
}

extension ExactProblem.NamedShare {
  fileprivate var figures: [(String, Document)] {
    let interval = share.interval()
    return [
      ("name", .text(name)), ("point", .number(share.point)),
      ("jeffreys_2_5", .number(interval.low)), ("median", .number(share.quantile(0.5))),
      ("jeffreys_97_5", .number(interval.high)), ("gain_cap_point", Document(share.gainCap)),
    ]
  }
}
