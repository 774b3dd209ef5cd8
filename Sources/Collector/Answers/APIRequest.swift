/// A service of an OpenStack cloud that the Collector asks.
package enum APIService: String, Sendable, CaseIterable {
  /// Compute.
  case nova
  /// Inventories and allocations.
  case placement
  /// Identity.
  case keystone
  /// Images.
  case glance

  /// The service of a name in a capture or of a type in a catalogue.
  package init?(named name: String) {
    switch name {
    case "nova", "compute": self = .nova
    case "placement": self = .placement
    case "keystone", "identity": self = .keystone
    case "glance", "image": self = .glance
    default: return nil
    }
  }
}

/// One key of a query with its value.
package struct QueryItem: Sendable, Hashable {
  /// The key.
  package var key: String
  /// The value; empty if there is none.
  package var value: String

  /// A key with its value.
  package init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }

  /// The items of a query such as `all_tenants=1&limit=40`, in its order.
  package static func items(of query: some StringProtocol) -> [QueryItem] {
    query.split(separator: "&").map { part in
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return QueryItem(String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
    }
  }
}

/// A read call: what is asked of which service, and the versions whose answer will do.
package struct APIRequest: Sendable, Hashable {
  /// The service asked.
  package var service: APIService
  /// The path as in the capture, such as `/v2.1/servers/detail`.
  package var path: String
  /// What the query must say; more than this would be another question.
  package var query: [QueryItem]
  /// The lowest version whose answer will do; nil: any.
  package var from: Microversion?
  /// The highest version whose answer will do; nil: the newest that the service speaks.
  package var through: Microversion?

  /// A read call.
  package init(
    _ service: APIService, _ path: String, query: [QueryItem] = [], from: Microversion? = nil,
    through: Microversion? = nil
  ) {
    self.service = service
    self.path = path
    self.query = query
    self.from = from
    self.through = through
  }

  /// The call for people: `nova GET /v2.1/servers/detail?all_tenants=1`.
  package var call: String {
    let text = query.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    return "\(service.rawValue) GET \(path)" + (text.isEmpty ? "" : "?\(text)")
  }
}
