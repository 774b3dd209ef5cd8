import Documents

/// Writes a demand as CSV row by row, gzip if the name ends in `.gz`; the same rows give the same
/// bytes.
///
/// The file appears under its name with `commit` and not before.
package struct DemandWriter: ~Copyable {
  private var lines: LineWriter
  private var line: [UInt8] = []

  /// The columns that are written.
  package static let header = "time_s,within_s,vm,flavor,lifetime_s,lifetime_max_s,batch"

  /// Starts a file.
  ///
  /// **Errors**: `ScenarioError.document` if it exists already and is not to be replaced, or cannot
  /// be written.
  package init(path: String, replace: Bool = false) throws(ScenarioError) {
    do throws(DocumentError) { lines = try Self.begun(path, replace: replace) } catch {
      throw .document(error)
    }
  }

  private static func begun(_ path: String, replace: Bool) throws(DocumentError) -> LineWriter {
    var lines = try LineWriter(path: path, replace: replace)
    try lines.append(Array(header.utf8))
    return lines
  }

  /// Appends a row; rows come in ascending order of time.
  ///
  /// **Errors**: `ScenarioError.document`, as on a full disk; nothing is left of the file then.
  package mutating func append(_ row: DemandRow) throws(ScenarioError) {
    line.removeAll(keepingCapacity: true)
    DemandText.append(seconds: row.time, to: &line)
    line.append(UInt8(ascii: ","))
    if row.within != 0 { DemandText.append(seconds: row.within, to: &line) }
    line.append(UInt8(ascii: ","))
    DemandText.append(row.vm, to: &line)
    line.append(UInt8(ascii: ","))
    DemandText.append(row.flavor, to: &line)
    line.append(UInt8(ascii: ","))
    if let life = row.life { DemandText.append(seconds: life, to: &line) }
    line.append(UInt8(ascii: ","))
    if let life = row.longestLife { DemandText.append(seconds: life, to: &line) }
    line.append(UInt8(ascii: ","))
    if let batch = row.batch { DemandText.append(batch, to: &line) }
    do throws(DocumentError) { try lines.append(line) } catch { throw .document(error) }
  }

  /// Gives the file its name.
  ///
  /// **Errors**: `ScenarioError.document`.
  package consuming func commit() throws(ScenarioError) {
    do throws(DocumentError) { try lines.commit() } catch { throw .document(error) }
  }
}
