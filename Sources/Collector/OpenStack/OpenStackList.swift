/// A record that a service answers in lists.
protocol OpenStackListed: Decodable, Sendable {
  /// The key of the list in the answer, such as `servers`.
  static var listKey: String { get }
}

/// A record with the place where it was read, for messages.
struct Recorded<Value: Sendable>: Sendable {
  var value: Value
  /// The file of the answer.
  var file: String
  /// The record's path in the file, such as `servers[3]`.
  var path: String

  /// The refusal of one field of the record.
  func contradiction(_ field: String, _ value: String, allowed: String) -> CollectorError {
    .contradiction(file: file, path: "\(path).\(field)", value: value, allowed: allowed)
  }
}

/// A key that is only known when the program runs.
struct NamedKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

/// One page of a list, with the link to the next.
struct OpenStackPage<Element: OpenStackListed>: Decodable {
  var items: [Element]
  /// The address of the next page; nil on the last.
  var next: String?

  private struct Link: Decodable {
    var rel: String
    var href: String
  }

  private struct Links: Decodable {
    var next: String?
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NamedKey.self)
    items = try container.decode([Element].self, forKey: NamedKey(Element.listKey))
    let links = try container.decodeIfPresent(
      [Link].self, forKey: NamedKey(Element.listKey + "_links"))
    // Nova links the next page in a list of its own, Glance in `next`, Keystone in `links`.
    if let link = links?.first(where: { $0.rel == "next" }) {
      next = link.href
    } else if let href = try container.decodeIfPresent(String.self, forKey: NamedKey("next")) {
      next = href
    } else {
      next = try container.decodeIfPresent(Links.self, forKey: NamedKey("links"))?.next
    }
  }
}

/// An integer that some versions write as text, with the empty text for none.
struct LenientInteger: Decodable, Sendable {
  var value: Int64

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self), text.isEmpty {
      value = 0
    } else {
      value = try container.decode(Int64.self)
    }
  }
}
