import Foundation

/// A hypervisor of `GET /os-hypervisors/detail`.
///
/// Version 2.88 dropped the capacities and `cpuInfo`; before 2.53 the id is a number.
struct OpenStackHypervisor: OpenStackListed {
  static let listKey = "hypervisors"

  struct Service: Decodable, Sendable {
    var host: String?
    var disabledReason: String?

    enum CodingKeys: String, CodingKey {
      case host
      case disabledReason = "disabled_reason"
    }
  }

  var id: HypervisorID
  var hypervisorHostname: String
  var state: String?
  var status: String?
  var hypervisorType: String?
  var hypervisorVersion: Int64?
  var service: Service?
  var vcpus: Int64?
  var memoryMb: Int64?
  var localGb: Int64?
  var cpuInfo: OpenStackCPU?

  enum CodingKeys: String, CodingKey {
    case id, state, status, service, vcpus
    case hypervisorHostname = "hypervisor_hostname"
    case hypervisorType = "hypervisor_type"
    case hypervisorVersion = "hypervisor_version"
    case memoryMb = "memory_mb"
    case localGb = "local_gb"
    case cpuInfo = "cpu_info"
  }
}

/// An id that is a UUID from version 2.53 on and a number before.
struct HypervisorID: Decodable, Sendable {
  var text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self) {
      text = String(number)
    } else {
      text = try container.decode(String.self)
    }
  }
}

/// The CPU of a hypervisor: an object from version 2.28 on, a text with its JSON before.
struct OpenStackCPU: Decodable, Sendable {
  var architecture = ""
  var model = ""
  var vendor = ""
  /// In ascending order.
  var features: [String] = []

  private struct Content: Decodable {
    var arch: String?
    var model: String?
    var vendor: String?
    var features: Features?
  }

  /// A list of names, or an object with the names that are on.
  private struct Features: Decodable {
    var names: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([String].self) {
        names = list
      } else {
        names = try container.decode([String: Bool].self).filter(\.value).map(\.key)
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let content: Content
    if let text = try? container.decode(String.self) {
      // Some drivers leave the text empty.
      if text.isEmpty { return }
      do {
        content = try JSONDecoder().decode(Content.self, from: Data(text.utf8))
      } catch {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "a text that holds JSON, or an object")
      }
    } else {
      content = try container.decode(Content.self)
    }
    architecture = content.arch ?? ""
    model = content.model ?? ""
    vendor = content.vendor ?? ""
    features = Array(Set(content.features?.names ?? [])).sorted()
  }
}
