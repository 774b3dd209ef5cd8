/// Writes a file line by line that appears under its name only when it is complete, gzip if the
/// name ends in `.gz`.
///
/// The same lines give the same bytes: gzip is written without a time or a name. If it is dropped
/// before `commit`, nothing is left.
package struct LineWriter: ~Copyable {
  private let file: AtomicFile
  private var packer: GzipWriter?
  private var waiting: [UInt8] = []

  /// Starts a file.
  ///
  /// **Errors**: `isFolder`; `exists` unless `replace`; `unwritable`.
  package init(path: String, replace: Bool = false) throws(DocumentError) {
    file = try AtomicFile(path: path, replace: replace)
    packer = path.hasSuffix(".gz") ? GzipWriter() : nil
  }

  /// Appends a line, to which its end is added.
  ///
  /// **Errors**: `unwritable`, as on a full disk, after which nothing is left of the file.
  package mutating func append(_ line: [UInt8]) throws(DocumentError) {
    waiting += line
    waiting.append(0x0A)
    if waiting.count >= 1 << 16 { try flush() }
  }

  /// Gives the file its name.
  ///
  /// **Errors**: `unwritable`; `exists` if something took the name meanwhile.
  package consuming func commit() throws(DocumentError) {
    try flush()
    if let packer = packer.take() { try file.write(packer.finish()) }
    try file.commit()
  }

  private mutating func flush() throws(DocumentError) {
    let packed = packer?.append(waiting)
    try file.write(packed ?? waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}
