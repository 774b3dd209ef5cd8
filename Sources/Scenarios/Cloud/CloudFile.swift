package import CloudModel
import Documents

/// A cloud read from its file.
package struct CloudFile: Sendable {
  /// The columns.
  package var cloud: Cloud
  /// What was noticed while it was recorded.
  package var findings: [FindingRecord]
  /// What VMs need and what can fail.
  package var parts: [PartRecord]
  /// SHA-256 of the file.
  package var sha256: String

  /// Reads a cloud file and checks what its names refer to.
  ///
  /// **Errors**: `ScenarioError` with everything that is wrong with the file.
  package static func load(path: String) throws(ScenarioError) -> CloudFile {
    try load(try ScenarioError.opened(path))
  }

  /// Reads a cloud file that was opened.
  ///
  /// **Errors**: as `load(path:)`.
  static func load(_ file: OpenedFile) throws(ScenarioError) -> CloudFile {
    var (record, reading) = CloudKeys.cloud.load(file)
    guard let record else { throw .invalid(reading) }
    let cloud = build(record, &reading)
    guard reading.isValid, let cloud else { throw .invalid(reading) }
    do {
      return CloudFile(
        cloud: cloud, findings: record.findings, parts: record.parts,
        sha256: try FileContent.sha256(of: file.path))
    } catch {
      throw .document(error)
    }
  }

  /// The columns of a record; reports what its names refer to in vain.
  ///
  /// - Returns: The cloud, or nil if anything is wrong with it.
  package static func build(_ record: CloudRecord, _ reading: inout Reading) -> Cloud? {
    var assembly = CloudAssembly(name: record.name)
    assembly.addTopology(record, &reading)
    assembly.addCatalogue(record, &reading)
    assembly.addHosts(record, &reading)
    assembly.addVMs(record, &reading)
    guard reading.isValid else { return nil }
    return assembly.cloud
  }
}
