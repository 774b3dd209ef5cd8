import Foundation

/// The layout of an instance file; tables come as rows whose columns the file names.
struct PlacementInstanceFile: Decodable {
  struct Flavor: Decodable {
    var name: String?
    var vcpu: WholeNumber
    var ramGiB: WholeNumber
    var diskGiB: WholeNumber
    var gpu: WholeNumber

    enum CodingKeys: String, CodingKey {
      case name, vcpu, gpu
      case ramGiB = "ram_gib"
      case diskGiB = "disk_gib"
    }
  }

  struct HostClass: Decodable {
    var cpuVendor: String
    var cpuGen: WholeNumber

    enum CodingKeys: String, CodingKey {
      case cpuVendor = "cpu_vendor"
      case cpuGen = "cpu_gen"
    }
  }

  struct Host {
    var zone = 0
    var hostClass = 0
    var capacity = [Int](repeating: 0, count: 4)
    var drain = 0
  }

  struct VM {
    var flavor = 0
    var host = 0
    var policy = ""
    var cpuNeed = ""
    var zonePinned = 0
    var group = 0
  }

  /// Part of a batch: a flavor by name, and how many VMs of it.
  struct Share: Decodable {
    var flavor: String
    var count: WholeNumber
  }

  static let capacityColumns = ["cap_vcpu", "cap_ram_gib", "cap_disk_gib", "cap_gpu"]
  private static let hostColumns = ["az", "class", "drain"] + capacityColumns
  private static let vmColumns = ["flavor", "host", "policy", "cpu_need", "az_pinned", "group"]

  let name: String
  let problem: String
  let bestKnownUnplaced: Int?
  let flavors: [Flavor]
  let hostClasses: [HostClass]
  let hosts: [Host]
  let vms: [VM]
  /// One batch; empty where the problem has none.
  let mix: [Share]
  /// How many hosts to empty; 0 where the problem does not ask.
  let emptyHosts: Int

  enum CodingKeys: String, CodingKey {
    case name, problem, flavors, hosts, vms, mix
    case emptyHosts = "empty_hosts"
    case bestKnown = "best_known"
    case hostClasses = "host_classes"
    case hostColumns = "host_columns"
    case vmColumns = "vm_columns"
  }

  private struct BestKnown: Decodable {
    struct Value: Decodable { var best: WholeNumber }
    var unplaced: Value?
  }

  /// Parses the text of a file.
  static func parse(_ json: [UInt8]) throws(PlacementInstanceError) -> PlacementInstanceFile {
    do {
      return try JSONDecoder().decode(PlacementInstanceFile.self, from: Data(json))
    } catch let error as DecodingError {
      throw refusal(error)
    } catch {
      throw .notJSON(reason: "\(error)")
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    problem = try container.decode(String.self, forKey: .problem)
    guard ["evacuation", "headroom", "consolidate"].contains(problem) else {
      // Other problems have other tables; the caller refuses them by name.
      (bestKnownUnplaced, flavors, hostClasses, hosts, vms, mix) = (nil, [], [], [], [], [])
      emptyHosts = 0
      return
    }
    bestKnownUnplaced =
      try container.decodeIfPresent(BestKnown.self, forKey: .bestKnown)?.unplaced?.best.value
    emptyHosts =
      problem == "consolidate"
      ? try container.decode(WholeNumber.self, forKey: .emptyHosts).value : 0
    mix = problem == "headroom" ? try container.decode([Share].self, forKey: .mix) : []
    flavors = try container.decode([Flavor].self, forKey: .flavors)
    hostClasses = try container.decode([HostClass].self, forKey: .hostClasses)
    let hostColumns = try container.columns(.hostColumns, needed: Self.hostColumns)
    let vmColumns = try container.columns(.vmColumns, needed: Self.vmColumns)
    hosts = try container.rows(.hosts) { try Self.host(hostColumns, &$0) }
    vms = try container.rows(.vms) { try Self.vm(vmColumns, &$0) }
  }

  private static func host(
    _ columns: [String], _ cells: inout any UnkeyedDecodingContainer
  ) throws -> Host {
    var host = Host()
    for column in columns {
      switch column {
      case "az": host.zone = try cells.decodeWhole()
      case "class": host.hostClass = try cells.decodeWhole()
      case "cap_vcpu": host.capacity[0] = try cells.decodeWhole()
      case "cap_ram_gib": host.capacity[1] = try cells.decodeWhole()
      case "cap_disk_gib": host.capacity[2] = try cells.decodeWhole()
      case "cap_gpu": host.capacity[3] = try cells.decodeWhole()
      case "drain": host.drain = try cells.decodeWhole()
      default: _ = try cells.decode(AnyCell.self)
      }
    }
    return host
  }

  private static func vm(
    _ columns: [String], _ cells: inout any UnkeyedDecodingContainer
  ) throws -> VM {
    var vm = VM()
    for column in columns {
      switch column {
      case "flavor": vm.flavor = try cells.decodeWhole()
      case "host": vm.host = try cells.decodeWhole()
      case "policy": vm.policy = try cells.decode(String.self)
      case "cpu_need": vm.cpuNeed = try cells.decode(String.self)
      case "az_pinned": vm.zonePinned = try cells.decodeWhole()
      case "group": vm.group = try cells.decodeWhole()
      default: _ = try cells.decode(AnyCell.self)
      }
    }
    return vm
  }

  /// A cell of a column that is not used here.
  private struct AnyCell: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  private static func refusal(_ error: DecodingError) -> PlacementInstanceError {
    switch error {
    case .keyNotFound(let key, let context):
      .malformed(keyPath: keyPath(context.codingPath + [key]), reason: "missing")
    case .typeMismatch(let type, let context):
      .malformed(keyPath: keyPath(context.codingPath), reason: "must be \(noun(type))")
    case .valueNotFound(let type, let context):
      .malformed(keyPath: keyPath(context.codingPath), reason: "must be \(noun(type))")
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? .notJSON(reason: context.debugDescription)
        : .malformed(keyPath: keyPath(context.codingPath), reason: context.debugDescription)
    @unknown default:
      .notJSON(reason: "\(error)")
    }
  }

  private static func noun(_ type: any Any.Type) -> String {
    if type == Double.self { return "a whole number" }
    if type == String.self { return "a text" }
    return "a list or an object of the right shape"
  }

  private static func keyPath(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : "." + key.stringValue
      }
    }
  }
}
