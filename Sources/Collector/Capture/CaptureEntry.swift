/// One call of a capture's `index.json`.
struct CaptureEntry: Sendable, Decodable {
  /// The file with the body; nil: the body was empty.
  var file: String?
  var service: String
  var method: String
  /// Path with query.
  var path: String
  var headers: [String: String]?
  var status: Int
  var responseHeaders: [String: String]?

  enum CodingKeys: String, CodingKey {
    case file, service, method, path, headers, status
    case responseHeaders = "response_headers"
  }
}

extension CaptureEntry {
  /// The label that stands for the token of the account that asked; nil: without one.
  var account: String? { header("x-auth-token", in: headers) }

  /// The version that was asked for: `2.96`, `latest`, or nil.
  var askedVersion: String? { version(in: headers) }

  /// The version that the service says it answered in.
  var answeredVersion: Microversion? { version(in: responseHeaders).flatMap { Microversion($0) } }

  /// The path without its query.
  var bare: Substring { path.prefix { $0 != "?" } }

  /// The query's items.
  var query: [QueryItem] { QueryItem.items(of: path.dropFirst(bare.count + 1)) }

  private func version(in headers: [String: String]?) -> String? {
    // "compute 2.96": the service type first; several services are separated by commas.
    header("openstack-api-version", in: headers)?.split(separator: ",").first?
      .split(separator: " ").last.map(String.init)
  }

  private func header(_ name: String, in headers: [String: String]?) -> String? {
    // Names of headers have no case, and which of two spellings wins must not vary: smallest first.
    headers?.filter { $0.key.lowercased() == name }.min { $0.key < $1.key }?.value
  }
}
