/// Many names held in one block of bytes, so that a million of them cost their letters and eight
/// bytes each instead of an allocation each.
package struct NameTable: Sendable, Equatable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// An empty table.
  package init() {}

  /// How many names the table holds.
  package var count: Int { ends.count }

  /// Appends a name; its index is the former `count`.
  package mutating func append(_ name: String) {
    bytes.append(contentsOf: name.utf8)
    ends.append(bytes.count)
  }

  /// Makes room for names of about twenty letters.
  package mutating func reserveCapacity(_ names: Int) {
    ends.reserveCapacity(names)
    bytes.reserveCapacity(names * 20)
  }

  /// The name at an index.
  ///
  /// **Complexity**: linear in the length of the name.
  package subscript(index: Int) -> String {
    let start = index == 0 ? 0 : ends[index - 1]
    return String(decoding: bytes[start..<ends[index]], as: UTF8.self)
  }

  /// All names, by index.
  package var all: [String] { (0..<count).map { self[$0] } }

  /// The index of each name; of equal names the first.
  ///
  /// **Complexity**: linear in the letters of all names; made on demand because most runs need it
  /// once or never.
  package func indexByName() -> [String: Int] {
    var result: [String: Int] = [:]
    result.reserveCapacity(count)
    for index in 0..<count {
      let name = self[index]
      if result[name] == nil { result[name] = index }
    }
    return result
  }
}
