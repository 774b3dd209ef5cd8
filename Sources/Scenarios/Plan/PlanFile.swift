package import Documents

/// Reads and writes plan files.
package enum PlanFile {
  /// The plan of a file.
  ///
  /// **Errors**: `ScenarioError`, `invalid` also for a file of another major version.
  package static func read(path: String) throws(ScenarioError) -> PlanRecord {
    try read(try ScenarioError.opened(path))
  }

  /// The plan of a file that was opened.
  ///
  /// **Errors**: as `read(path:)`.
  static func read(_ file: OpenedFile) throws(ScenarioError) -> PlanRecord {
    let (record, reading) = PlanKeys.plan.load(file)
    guard let record else { throw .invalid(reading) }
    return record
  }

  /// The document of a plan as its file holds it.
  package static func document(of plan: PlanRecord) -> Document { PlanKeys.plan.encode(plan) }

  /// The keys of the elements of a list in a plan, in order.
  package static func columns(of key: String) -> [String] {
    guard let key = PlanKeys.plan.keys.first(where: { $0.name == key }),
      case .list(.section(_, let description), _) = key.kind
    else { return [] }
    return description().keys.map(\.name)
  }

  /// The text of a plan file.
  package static func text(of plan: PlanRecord) -> String {
    document(of: plan).json(.indented) + "\n"
  }
}
