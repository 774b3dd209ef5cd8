import CloudModel

/// Hosts in aggregates whose metadata meet the extra specs without scope or with
/// `aggregate_instance_extra_specs:`.
struct AggregateInstanceExtraSpecsFilter: NovaFilter {
  static let name = "AggregateInstanceExtraSpecsFilter"
  let runsOncePerRequest = true

  init(_ configuration: NovaConfiguration) {}

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    request.flavor.extraSpecs.entries.allSatisfy { entry in
      guard let key = Self.key(entry.key) else { return true }
      return host.aggregates.contains { aggregate in
        // Nova splits the values of aggregates at commas.
        let values = (aggregate.metadata[key] ?? "").split(separator: ",")
        return values.contains { SpecOperator.isMet(entry.value, by: Self.trimmed($0)) }
      }
    }
  }

  /// The key of the metadata that an extra spec asks for, or nil if it asks for something else.
  private static func key(_ spec: String) -> String? {
    guard let colon = spec.firstIndex(of: ":") else { return spec }
    guard spec[..<colon] == "aggregate_instance_extra_specs" else { return nil }
    return String(spec[spec.index(after: colon)...])
  }

  private static func trimmed(_ text: Substring) -> String {
    let end = text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex
    return String(text[..<end].drop { $0 == " " })
  }
}
