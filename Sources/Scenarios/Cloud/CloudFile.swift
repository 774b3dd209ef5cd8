package import CloudModel
package import Documents

/// A cloud read from its file.
package struct CloudFile: Sendable {
  /// The columns.
  package var cloud: Cloud
  /// What was noticed while it was recorded.
  package var findings: [FindingRecord]
  /// SHA-256 of the file.
  package var sha256: String

  /// Reads a cloud file and checks what its names refer to.
  ///
  /// **Errors**: `ScenarioError` with everything that is wrong with the file.
  package static func load(path: String) throws(ScenarioError) -> CloudFile {
    do {
      var (record, reading) = try CloudKeys.cloud.load(path: path)
      guard let record else { throw ScenarioError.invalid(reading) }
      let cloud = build(record, &reading)
      guard reading.isValid, let cloud else { throw ScenarioError.invalid(reading) }
      return CloudFile(
        cloud: cloud, findings: record.findings, sha256: try FileContent.sha256(of: path))
    } catch let error as DocumentError {
      throw ScenarioError.document(error)
    } catch let error as ScenarioError {
      throw error
    } catch {
      preconditionFailure("Reading a cloud throws only its own errors.")
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

/// What stops the work with a file.
package enum ScenarioError: Error, Sendable {
  /// The file has problems, all of which are in the reading.
  case invalid(Reading)
  /// The file cannot be read or written at all.
  case document(DocumentError)
  /// A value given on the command line is wrong.
  case option(name: String, value: String, allowed: String, help: String)
}
