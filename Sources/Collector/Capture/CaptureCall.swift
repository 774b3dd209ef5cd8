/// A read call of a capture, brought into a form that requests can be compared with.
struct CaptureCall: Sendable {
  /// Its place in the index.
  var place: Int
  var file: String?
  var service: APIService
  var path: String
  var query: [QueryItem]
  var account: String?
  var status: Int
  /// The size of the body, which is larger for those who may see more.
  var byteCount: Int
  /// The version answered in; nil: the newest of the service, or the service has none.
  var version: Microversion?
  /// Whether the newest version was asked for.
  var isNewest: Bool

  /// The call of an entry; nil if it is no read or of a service that is not asked.
  init?(_ entry: CaptureEntry, place: Int, byteCount: Int) {
    guard entry.method == "GET", let service = APIService(named: entry.service) else { return nil }
    self.place = place
    self.service = service
    self.byteCount = byteCount
    file = entry.file
    path = Self.normalised(String(entry.bare), of: service)
    query = entry.query
    account = entry.account
    status = entry.status
    isNewest = entry.askedVersion == "latest"
    version = entry.answeredVersion ?? entry.askedVersion.flatMap { Microversion($0) }
    if version == nil && !isNewest {
      // Without a header the services speak their oldest version.
      switch service {
      case .nova: version = Microversion(2, 1)
      case .placement: version = Microversion(1, 0)
      case .keystone, .glance: break
      }
    }
  }

  /// A path without what depends on where a service is mounted: `/compute/v2.1/ID/servers/detail`
  /// and `/v2.1/servers/detail` are one.
  static func normalised(_ path: String, of service: APIService) -> String {
    var parts = path.split(separator: "/")
    let mounts: [APIService: String] = [
      .nova: "compute", .placement: "placement", .keystone: "identity", .glance: "image",
    ]
    if let first = parts.first, mounts[service] == String(first) { parts.removeFirst() }
    if service == .nova, parts.count > 1, parts[0].first == "v", parts[0].contains(".") {
      let isProject = parts[1].count == 32 && parts[1].allSatisfy(\.isHexDigit)
      if isProject { parts.remove(at: 1) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
