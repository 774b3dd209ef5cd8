package import Documents

/// A key of a scenario with its value.
package struct RunSetting: Sendable, Equatable {
  /// The keys that lead to it, such as `migration.timeout_action`.
  package var path: String
  /// The value.
  package var value: Document
}

/// What the scenarios of several runs say differently.
enum RunSettings {
  /// Keys at the top of a scenario that say nothing about how a run comes out, or that are told
  /// otherwise.
  private static let passedOver: Set<String> = [
    "format_version", "name", "cloud", "seed", "replications", "requires",
  ]

  /// For each scenario what it says under the keys under which not all say the same, in the order
  /// of the scenarios. What a scenario leaves to the default is absent.
  ///
  /// **Complexity**: O(k n) for k keys in all and n scenarios.
  static func differing(_ scenarios: [Document]) -> [[RunSetting]] {
    let flat = scenarios.map(flattened)
    let values = flat.map { settings in
      Dictionary(settings.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    return flat.map { settings in
      settings.filter { setting in values.contains { $0[setting.path] != setting.value } }
    }
  }

  /// Every value that is no mapping, and no list of mappings, with the keys that lead to it.
  static func flattened(_ scenario: Document) -> [RunSetting] {
    guard case .object(let members) = scenario else { return [] }
    var result: [RunSetting] = []
    for member in members where !passedOver.contains(member.key) {
      append(member.node.value, at: member.key, to: &result)
    }
    return result
  }

  private static func append(_ value: Document, at path: String, to result: inout [RunSetting]) {
    switch value {
    case .object(let members):
      for member in members {
        append(member.node.value, at: "\(path).\(member.key)", to: &result)
      }
    case .list(let elements) where elements.contains(where: { isMapping($0.value) }):
      for (index, element) in elements.enumerated() {
        append(element.value, at: "\(path)[\(index)]", to: &result)
      }
    default: result.append(RunSetting(path: path, value: value))
    }
  }

  private static func isMapping(_ value: Document) -> Bool {
    if case .object = value { true } else { false }
  }
}
