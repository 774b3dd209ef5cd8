/// A service of `GET /os-services`.
struct OpenStackService: OpenStackListed {
  static let listKey = "services"

  var binary: String
  var host: String
  var zone: String?
  var status: String
  var state: String
  var disabledReason: String?
  var forcedDown: Bool?
  var updatedAt: String?

  enum CodingKeys: String, CodingKey {
    case binary, host, zone, status, state
    case disabledReason = "disabled_reason"
    case forcedDown = "forced_down"
    case updatedAt = "updated_at"
  }
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
    var maxServerPerHost: Int64?

    enum CodingKeys: String, CodingKey {
      case maxServerPerHost = "max_server_per_host"
    }
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
  var migrationType: String?
  var instanceUUID: String
  var sourceCompute: String?
  var destCompute: String?

  enum CodingKeys: String, CodingKey {
    case uuid, status
    case migrationType = "migration_type"
    case instanceUUID = "instance_uuid"
    case sourceCompute = "source_compute"
    case destCompute = "dest_compute"
  }

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
    var maxVersion: String?

    enum CodingKeys: String, CodingKey {
      case version
      case maxVersion = "max_version"
    }
  }

  var versions: [Version]

  /// The highest version that the service speaks.
  var maximum: Microversion? {
    versions.compactMap { Microversion($0.maxVersion ?? $0.version ?? "") }.max()
  }
}
