/// What can be wrong with a file or its text.
package enum DocumentError: Error, Hashable, Sendable {
  /// There is no such file.
  case missing(path: String)
  /// A folder stands where a file is wanted.
  case isFolder(path: String)
  /// The system refuses to read it; `code` is its error number.
  case unreadable(path: String, code: Int32)
  /// Something stands there already and may not be replaced.
  case exists(path: String)
  /// The system refuses to write it; `code` is its error number.
  case unwritable(path: String, code: Int32)

  /// More bytes than a file of this kind may have.
  case tooLarge(bytes: Int64, limit: Int64)
  /// A byte that is no part of UTF-8 text.
  case notUTF8(byte: Int64)
  /// A control character: the file is no text.
  case notText(byte: Int64, value: UInt8)
  /// UTF-16 or UTF-32, known by its first bytes.
  case otherEncoding(name: String)

  /// The text breaks the rules of its format.
  case syntax(found: String, allowed: String, place: Place)
  /// The text breaks the rules of YAML, in the words of its parser.
  case malformed(reason: String, place: Place)
  /// A key stands twice in one mapping; `place` is that of the second one in JSON and of the first
  /// in YAML.
  case duplicateKey(String, place: Place)
  /// A key that is no text.
  case keyNotText(found: String, place: Place)
  /// Lists and mappings inside one another beyond the limit.
  case tooDeep(limit: Int, place: Place)
  /// More values than allowed once aliases are written out.
  case tooManyValues(limit: Int, place: Place)
  /// An alias to an anchor that does not stand before it.
  case unknownAnchor(String, place: Place)
  /// A type tag other than those of the core schema.
  case unknownTag(String, place: Place)
  /// A second document in one file.
  case severalDocuments(place: Place)
  /// A number beyond the largest double.
  case numberTooLarge(text: String, place: Place)

  /// The bytes are no gzip stream, or end too early.
  case notGzip
  /// Compressed data that unpacks to more than the limit.
  case unpacksTooLarge(limit: Int64)

  /// The path of the file that cannot be read or written, where that is what is wrong.
  package var path: String? {
    switch self {
    case .missing(let path), .isFolder(let path), .unreadable(let path, _), .exists(let path),
      .unwritable(let path, _):
      path
    default: nil
    }
  }

  /// Where in the file it is wrong, as far as that is known.
  package var place: Place {
    switch self {
    case .notUTF8(let byte), .notText(let byte, _): Place(byte: byte)
    case .syntax(_, _, let place), .malformed(_, let place), .duplicateKey(_, let place),
      .keyNotText(_, let place),
      .tooDeep(_, let place), .tooManyValues(_, let place), .unknownAnchor(_, let place),
      .unknownTag(_, let place), .severalDocuments(let place), .numberTooLarge(_, let place):
      place
    default: .none
    }
  }
}
