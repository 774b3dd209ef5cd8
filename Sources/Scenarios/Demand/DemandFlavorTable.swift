import Documents
package import Simulator

/// Reads the table of flavors that stands beside a demand in CSV.
package struct DemandFlavorTable {
  private enum Column: String, CaseIterable {
    case flavor
    case vcpus
    case memoryGiB = "memory_gib"
    case memoryMiB = "memory_mib"
    case disk = "disk_gib"
    case types = "device_types"
    case count = "device_count"
    case share = "device_share"
    case traits

    var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  private var row = FieldRow(columns: Column.allCases.count)
  private var line = 0

  /// The flavors of a file, plain or gzip.
  ///
  /// **Errors**: `DemandError` with line and column.
  package static func read(_ path: String) throws(DemandError) -> [DemandFlavor] {
    var lines: LineReader
    do throws(DocumentError) { lines = try LineReader(path: path) } catch {
      throw DemandError(error)
    }
    var table = DemandFlavorTable()
    var flavors: [DemandFlavor] = []
    var names: Set<String> = []
    while let range = try next(&lines) {
      guard let flavor = try table.take(lines.bytes, range, at: lines.lineNumber) else { continue }
      if !names.insert(flavor.name).inserted {
        throw table.malformed(.flavor, "each name once")
      }
      flavors.append(flavor)
    }
    if table.line == 0 {
      throw DemandError(
        .malformed(found: "an empty file", allowed: "a header and a row for each flavor"), line: 1)
    }
    return flavors
  }

  private static func next(_ lines: inout LineReader) throws(DemandError) -> Range<Int>? {
    do throws(LineError) { return try lines.next() } catch { throw DemandError(error) }
  }

  /// The flavor of a line; nil for the header and for empty lines.
  private mutating func take(
    _ bytes: [UInt8], _ range: Range<Int>, at number: Int
  ) throws(DemandError) -> DemandFlavor? {
    if range.isEmpty { return nil }
    let isHeader = line == 0
    line = number
    if isHeader {
      let names = Column.allCases.map(\.rawValue)
      let found = try row.takeHeader(
        bytes[range], names: names, required: ["flavor", "vcpus"], at: line)
      if found.isDisjoint(with: ["memory_gib", "memory_mib"]) {
        throw DemandError(
          .malformed(found: "no column `memory_gib`", allowed: "memory_gib or memory_mib"),
          line: line, column: "memory_gib")
      }
      return nil
    }
    try row.take(bytes, range, at: line)
    return try flavor()
  }

  private func flavor() throws(DemandError) -> DemandFlavor {
    let name = row.text(Column.flavor.index)
    if name.isEmpty { throw malformed(.flavor, "a name") }
    guard let vcpus = try amount(.vcpus, units: 1000) else {
      throw malformed(.vcpus, "a number of virtual CPUs")
    }
    var memory = try amount(.memoryMiB, units: 1)
    if memory == nil { memory = try amount(.memoryGiB, units: 1024) }
    guard let memory else {
      throw malformed(.memoryMiB, "an amount of memory")
    }
    let traits = list(.traits)
    return DemandFlavor(
      name: name, milliCPU: vcpus, memoryMiB: memory, diskGiB: try amount(.disk, units: 1) ?? 0,
      devices: try devices(), traits: traits)
  }

  private func devices() throws(DemandError) -> [DemandFlavor.Devices] {
    let types = list(.types)
    let count = try amount(.count, units: 1)
    let share = try amount(.share, units: 1) ?? 1000
    guard !types.isEmpty else {
      if (count ?? 0) > 0 { throw malformed(.types, "names of types, separated by |") }
      return []
    }
    if count == 0 { return [] }
    guard (1...1000).contains(share) else {
      throw malformed(.share, "thousandths of a device, from 1 to 1000")
    }
    return [DemandFlavor.Devices(types: types, count: count ?? 1, share: share)]
  }

  private func list(_ column: Column) -> [String] {
    row.text(column.index).split(separator: "|").map(String.init)
  }

  /// A number times some units, rounded up to a whole one, so that nothing asked for is lost.
  private func amount(_ column: Column, units: Double) throws(DemandError) -> Int32? {
    let range = row.fields[column.index]
    if range.isEmpty { return nil }
    guard let number = DemandNumbers.number(row.bytes, range), number * units <= 1_000_000_000
    else { throw malformed(column, "a number from 0 to \(Int(1_000_000_000 / units))") }
    return DemandNumbers.roundedUp(number * units)
  }

  private func malformed(_ column: Column, _ allowed: String) -> DemandError {
    let text = String(row.text(column.index).prefix(60))
    return DemandError(
      .malformed(found: text.isEmpty ? "nothing" : "`\(text)`", allowed: allowed), line: line,
      column: column.rawValue)
  }
}
