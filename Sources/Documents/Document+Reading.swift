/// The formats that documents are read from.
package enum DocumentFormat: String, CaseIterable, Sendable {
  /// JSON, for names that end in `.json`.
  case json
  /// YAML 1.2, for all other names.
  case yaml

  /// The format that a file's name says.
  package init(path: String) {
    self = path.lowercased().hasSuffix(".json") ? .json : .yaml
  }
}

extension Node {
  /// Reads the one document that the bytes hold.
  ///
  /// Errors: all of `DocumentError` that have a place, and those about size and encoding.
  /// Complexity: linear in the bytes and in the values that aliases add.
  package static func read(
    _ bytes: [UInt8], as format: DocumentFormat, limits: DocumentLimits = .usual
  ) throws(DocumentError) -> Node {
    switch format {
    case .yaml: return try YAMLReader.read(bytes, limits: limits)
    case .json:
      if Int64(bytes.count) > limits.bytes {
        throw .tooLarge(bytes: Int64(bytes.count), limit: limits.bytes)
      }
      var reader = JSONReader(try ByteInput(bytes), limits: limits)
      return try reader.readDocument()
    }
  }

  /// Reads the one document that a text holds.
  ///
  /// Errors: as `read` of bytes.
  package static func read(
    _ text: String, as format: DocumentFormat, limits: DocumentLimits = .usual
  ) throws(DocumentError) -> Node {
    try read(Array(text.utf8), as: format, limits: limits)
  }
}
