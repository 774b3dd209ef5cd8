import Foundation
import Stochastics

/// Clouds like those of the instance files, drawn from a seed.
enum RollingSample {
  struct Size {
    var zones = 1
    var hostsPerZone = 10
    var fill = 0.7
    var reserve = "host"
    var perRack = 2
    var perZone = 0
    var zonesPerWave = 0
    /// Share of VMs that are stopped in place.
    var stopped = 0.04
    /// Groups with a limit of stopped members, which may lie over several zones.
    var quorums = 4
    /// Empty hosts in each zone that are not due.
    var spare = 0
  }

  private static let flavors: [(vcpu: Int, ram: Int, gpu: Int, weight: Int)] = [
    (1, 2, 0, 12), (1, 4, 0, 15), (2, 4, 0, 15), (2, 8, 0, 25), (4, 8, 0, 10), (4, 16, 0, 15),
    (8, 32, 0, 7), (16, 64, 0, 1), (8, 64, 1, 0),
  ]

  /// The text of an instance file.
  static func json(_ size: Size, seed: UInt64) -> [UInt8] {
    var draw = RandomStream(seed: seed, replication: 0, purpose: .generation)
    var hosts: [[Int]] = []
    var vms: [String] = []
    var free: [[Int]] = []
    func add(_ flavor: Int, _ host: Int, _ policy: String, _ group: Int) {
      vms.append("[\(vms.count),\(flavor),\(host),\"\(policy)\",\(group)]")
      free[host][0] -= flavors[flavor].vcpu
      free[host][1] -= flavors[flavor].ram
      free[host][2] -= flavors[flavor].gpu
    }
    for zone in 0..<size.zones {
      for number in 0..<size.hostsPerZone {
        let isLast = number >= size.hostsPerZone - 2
        let kind = isLast ? 2 : draw.integer(below: 4) == 0 ? 1 : 0
        let room = kind == 1 ? [224, 768, 0] : [160, 512, kind == 2 ? 4 : 0]
        let isSpare = number < size.spare
        hosts.append(
          [hosts.count, zone, number / 4, kind] + room + [isSpare ? 0 : 1])
        free.append(room)
      }
    }
    var quorum: [(left: Int, hosts: Set<Int>)] = (0..<size.quorums).map { _ in (3, []) }
    var apart: [(left: Int, hosts: Set<Int>)] = []
    for host in hosts.indices where hosts[host][7] == 1 {
      if hosts[host][3] == 2 { add(8, host, "live", -1) }
      let fill = size.fill * (0.92 + 0.16 * draw.uniform()) * (hosts[host][3] == 2 ? 0.65 : 1)
      while Double(hosts[host][5] - free[host][1]) < fill * Double(hosts[host][5]) {
        var pick = draw.integer(below: 100)
        let flavor =
          flavors.firstIndex {
            pick -= $0.weight; return pick < 0
          } ?? 0
        guard free[host][0] >= flavors[flavor].vcpu, free[host][1] >= flavors[flavor].ram else {
          break
        }
        let isStopped = draw.uniform() < size.stopped
        var group = -1
        if isStopped {
          if let open = quorum.indices.first(where: {
            quorum[$0].left > 0 && !quorum[$0].hosts.contains(host)
          }) {
            group = open
            quorum[open].left -= 1
            quorum[open].hosts.insert(host)
          }
        } else if draw.integer(below: 12) == 0 {
          let zone = hosts[host][1]
          if let open = apart.indices.first(where: {
            apart[$0].left > 0 && !apart[$0].hosts.contains(host)
              && apart[$0].hosts.allSatisfy { hosts[$0][1] == zone }
          }) {
            group = size.quorums + open
            apart[open].left -= 1
            apart[open].hosts.insert(host)
          } else {
            group = size.quorums + apart.count
            apart.append((1 + draw.integer(below: 4), [host]))
          }
        }
        add(flavor, host, isStopped ? "stop" : "live", group)
      }
    }
    let groups = (0..<quorum.count + apart.count).map { "[\($0),\($0 < quorum.count ? 1 : 0)]" }
    let flavorRows = flavors.enumerated().map {
      "{\"name\":\"f\($0)\",\"vcpu\":\($1.vcpu),\"ram_gib\":\($1.ram),\"gpu\":\($1.gpu)}"
    }
    let text = """
      {"name":"sample-\(seed)","problem":"rolling","flavors":[\(flavorRows.joined(separator: ","))],
      "host_columns":["id","zone","rack","kind","cap_vcpu","cap_ram_gib","cap_gpu","todo"],
      "vm_columns":["id","flavor","host","policy","group"],"group_columns":["id","max_off"],
      "limits":{"max_out_per_rack":\(size.perRack),"max_out_per_zone":\(size.perZone),
      "max_zones_per_wave":\(size.zonesPerWave)},"reserve":"\(size.reserve)",
      "hosts":[\(hosts.map { "\($0)" }.joined(separator: ","))],
      "vms":[\(vms.joined(separator: ","))],"groups":[\(groups.joined(separator: ","))]}
      """
    return [UInt8](text.utf8)
  }
}
