package import Documents

/// One line of a comparison: a run, or one policy of a run that has several.
package struct ComparedEntry: Sendable {
  /// A measure with its value in each replication.
  package struct Column: Sendable, Equatable {
    /// The name, which ends in the unit.
    package var measure: String
    /// One value for each replication; nil where the table says nothing.
    package var values: [Double?]
  }

  /// What people call it: the label of the run, and the policy where the run has several.
  package var label: String
  /// The policy, for runs about a demand.
  package var policy: String?
  /// The run that it belongs to, by its place among the runs.
  package var run: Int
  /// The numbers of the replications, ascending.
  package var replications: [Int64]
  /// The measures.
  package var columns: [Column]

  /// The values of a measure in the order of the replications, absent ones left out; nil if the run
  /// does not have it.
  package func values(of measure: String) -> [Double]? {
    columns.first { $0.measure == measure }?.values.compactMap { $0 }
  }

  /// The values of a measure by the number of the replication.
  func valuesByReplication(of measure: String) -> [Int64: Double] {
    guard let column = columns.first(where: { $0.measure == measure }) else { return [:] }
    var result: [Int64: Double] = [:]
    for (number, value) in zip(replications, column.values) { result[number] = value }
    return result
  }
}

/// A run as its folder holds it, as far as a comparison needs it.
package struct ComparedRun: Sendable {
  /// What people call it.
  package var label: String
  /// Its folder, as the user named it.
  package var folder: String
  /// The seed of its draws.
  package var seed: Int64
  /// SHA-256 of its cloud.
  package var cloudSHA256: String
  /// The program that made it, with its version.
  package var program: String
  /// The scenario with all overrides applied.
  package var scenario: Document
  /// Its policies, or itself.
  package var entries: [ComparedEntry]
}

extension ComparedRun {
  /// Reads a run that stands at a place among others, or alone.
  ///
  /// **Errors**: `missing` without such a folder, `unusable` for one that is no finished run,
  /// `document` for a file of it that cannot be read.
  package init(
    folder: String, label: String, place: Int, isAlone: Bool = false
  ) throws(ComparisonError) {
    let manifest = try Self.manifest(of: folder)
    guard case .text(let cloud)? = manifest["cloud_sha256"]?.value,
      case .integer(let seed)? = manifest["seed"]?.value
    else {
      throw .unusable(
        folder: folder, reason: "its manifest names no seed and no cloud",
        help: "name the folder of a run that `berth run` has left")
    }
    self.label = label
    self.folder = folder
    self.seed = seed
    cloudSHA256 = cloud
    if case .text(let program)? = manifest["program"]?.value {
      self.program = program
    } else {
      program = "an unknown program"
    }
    scenario = try Self.document("scenario.yaml", of: folder)
    let table = try ReplicationTable(path: "\(folder)/tables/replications.csv", of: folder)
    entries = table.parts.map { part in
      let policy = part.policy ?? ""
      return ComparedEntry(
        label: table.parts.count == 1 ? label : isAlone ? policy : "\(label)/\(policy)",
        policy: part.policy, run: place, replications: part.replications,
        columns: table.numbers(of: part))
    }
  }

  private static func manifest(of folder: String) throws(ComparisonError) -> Document {
    let manifest: Document
    do {
      manifest = try document("manifest.json", of: folder)
    } catch {
      guard case .document(.missing, _) = error else { throw error }
      throw .unusable(
        folder: folder, reason: "it has no manifest.json",
        help: "name the folder of a run, such as runs/latest")
    }
    guard manifest["end"] != nil else {
      var reason = "it did not come to its end"
      if case .text(let cause)? = manifest["interrupted_by"]?.value { reason += ": \(cause)" }
      throw .unusable(folder: folder, reason: reason, help: "run its scenario again")
    }
    return manifest
  }

  private static func document(
    _ name: String, of folder: String
  ) throws(ComparisonError) -> Document {
    let path = "\(folder)/\(name)"
    do {
      return try Node.read(try FileContent.bytes(of: path), as: DocumentFormat(path: path)).value
    } catch {
      guard error.path == nil else { throw .document(error, file: path) }
      let line = error.place.line.map { ", line \($0)" } ?? ""
      throw .unusable(
        folder: folder, reason: "\(name)\(line): \(error)",
        help: "the folder must be as `berth run` left it; run the scenario again")
    }
  }
}
