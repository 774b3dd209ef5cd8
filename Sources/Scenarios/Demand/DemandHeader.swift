import Documents
package import Simulator

/// The first line of a demand in JSON Lines, which may name its flavors.
package enum DemandHeader {
  /// The flavors that the first line of a file names; none for CSV and for files without a header.
  ///
  /// **Errors**: `DemandError`.
  package static func flavors(of path: String) throws(DemandError) -> [DemandFlavor] {
    let (bytes, line) = try firstLine(of: path)
    guard bytes.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: "{") else { return [] }
    return try read(bytes[...], at: line)?.flavors.map(\.flavor) ?? []
  }

  private static func firstLine(of path: String) throws(DemandError) -> ([UInt8], Int) {
    var lines: LineReader
    do throws(DocumentError) { lines = try LineReader(path: path) } catch {
      throw DemandError(error)
    }
    do throws(LineError) {
      guard let range = try lines.next() else { return ([], 1) }
      return (Array(lines.bytes[range]), lines.lineNumber)
    } catch { throw DemandError(error) }
  }

  /// The header that a line holds; nil if it is a row.
  static func read(
    _ line: ArraySlice<UInt8>, at number: Int
  ) throws(DemandError) -> DemandHeaderRecord? {
    let members = try members(of: line, at: number)
    guard members.contains(where: { $0.key == "format" }) else { return nil }
    var reading = Reading()
    if let record = DemandKeys.header.decode(Node(.object(members)), &reading) { return record }
    let first = reading.diagnostics.first
    throw DemandError(
      .malformed(found: first?.message ?? "a broken header", allowed: "a header of a demand"),
      line: number, column: first?.path ?? "")
  }

  /// The keys and values of the object that a line holds.
  static func members(
    of line: ArraySlice<UInt8>, at number: Int
  ) throws(DemandError) -> [Member] {
    do throws(DocumentError) {
      let node = try Node.read(Array(line), as: .json)
      if case .object(let members) = node.value { return members }
      throw .syntax(found: node.value.kindName, allowed: "an object", place: node.place)
    } catch {
      throw DemandError(
        .malformed(found: "no JSON (\(error))", allowed: "a JSON object on each line"),
        line: number)
    }
  }
}
