import Foundation

/// The layout of a file of rolling maintenance; tables come as rows whose columns the file names.
struct RollingInstanceFile: Decodable {
  struct Flavor: Decodable {
    var name: String
    var vcpu: WholeNumber
    var ramGiB: WholeNumber
    var gpu: WholeNumber

    enum CodingKeys: String, CodingKey {
      case name, vcpu, gpu
      case ramGiB = "ram_gib"
    }
  }

  struct Limits: Decodable {
    var hostsPerRack: WholeNumber
    var hostsPerZone: WholeNumber
    var zones: WholeNumber

    enum CodingKeys: String, CodingKey {
      case hostsPerRack = "max_out_per_rack"
      case hostsPerZone = "max_out_per_zone"
      case zones = "max_zones_per_wave"
    }
  }

  struct VM {
    var flavor = 0
    var host = 0
    var policy = ""
    var group = 0
  }

  let name: String
  let problem: String
  var flavors: [Flavor] = []
  /// Host by host, an entry for each of `hostColumns`.
  var hosts: [[Int]] = []
  var vms: [VM] = []
  /// Group by group, an entry for each of `groupColumns`.
  var groups: [[Int]] = []
  var limits: Limits?
  var reserve = ""
  /// Best known values by path, such as `back.waves`.
  var bestKnown: [String: Int] = [:]

  static let hostColumns = [
    "zone", "rack", "kind", "cap_vcpu", "cap_ram_gib", "cap_gpu", "todo",
  ]
  static let groupColumns = ["id", "max_off"]
  private static let vmColumns = ["flavor", "host", "policy", "group"]

  enum CodingKeys: String, CodingKey {
    case name, problem, flavors, hosts, vms, groups, limits, reserve
    case bestKnown = "best_known"
    case hostColumns = "host_columns"
    case vmColumns = "vm_columns"
    case groupColumns = "group_columns"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    problem = try container.decode(String.self, forKey: .problem)
    // Other problems have other tables; the caller refuses them by name.
    guard problem == "rolling" else { return }
    flavors = try container.decode([Flavor].self, forKey: .flavors)
    limits = try container.decode(Limits.self, forKey: .limits)
    reserve = try container.decode(String.self, forKey: .reserve)
    hosts = try Self.numbers(container, .hosts, .hostColumns, Self.hostColumns)
    groups = try Self.numbers(container, .groups, .groupColumns, Self.groupColumns)
    vms = try Self.vms(container)
    bestKnown = try container.decodeIfPresent(BestKnown.self, forKey: .bestKnown)?.values ?? [:]
  }

  private static func numbers(
    _ container: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys, _ columnKey: CodingKeys,
    _ wanted: [String]
  ) throws -> [[Int]] {
    let columns = try container.columns(columnKey, needed: wanted)
    return try container.rows(key) { cells in
      var row = [Int](repeating: 0, count: wanted.count)
      for column in columns {
        if let place = wanted.firstIndex(of: column) {
          row[place] = try cells.decodeWhole()
        } else {
          _ = try cells.decode(AnyCell.self)
        }
      }
      return row
    }
  }

  private static func vms(_ container: KeyedDecodingContainer<CodingKeys>) throws -> [VM] {
    let columns = try container.columns(.vmColumns, needed: vmColumns)
    return try container.rows(.vms) { cells in
      var vm = VM()
      for column in columns {
        switch column {
        case "flavor": vm.flavor = try cells.decodeWhole()
        case "host": vm.host = try cells.decodeWhole()
        case "policy": vm.policy = try cells.decode(String.self)
        case "group": vm.group = try cells.decodeWhole()
        default: _ = try cells.decode(AnyCell.self)
        }
      }
      return vm
    }
  }

  /// A cell of a column that is not used here.
  private struct AnyCell: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  /// What the file says is the best that is known.
  private struct BestKnown: Decodable {
    struct Value: Decodable { var best: WholeNumber }
    struct Course: Decodable {
      var waves: Value?
      var moves: Value?

      enum CodingKeys: String, CodingKey { case waves, moves }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        waves = try container.decodeIfPresent(Value.self, forKey: .waves)
        // One course states its moves as a plain number, which follows from the VMs.
        moves = try? container.decodeIfPresent(Value.self, forKey: .moves)
      }
    }
    var back: Course?
    var stay: Course?

    var values: [String: Int] {
      var values: [String: Int] = [:]
      values["back.waves"] = back?.waves?.best.value
      values["stay.waves"] = stay?.waves?.best.value
      values["stay.moves"] = stay?.moves?.best.value
      return values
    }
  }
}
