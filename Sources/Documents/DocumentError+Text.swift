import Glibc

extension DocumentError: CustomStringConvertible {
  /// What was found and what is allowed, in one sentence without a full stop.
  package var description: String {
    switch self {
    case .missing(let path): "there is no file `\(path)`"
    case .isFolder(let path): "`\(path)` is a folder, not a file"
    case .unreadable(let path, let code): "`\(path)` cannot be read: \(Self.reason(code))"
    case .exists(let path): "`\(path)` exists already"
    case .unwritable(let path, let code): "`\(path)` cannot be written: \(Self.reason(code))"
    case .tooLarge(let bytes, let limit):
      "the file has \(bytes) bytes; at most \(limit) are allowed for its format"
    case .notUTF8(let byte):
      "the file is not UTF-8 text: the byte at offset \(byte) is no part of it"
    case .notText(let byte, let value):
      "the file is not text: a control character (\(value)) at offset \(byte)"
    case .otherEncoding(let name): "the file is written in \(name); only UTF-8 is allowed"
    default: formatDescription
    }
  }

  private var formatDescription: String {
    switch self {
    case .syntax(let found, let allowed, _): "found \(found), expected \(allowed)"
    case .malformed(let reason, _): "the text is not valid YAML: \(reason)"
    case .duplicateKey(let key, _): "key `\(key)` stands twice in one mapping"
    case .keyNotText(let found, _): "a key must be a text, found \(found)"
    case .tooDeep(let limit, _): "lists and mappings are nested more than \(limit) deep"
    case .tooManyValues(let limit, _):
      "more than \(limit) values once aliases are written out"
    case .unknownAnchor(let name, _): "alias `*\(name)` has no anchor `&\(name)` before it"
    case .unknownTag(let tag, _):
      "tag `\(tag.prefix(60))` is not allowed; allowed: "
        + "!!str, !!int, !!float, !!bool, !!null, !!seq, !!map"
    case .severalDocuments: "found a second document, expected one document in a file"
    case .numberTooLarge(let text, _):
      "the number \(text) is too large; allowed are numbers below 1.8e308"
    case .notGzip: "the bytes are no complete gzip stream"
    case .unpacksTooLarge(let limit): "the gzip stream unpacks to more than \(limit) bytes"
    default: "the file cannot be used"
    }
  }

  private static func reason(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
