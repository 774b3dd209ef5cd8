import Foundation

/// Decodes JSON and turns every failure into one that names file, place and value.
enum AnswerDecoding {
  /// The value that a file holds.
  ///
  /// **Errors**: `malformed` for what is not JSON, `unexpectedValue` for another shape,
  /// `tooManyValues`.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], file: String
  ) throws(CollectorError) -> Value {
    guard holdsFewValues(bytes) else { throw .tooManyValues(file: file, limit: valueLimit) }
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw refusal(error, bytes: bytes, file: file)
    } catch {
      throw .malformed(file: file, offset: JSONFault.offset(in: bytes), byteCount: bytes.count)
    }
  }

  /// The values that one answer may hold: a cloud of 100,000 VMs has some 8 million in its list of
  /// servers, and the decoder takes about 80 bytes for each.
  static let valueLimit = 16_000_000

  /// Whether the text has room for no more values than allowed: each but the first of a list or
  /// object follows a comma. Commas inside texts count, too, which are few in answers.
  private static func holdsFewValues(_ bytes: [UInt8]) -> Bool {
    var count = 0
    for byte in bytes where byte == UInt8(ascii: ",") { count += 1 }
    return count <= valueLimit
  }

  private static func refusal(
    _ error: DecodingError, bytes: [UInt8], file: String
  ) -> CollectorError {
    var keys: [any CodingKey]
    var allowed: String
    switch error {
    case .typeMismatch(let type, let context):
      keys = context.codingPath
      allowed = word(for: type)
    case .valueNotFound(let type, let context):
      keys = context.codingPath
      allowed = word(for: type)
    case .keyNotFound(let key, let context):
      keys = context.codingPath + [key]
      allowed = "a value"
    case .dataCorrupted(let context):
      if let offset = JSONFault.offset(in: bytes) {
        return .malformed(file: file, offset: offset, byteCount: bytes.count)
      }
      keys = context.codingPath
      allowed = context.debugDescription
    @unknown default:
      keys = []
      allowed = "\(error)"
    }
    return .unexpectedValue(
      file: file, path: path(keys), value: value(at: keys, in: bytes), allowed: allowed)
  }

  /// `servers[3].flavor.vcpus`; the whole of a file is `.`.
  static func path(_ keys: [any CodingKey]) -> String {
    var text = ""
    for key in keys {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return text.isEmpty ? "." : text
  }

  /// The value at a place as JSON, cut after 60 characters; nil if there is none.
  private static func value(at keys: [any CodingKey], in bytes: [UInt8]) -> String? {
    let options: JSONSerialization.ReadingOptions = [.fragmentsAllowed]
    guard var here = try? JSONSerialization.jsonObject(with: Data(bytes), options: options)
    else { return nil }
    for key in keys {
      if let index = key.intValue, let list = here as? [Any], list.indices.contains(index) {
        here = list[index]
      } else if let object = here as? [String: Any], let next = object[key.stringValue] {
        here = next
      } else {
        return nil
      }
    }
    let writing: JSONSerialization.WritingOptions = [
      .fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes,
    ]
    guard let data = try? JSONSerialization.data(withJSONObject: here, options: writing)
    else { return nil }
    let text = String(decoding: data, as: UTF8.self)
    return text.count > 60 ? text.prefix(57) + "..." : text
  }

  private static func word(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Int.Type, is Int64.Type: "an integer"
    case is Double.Type: "a number"
    case is Bool.Type: "true or false"
    default:
      // Dictionaries and lists are named by their Swift types, which say nothing to an operator.
      "\(type)".hasPrefix("Array") ? "a list" : "an object"
    }
  }
}
