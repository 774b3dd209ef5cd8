/// A resource provider of Placement; the tree is told from version 1.14 on.
struct OpenStackProvider: OpenStackListed {
  static let listKey = "resource_providers"

  var uuid: String
  var name: String
  var parentProviderUUID: String?

  enum CodingKeys: String, CodingKey {
    case uuid, name
    case parentProviderUUID = "parent_provider_uuid"
  }
}

/// What a provider offers of one resource class.
struct OpenStackInventory: Decodable, Sendable {
  var total: Int64
  var reserved: Int64?
  var allocationRatio: Double?
  var maxUnit: Int64?

  enum CodingKeys: String, CodingKey {
    case total, reserved
    case allocationRatio = "allocation_ratio"
    case maxUnit = "max_unit"
  }
}

struct OpenStackInventories: Decodable, Sendable {
  var inventories: [String: OpenStackInventory]
}

struct OpenStackUsages: Decodable, Sendable {
  var usages: [String: Int64]
}

struct OpenStackTraits: Decodable, Sendable {
  var traits: [String]
}

struct OpenStackProviderAggregates: Decodable, Sendable {
  var aggregates: [String]
}

struct OpenStackAllocations: Decodable, Sendable {
  struct Allocation: Decodable, Sendable {
    var resources: [String: Int64]
  }

  /// By consumer.
  var allocations: [String: Allocation]
}

/// A provider with all that was asked about it.
struct ProviderAnswers: Sendable {
  var provider: Recorded<OpenStackProvider>
  /// By resource class.
  var inventories: [String: OpenStackInventory]
  var inventoriesFile: String
  var usages: [String: Int64]?
  var traits: [String]
  var aggregates: [String]
  /// By consumer and resource class; nil where they could not be read.
  var allocations: [String: [String: Int64]]?
  var allocationsFile: String
}
