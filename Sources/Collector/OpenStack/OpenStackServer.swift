/// A server of `GET /servers/detail`.
struct OpenStackServer: OpenStackListed {
  static let listKey = "servers"

  var id: String
  var name: String
  var status: String
  var taskState: String?
  /// The compute service's host; nil: on none, or not to be seen.
  var host: String?
  /// Whether the account may see the host at all: the field is absent otherwise.
  var isHostVisible: Bool
  /// The hypervisor's name.
  var node: String?
  var flavor: OpenStackServerFlavor
  /// Nil: booted from a volume.
  var image: OpenStackServerImage?
  var project: String?
  var metadata: [String: String]
  var tags: [String]
  var isLocked: Bool
  /// The zone that was asked for; known from version 2.96 on.
  var pinnedZone: String?
  /// Whether the answer tells it.
  var isPinnedZoneKnown: Bool
  /// The group of the scheduler hint; known from version 2.100 on.
  var hintedGroup: String?
  var volumes: [String]
  /// Where it is.
  var zone: String?
  var fault: String?
  var updated: String?

  private enum CodingKeys: String, CodingKey {
    case id, name, status, flavor, image, metadata, tags, locked, fault, updated
    case taskState = "OS-EXT-STS:task_state"
    case host = "OS-EXT-SRV-ATTR:host"
    case node = "OS-EXT-SRV-ATTR:hypervisor_hostname"
    case project = "tenant_id"
    case pinnedZone = "pinned_availability_zone"
    case hints = "scheduler_hints"
    case volumes = "os-extended-volumes:volumes_attached"
    case zone = "OS-EXT-AZ:availability_zone"
  }

  private struct Volume: Decodable { var id: String }
  private struct Fault: Decodable { var message: String? }

  /// A hint is a text or a list of texts.
  private struct Hints: Decodable {
    var group: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: NamedKey.self)
      let key = NamedKey("group")
      if let list = try? container.decode([String].self, forKey: key) {
        group = list.first
      } else {
        group = try container.decodeIfPresent(String.self, forKey: key)
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    name = try container.decodeIfPresent(String.self, forKey: .name) ?? id
    status = try container.decode(String.self, forKey: .status)
    taskState = try container.decodeIfPresent(String.self, forKey: .taskState)
    host = try container.decodeIfPresent(String.self, forKey: .host)
    isHostVisible = container.contains(.host)
    node = try container.decodeIfPresent(String.self, forKey: .node)
    flavor = try container.decode(OpenStackServerFlavor.self, forKey: .flavor)
    if let text = try? container.decode(String.self, forKey: .image), text.isEmpty {
      image = nil
    } else {
      image = try container.decodeIfPresent(OpenStackServerImage.self, forKey: .image)
    }
    project = try container.decodeIfPresent(String.self, forKey: .project)
    metadata = try container.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
    tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
    isLocked = try container.decodeIfPresent(Bool.self, forKey: .locked) ?? false
    pinnedZone = try container.decodeIfPresent(String.self, forKey: .pinnedZone)
    isPinnedZoneKnown = container.contains(.pinnedZone)
    hintedGroup = try container.decodeIfPresent(Hints.self, forKey: .hints)?.group
    volumes = try container.decodeIfPresent([Volume].self, forKey: .volumes)?.map(\.id) ?? []
    zone = try container.decodeIfPresent(String.self, forKey: .zone)
    // Nova leaves blanks where it had nothing more to say.
    fault = try container.decodeIfPresent(Fault.self, forKey: .fault)?.message?
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    updated = try container.decodeIfPresent(String.self, forKey: .updated)
  }
}

/// The flavor of a server: as booted from version 2.47 on, only its id before.
struct OpenStackServerFlavor: Decodable, Sendable {
  var id: String?
  var originalName: String?
  var vcpus: Int64?
  var ram: Int64?
  var disk: Int64?
  var ephemeral: Int64?
  var swap: LenientInteger?
  var extraSpecs: [String: String]?

  enum CodingKeys: String, CodingKey {
    case id, vcpus, ram, disk, ephemeral, swap
    case originalName = "original_name"
    case extraSpecs = "extra_specs"
  }
}

/// The image of a server with the properties it had at boot (from version 2.98 on).
struct OpenStackServerImage: Decodable, Sendable {
  var id: String
  var properties: [String: String]

  private enum CodingKeys: CodingKey { case id, properties }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    properties =
      try container.decodeIfPresent(TextProperties.self, forKey: .properties)?.values ?? [:]
  }
}
