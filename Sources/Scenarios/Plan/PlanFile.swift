package import Documents

/// Reads and writes plan files.
package enum PlanFile {
  /// The plan of a file.
  ///
  /// **Errors**: `ScenarioError`, `invalid` also for a file of another major version.
  package static func read(path: String) throws(ScenarioError) -> PlanRecord {
    do {
      let (record, reading) = try PlanKeys.plan.load(path: path)
      guard let record else { throw ScenarioError.invalid(reading) }
      return record
    } catch let error as DocumentError {
      throw ScenarioError.document(error)
    } catch let error as ScenarioError {
      throw error
    } catch {
      preconditionFailure("Reading a plan throws only its own errors.")
    }
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
