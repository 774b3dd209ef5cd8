/// Where something stands in a file.
///
/// Sixteen bytes, because every node of a document has one.
package struct Place: Hashable, Sendable {
  private var storedLine: UInt32
  private var storedColumn: UInt32
  private var storedByte: Int64

  /// A place given by line and column, both counted from 1, and by byte where it is known.
  ///
  /// Units: columns count Unicode scalars; values beyond 32 bits are held at the largest one.
  package init(line: Int, column: Int, byte: Int64? = nil) {
    storedLine = UInt32(clamping: line)
    storedColumn = UInt32(clamping: column)
    storedByte = byte ?? -1
  }

  /// A place given by the bytes before it alone.
  package init(byte: Int64) {
    self.init(line: 0, column: 0, byte: byte)
  }

  /// No place: the value was made, not read.
  package static let none = Place(line: 0, column: 0)

  /// The line, counted from 1, or nil where it is not known.
  package var line: Int? { storedLine == 0 ? nil : Int(storedLine) }

  /// The column in Unicode scalars, counted from 1, or nil where it is not known.
  package var column: Int? { storedLine == 0 ? nil : Int(storedColumn) }

  /// The number of bytes before the place, or nil where it is not known.
  package var byte: Int64? { storedByte < 0 ? nil : storedByte }
}
