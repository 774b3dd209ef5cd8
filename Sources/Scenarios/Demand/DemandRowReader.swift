import Documents
import Simulator

/// One row of a demand, understood.
struct DemandEntry: Sendable {
  /// When, in microseconds since the start of the file.
  var time: Int64 = 0
  var kind = DemandKind.arrival
  /// Id of the VM.
  var vm: DemandID
  /// Index of the flavor, or -1 for a departure.
  var flavor: Int32 = -1
  /// Index of the zone, or -1.
  var zone: Int32 = -1
  /// The least and the longest life, in microseconds; -1 if it has no end.
  var life: Int64 = -1
  var longestLife: Int64 = -1
  /// Length of the bin before `time` in which it happens.
  var within: Int64 = 0
  /// Id of the burst, or nil.
  var batch: DemandID?
}

/// Reads the rows of a demand in CSV or JSON Lines and checks each by itself and their order.
///
/// **Complexity**: it holds one line and one piece of the file.
struct DemandRowReader: Sendable {
  /// Whether rows may name a zone.
  private(set) var hasZones = true
  /// Whether rows may name a VM a second time.
  private(set) var canNameAgain = true
  /// How many rows were read.
  private(set) var rowCount: UInt64 = 0
  /// Number of the line last read.
  var line: Int { lines.lineNumber }
  /// The id of the row last read.
  var vmName: String { fields.text(DemandColumn.vm.index) }

  private var lines: LineReader
  private var fields = FieldRow(columns: DemandColumn.allCases.count)
  private let isJSON: Bool
  private let flavorNames: [String]
  private let zoneNames: [String]
  private var flavorIndex = FingerprintTable<Int32>()
  private var zoneIndex = FingerprintTable<Int32>()
  private var lastTime: Int64 = 0
  /// A first line that is a row and not a header.
  private var firstRow: Range<Int>?

  /// Opens a file and reads its header.
  ///
  /// **Errors**: `DemandError`; a flavor name that stands twice is `malformed`.
  init(path: String, flavors: [DemandFlavor], zones: [String]) throws(DemandError) {
    do throws(DocumentError) { lines = try LineReader(path: path) } catch {
      throw DemandError(error)
    }
    flavorNames = flavors.map(\.name)
    zoneNames = zones
    for (index, name) in flavorNames.enumerated()
    where !flavorIndex.insert(Fingerprinting.of(name), Int32(index)) {
      throw DemandError(
        .malformed(found: "flavor `\(name)` twice", allowed: "each name once"), column: "flavor")
    }
    for (index, name) in zones.enumerated() {
      _ = zoneIndex.insert(Fingerprinting.of(name), Int32(index))
    }
    guard let first = try Self.nextLine(&lines) else {
      throw DemandError(
        .malformed(found: "an empty file", allowed: "a header and rows, or JSON Lines"), line: 1)
    }
    isJSON = lines.bytes[first].first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "{")
    if isJSON {
      if try DemandHeader.read(lines.bytes[first], at: lines.lineNumber) == nil { firstRow = first }
    } else {
      try takeHeader(first)
    }
  }

  private mutating func takeHeader(_ range: Range<Int>) throws(DemandError) {
    let found = try fields.takeHeader(
      lines.bytes[range], names: DemandColumn.allCases.map(\.rawValue),
      required: DemandColumn.required.map(\.rawValue), at: lines.lineNumber)
    hasZones = found.contains(DemandColumn.zone.rawValue)
    canNameAgain = found.contains(DemandColumn.event.rawValue)
  }

  /// The next row; nil after the last. Empty lines are passed over.
  ///
  /// **Errors**: `DemandError` with line and column.
  mutating func next() throws(DemandError) -> DemandEntry? {
    fields.release()
    var next = firstRow
    firstRow = nil
    if next == nil { next = try Self.nextLine(&lines) }
    guard let range = next else { return nil }
    if isJSON {
      try takeObject(range)
    } else {
      try fields.take(lines.bytes, range, at: lines.lineNumber)
    }
    rowCount += 1
    return try entry()
  }

  private static func nextLine(_ lines: inout LineReader) throws(DemandError) -> Range<Int>? {
    do throws(LineError) {
      while let range = try lines.next() {
        if !range.isEmpty { return range }
      }
      return nil
    } catch { throw DemandError(error) }
  }

  private mutating func takeObject(_ range: Range<Int>) throws(DemandError) {
    let names = DemandColumn.allCases.map(\.rawValue)
    fields.clear()
    for member in try DemandHeader.members(of: lines.bytes[range], at: line) {
      if member.key.hasPrefix("x-") { continue }
      guard let column = names.firstIndex(of: member.key) else {
        throw FieldRow.unknown(member.key, among: names, at: line)
      }
      switch member.node.value {
      case .null: break
      case .text(let text): fields.put(text, in: column)
      case .integer(let number): fields.put(String(number), in: column)
      case .number(let number): fields.put("\(number)", in: column)
      case .bool, .list, .object:
        throw DemandError(
          .malformed(found: member.node.value.kindName, allowed: "a text or a number"),
          line: line, column: member.key)
      }
    }
  }
}

