import Benchmarking
import Documents
import Foundation
import TestSupport
import Testing

/// Evacuation instances as cloud files.
struct InstanceCloudTests {
  private static let instance = """
    {"name": "two", "problem": "evacuation",
     "flavors": [{"name": "s", "vcpu": 1, "ram_gib": 2, "disk_gib": 0, "gpu": 0},
                 {"name": "g", "vcpu": 2, "ram_gib": 4, "disk_gib": 10, "gpu": 1}],
     "host_classes": [{"name": "a", "cpu_vendor": "amd", "cpu_gen": 3},
                      {"name": "b", "cpu_vendor": "amd", "cpu_gen": 4}],
     "host_columns": ["id", "az", "rack", "class", "cap_vcpu", "cap_ram_gib", "cap_disk_gib",
                      "cap_gpu", "drain"],
     "hosts": [[0, 0, 0, 0, 8, 16, 100, 0, 1], [1, 1, 0, 1, 8, 16, 100, 2, 0]],
     "vm_columns": ["id", "flavor", "host", "policy", "cpu_need", "az_pinned", "group"],
     "vms": [[0, 0, 0, "live", "amd-3", 1, 5], [1, 1, 0, "cold", "any", 0, -1],
             [2, 0, 0, "none", "any", 0, -1], [3, 0, 1, "live", "amd-4", 0, -1]]}
    """

  private func member(_ document: Document, _ path: [String]) throws -> Document {
    try path.reduce(document) { document, key in try #require(document[key]?.value) }
  }

  private func list(_ document: Document, _ key: String) throws -> [Document] {
    guard case .list(let nodes)? = document[key]?.value else { return [] }
    return nodes.map(\.value)
  }

  @Test func `words of the instance become words of clouds`() throws {
    let cloud = try InstanceCloud(json: Array(Self.instance.utf8))
    #expect(cloud.drained == ["h0"])
    #expect(cloud.hostCount == 2)
    let vms = try list(cloud.document, "vms")
    #expect(vms.count == 4)
    #expect(try member(vms[0], ["pinned_zone"]) == "az1")
    #expect(try member(vms[0], ["group"]) == "apart-5")
    #expect(try member(vms[0], ["image"]) == "amd-3")
    #expect(try member(vms[1], ["tags"]) == ["scs:migration=cold"])
    #expect(try member(vms[2], ["tags"]) == ["scs:migration=none"])
    #expect(vms[3]["pinned_zone"] == nil)
    let classes = try list(cloud.document, "host_classes")
    #expect(try member(classes[0], ["traits"]) == ["CUSTOM_CPU_AMD_3"])
    #expect(try member(classes[1], ["traits"]) == ["CUSTOM_CPU_AMD_3", "CUSTOM_CPU_AMD_4"])
    let hosts = try list(cloud.document, "hosts")
    #expect(hosts[0]["devices"] == nil)
    #expect(try member(hosts[1], ["devices"]) == [["type": "gpu", "count": 2]])
  }

  @Test func `other problems are refused`() {
    let headroom = Self.instance.replacing("evacuation", with: "rolling")
    #expect(throws: PlacementInstanceError.otherProblem(found: "rolling")) {
      try InstanceCloud(json: Array(headroom.utf8))
    }
  }

  @Test(.enabled(if: SharedInstances.folder != nil, "skipped: there is no folder ../shared"))
  func `the cloud of the studies is that of its instance`() throws {
    let cloud = try InstanceCloud(json: try SharedInstances.read("evac-50-tight"))
    let kept = try Repository.text(of: "scenarios/studies/evac-50-tight-cloud.json")
    #expect(kept == cloud.document.json(.indented) + "\n")
    #expect(cloud.drained == ["h04", "h06", "h21", "h29", "h36"])
  }
}
