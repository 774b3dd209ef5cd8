import Foundation

/// What a service says when it refuses a call; each service has another shape for it.
struct Refusal {
  /// The service's sentence; empty if it said nothing that can be read.
  var message = ""

  init(_ body: [UInt8]) {
    // Proxies answer with HTML or nothing, so nothing is taken for granted here.
    guard let object = try? JSONSerialization.jsonObject(with: Data(body)) else { return }
    message = Self.text(in: object) ?? ""
  }

  /// The policy rule that refused, such as `os_compute_api:os-hypervisors:list-detail`.
  var rule: String? {
    message.split(whereSeparator: \.isWhitespace).first { word in
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      return parts.count > 1 && parts.allSatisfy { !$0.isEmpty } && !word.contains("//")
    }.map(String.init)
  }

  private static func text(in object: Any) -> String? {
    if let list = object as? [Any] { return list.lazy.compactMap(text).first }
    guard let fields = object as? [String: Any] else { return nil }
    for key in ["message", "detail"] {
      if let text = fields[key] as? String {
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
    }
    return fields.sorted { $0.key < $1.key }.lazy.compactMap { text(in: $0.value) }.first
  }
}
