/// A service of `GET /os-services`.
struct OpenStackService: OpenStackListed {
  static let listKey = "services"

  var binary: String
  var host: String
  var zone: String?
  var status: String
  var state: String
  var disabled_reason: String?
  var forced_down: Bool?
  var updated_at: String?
}

/// An aggregate of `GET /os-aggregates`.
struct OpenStackAggregate: OpenStackListed {
  static let listKey = "aggregates"

  var name: String
  var uuid: String?
  var hosts: [String]
  var metadata: [String: String]

  /// The zone that the aggregate makes of its hosts, or nil.
  var zone: String? { metadata["availability_zone"] }
}

/// A zone of `GET /os-availability-zone/detail`.
struct OpenStackZone: OpenStackListed {
  static let listKey = "availabilityZoneInfo"

  var zoneName: String
  /// Hosts with their services; nil without the right to see them.
  var hosts: [String: TextProperties]?
}

/// A server group of `GET /os-server-groups`: `policy` from version 2.64 on, `policies` before.
struct OpenStackGroup: OpenStackListed {
  static let listKey = "server_groups"

  struct Rules: Decodable, Sendable {
    var max_server_per_host: Int64?
  }

  var id: String
  var name: String
  var policy: String?
  var policies: [String]?
  var rules: Rules?
  var members: [String]
}

/// A migration of `GET /os-migrations`; `uuid` from version 2.59 on.
struct OpenStackMigration: OpenStackListed {
  static let listKey = "migrations"

  var uuid: String?
  var status: String
  var migration_type: String?
  var instance_uuid: String
  var source_compute: String?
  var dest_compute: String?

  /// Whether nothing will happen to it any more.
  ///
  /// `finished` waits for confirmation and `done` for the source's service to come back.
  var isOver: Bool {
    ["completed", "confirmed", "reverted", "error", "failed", "cancelled"].contains(status)
  }
}

/// The version document of Nova and Placement.
struct OpenStackVersions: Decodable, Sendable {
  struct Version: Decodable, Sendable {
    var version: String?
    var max_version: String?
  }

  var versions: [Version]

  /// The highest version that the service speaks.
  var maximum: Microversion? {
    versions.compactMap { Microversion($0.max_version ?? $0.version ?? "") }.max()
  }
}
