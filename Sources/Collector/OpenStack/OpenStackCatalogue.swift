/// A flavor of `GET /flavors/detail`.
///
/// `swap` is an empty text for none before version 2.75; extra specs are there from 2.61 on.
struct OpenStackFlavor: OpenStackListed {
  static let listKey = "flavors"

  var id: String
  var name: String
  var vcpus: Int64
  var ram: Int64
  var disk: Int64
  var swap: LenientInteger?
  var ephemeral: Int64?
  var isPublic: Bool?
  var extraSpecs: [String: String]?

  enum CodingKeys: String, CodingKey {
    case id, name, vcpus, ram, disk, swap
    case extraSpecs = "extra_specs"
    case ephemeral = "OS-FLV-EXT-DATA:ephemeral"
    case isPublic = "os-flavor-access:is_public"
  }
}

/// The extra specs of one flavor, asked for by themselves.
struct OpenStackExtraSpecs: Decodable, Sendable {
  var extraSpecs: [String: String]

  enum CodingKeys: String, CodingKey {
    case extraSpecs = "extra_specs"
  }
}

/// The values of an object that are texts; others are left out.
struct TextProperties: Decodable, Sendable {
  var values: [String: String] = [:]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NamedKey.self)
    for key in container.allKeys {
      if let text = try? container.decode(String.self, forKey: key) {
        values[key.stringValue] = text
      }
    }
  }
}

/// An image of `GET /v2/images`.
struct OpenStackImage: OpenStackListed {
  static let listKey = "images"

  var id: String
  var name: String
  var properties: [String: String]

  /// Glance's own fields, and what Nova writes on snapshots about people; all else is a property.
  private static let ownFields: Set<String> = [
    "base_image_ref", "boot_roles", "checksum", "container_format", "created_at", "direct_url",
    "disk_format", "file", "id", "instance_uuid", "min_disk", "min_ram", "name", "os_hash_algo",
    "os_hash_value", "os_hidden", "owner", "owner_project_name", "owner_user_name", "protected",
    "schema", "self", "size", "status", "stores", "updated_at", "user_id", "virtual_size",
    "visibility",
  ]

  private enum CodingKeys: CodingKey { case id, name }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    name = try container.decodeIfPresent(String.self, forKey: .name) ?? id
    properties = try TextProperties(from: decoder).values.filter {
      !Self.ownFields.contains($0.key)
    }
  }
}

/// A project of `GET /v3/projects`.
struct OpenStackProject: OpenStackListed {
  static let listKey = "projects"

  var id: String
  var name: String
}
