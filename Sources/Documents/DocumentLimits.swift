/// How much of a document is read before it is refused.
package struct DocumentLimits: Hashable, Sendable {
  /// Bytes of a file that is held in memory.
  package var bytes: Int64 = 64 << 20
  /// Bytes of a YAML text, whose parser takes about a second and 50 MB for each MB.
  package var yamlBytes: Int64 = 16 << 20
  /// Lists and mappings inside one another.
  package var depth = 100
  /// Values of a whole document.
  package var values = 50_000_000
  /// Values that aliases may add: small, because a few lines of nested aliases can stand for more
  /// values than any memory holds.
  package var aliasedValues = 1_000_000

  /// The usual limits.
  package init() {}

  /// The usual limits.
  package static let usual = DocumentLimits()
}