/// What the fields of a row mean.
extension DemandRowReader {
  private mutating func entry() throws(DemandError) -> DemandEntry {
    let bytes = fields.bytes
    let vm = fields.fields[DemandColumn.vm.index]
    if vm.isEmpty { throw malformed(.vm, "the id of a VM") }
    let id = DemandID(bytes, vm)
    let batch = fields.fields[DemandColumn.batch.index]
    var entry = DemandEntry(vm: id, batch: batch.isEmpty ? nil : DemandID(bytes, batch))
    guard let time = try seconds(.time) else {
      throw malformed(.time, "seconds since the start, zero or more")
    }
    if time < lastTime {
      throw DemandError(
        .unsorted(found: fields.text(DemandColumn.time.index), before: Self.shown(lastTime)),
        line: line, column: DemandColumn.time.rawValue)
    }
    entry.time = time
    lastTime = time
    entry.kind = try kind()
    if entry.kind == .departure {
      try requireEmpty([.flavor, .zone])
    } else {
      entry.flavor = try flavor()
    }
    if entry.kind == .arrival {
      try readArrival(&entry)
    } else {
      try requireEmpty([.life, .longestLife, .within, .zone])
    }
    return entry
  }

  private func readArrival(_ entry: inout DemandEntry) throws(DemandError) {
    entry.within = try seconds(.within) ?? 0
    entry.life = try seconds(.life) ?? -1
    entry.longestLife = entry.life
    if let longest = try seconds(.longestLife) {
      guard entry.life >= 0, longest >= entry.life else {
        throw malformed(.longestLife, "at least `lifetime_s`, which must be given with it")
      }
      entry.longestLife = longest
    }
    let zone = fields.fields[DemandColumn.zone.index]
    if !zone.isEmpty {
      guard let index = zoneIndex[Fingerprinting.of(fields.bytes, zone)] else {
        let name = fields.text(DemandColumn.zone.index)
        throw DemandError(
          .unknownZone(name: name, near: NearMiss.nearest(to: name, among: zoneNames)), line: line,
          column: DemandColumn.zone.rawValue)
      }
      entry.zone = index
    }
  }

  private func kind() throws(DemandError) -> DemandKind {
    let range = fields.fields[DemandColumn.event.index]
    if range.isEmpty { return .arrival }
    switch fields.text(DemandColumn.event.index) {
    case "arrive": return .arrival
    case "depart": return .departure
    case "resize": return .resize
    default: throw malformed(.event, "arrive, depart or resize")
    }
  }

  private func flavor() throws(DemandError) -> Int32 {
    let range = fields.fields[DemandColumn.flavor.index]
    if range.isEmpty { throw malformed(.flavor, "the name of a flavor") }
    if let index = flavorIndex[Fingerprinting.of(fields.bytes, range)] { return index }
    let name = fields.text(DemandColumn.flavor.index)
    throw DemandError(
      .unknownFlavor(name: name, near: NearMiss.nearest(to: name, among: flavorNames)), line: line,
      column: DemandColumn.flavor.rawValue)
  }

  private func seconds(_ column: DemandColumn) throws(DemandError) -> Int64? {
    let range = fields.fields[column.index]
    if range.isEmpty { return nil }
    if let time = DemandNumbers.microseconds(fields.bytes, range) { return time }
    throw malformed(column, "seconds as a decimal number from 0 to 1e12")
  }

  private func requireEmpty(_ columns: [DemandColumn]) throws(DemandError) {
    for column in columns where !fields.fields[column.index].isEmpty {
      throw malformed(column, "nothing in a row of this event")
    }
  }

  private func malformed(_ column: DemandColumn, _ allowed: String) -> DemandError {
    let text = String(fields.text(column.index).prefix(60))
    return DemandError(
      .malformed(found: text.isEmpty ? "nothing" : "`\(text)`", allowed: allowed), line: line,
      column: column.rawValue)
  }

  /// Microseconds as decimal seconds, for messages.
  static func shown(_ time: Int64) -> String {
    var bytes: [UInt8] = []
    DemandText.append(seconds: time, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
