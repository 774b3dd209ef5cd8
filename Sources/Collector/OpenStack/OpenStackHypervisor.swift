import Foundation

/// A hypervisor of `GET /os-hypervisors/detail`.
///
/// Version 2.88 dropped the capacities and `cpu_info`; before 2.53 the id is a number.
struct OpenStackHypervisor: OpenStackListed {
  static let listKey = "hypervisors"

  struct Service: Decodable, Sendable {
    var host: String?
    var disabled_reason: String?
  }

  var id: HypervisorID
  var hypervisor_hostname: String
  var state: String?
  var status: String?
  var hypervisor_type: String?
  var service: Service?
  var vcpus: Int64?
  var memory_mb: Int64?
  var local_gb: Int64?
  var cpu_info: OpenStackCPU?
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
  /// In ascending order.
  var features: [String] = []

  private struct Content: Decodable {
    var arch: String?
    var model: String?
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
    features = Array(Set(content.features?.names ?? [])).sorted()
  }
}
