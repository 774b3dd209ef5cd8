import Stochastics

/// Public post-mortems of providers.
///
/// **Source**: Li et al., ISSRE 2022, as facts.
struct PostMortems: Sendable {
  struct Case: Sendable {
    var provider: String
    var minutes: Double?
    /// The first cause, from the outer layer to the inner.
    var cause: [String]
    var zoneWords: String
  }

  private(set) var cases: [Case] = []

  init(_ paths: [String]) throws(RecordError) {
    for path in paths {
      let table = try RecordTable(path: path)
      let (provider, minutes) = (try table.column("provider"), try table.column("duration_min"))
      let (cause, zones) = (try table.column("root_cause"), try table.column("zone_words"))
      for row in 0..<table.count {
        let first = table.text(row, cause).split(separator: "|").first.map(String.init) ?? ""
        cases.append(
          Case(
            provider: try table.name(row, provider), minutes: try table.number(row, minutes),
            cause: Self.layers(of: first),
            zoneWords: try table.word(
              row, zones, among: ["single-az", "multi-az", "zone-named", ""])))
      }
    }
  }

  private static func layers(of text: String) -> [String] {
    var layers: [String] = []
    var rest = Substring(text)
    while let range = rest.firstRange(of: " > ") {
      layers.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return layers + [String(rest)]
  }

  /// The figures, provider by provider and cause by cause.
  var figures: [RecordedFigure] {
    var figures = [
      RecordedFigure.recorded("postmortems/cases", Double(cases.count), count: cases.count)
    ]
    for (provider, own) in Dictionary(grouping: cases, by: \.provider).sorted(by: {
      $0.key < $1.key
    }) {
      let minutes = own.compactMap(\.minutes).sorted()
      figures.append(
        .recorded("postmortems/\(provider)/cases", Double(own.count), count: own.count))
      figures += DurationFigures.recorded(minutes, name: "postmortems/\(provider)/duration_min")
    }
    // The outermost layer only tells causes inside from those outside.
    figures += counts("postmortems/cause") { $0.count > 1 ? $0[1] : $0[0] }
    figures += counts("postmortems/detail") { $0.count > 2 ? "\($0[1])/\($0[2])" : nil }
    let single = cases.count { $0.zoneWords == "single-az" }
    let known = single + cases.count { $0.zoneWords == "multi-az" }
    if known > 0 {
      figures.append(
        RecordedFigure(
          name: "postmortems/one_zone.share", measured: Double(single) / Double(known), naive: 1,
          count: known, interval: .jeffreys(successes: single, trials: known),
          basis: "those whose text tells one zone from several"))
    }
    return figures
  }

  /// How many name each cause first, the most frequent before the others.
  private func counts(
    _ name: String, of cause: ([String]) -> String?
  ) -> [RecordedFigure] {
    var counts: [String: Int] = [:]
    for entry in cases {
      if let cause = cause(entry.cause) {
        counts[cause.isEmpty ? "not_named" : cause, default: 0] += 1
      }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      .recorded("\(name)/\($0.key).count", Double($0.value), count: cases.count)
    }
  }
}
