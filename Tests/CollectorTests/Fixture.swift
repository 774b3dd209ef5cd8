import Collector
import Foundation
import Scenarios
import Testing

/// A small capture that tests edit: two hosts, two servers, written to a folder of its own.
struct Fixture {
  /// One call of the index.
  struct Call {
    var file: String
    var service: String
    var path: String
    var version: String?
    var account: String? = "TOKEN-OF-ADMIN"
    var status = 200
  }

  var calls: [Call]
  var bodies: [String: String]
  /// Replaces the index that is made of `calls`.
  var index: String?

  /// Adds an answer, or replaces that of the same file.
  mutating func answer(
    _ file: String, _ service: String, _ path: String, version: String? = nil,
    account: String? = "TOKEN-OF-ADMIN", status: Int = 200, _ body: String
  ) {
    calls.removeAll { $0.file == file }
    calls.append(
      Call(
        file: file, service: service, path: path, version: version, account: account,
        status: status))
    bodies[file] = body
  }

  mutating func remove(_ file: String) { calls.removeAll { $0.file == file } }

  /// Replaces a text that must be there.
  mutating func edit(
    _ file: String, _ old: String, _ new: String, at location: SourceLocation = #_sourceLocation
  ) {
    let body = bodies[file] ?? ""
    #expect(body.contains(old), "\(file) has no \(old)", sourceLocation: location)
    bodies[file] = body.replacingOccurrences(of: old, with: new)
  }

  /// Adds the five answers about a provider.
  mutating func provider(
    _ uuid: String, inventories: String, usages: String, traits: String = "",
    aggregates: String = "", allocations: String
  ) {
    let path = "/resource_providers/\(uuid)"
    answer(
      "\(uuid)-inventories.json", "placement", "\(path)/inventories", version: "1.39",
      #"{"inventories": {\#(inventories)}}"#)
    answer(
      "\(uuid)-usages.json", "placement", "\(path)/usages", version: "1.39",
      #"{"usages": {\#(usages)}}"#)
    answer(
      "\(uuid)-traits.json", "placement", "\(path)/traits", version: "1.39",
      #"{"traits": [\#(traits)]}"#)
    answer(
      "\(uuid)-aggregates.json", "placement", "\(path)/aggregates", version: "1.39",
      #"{"aggregates": [\#(aggregates)]}"#)
    answer(
      "\(uuid)-allocations.json", "placement", "\(path)/allocations", version: "1.39",
      #"{"allocations": {\#(allocations)}}"#)
  }

  /// Writes the capture and gives its folder to `body`, then removes it.
  func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "berth-capture-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (file, text) in bodies {
      try Data(text.utf8).write(to: folder.appending(path: file))
    }
    if let index {
      try Data(index.utf8).write(to: folder.appending(path: "index.json"))
    } else {
      let entries = calls.map { call in
        var headers: [String: String] = ["Accept": "application/json"]
        headers["X-Auth-Token"] = call.account
        if let version = call.version {
          headers["OpenStack-API-Version"] =
            (call.service == "nova" ? "compute " : "placement ") + version
        }
        return [
          "file": call.file, "service": call.service, "method": "GET", "path": call.path,
          "headers": headers, "status": call.status, "response_headers": [String: String](),
        ] as [String: Any]
      }
      try JSONSerialization.data(withJSONObject: entries).write(
        to: folder.appending(path: "index.json"))
    }
    return try body(folder.path)
  }

  /// The cloud that the capture holds.
  func collect() throws -> CloudRecord {
    try withFolder { try CollectedCloud(openStack: CaptureSource(folder: $0)).cloud }
  }

  /// The error that collecting ends in.
  func refusal(at location: SourceLocation = #_sourceLocation) -> CollectorError? {
    #expect(throws: CollectorError.self, sourceLocation: location) { try collect() }
  }
}

extension CloudRecord {
  func host(_ name: String) -> HostRecord? { hosts.first { $0.name == name } }
  func vm(_ name: String) -> VMRecord? { vms.first { $0.name == name } }
  func flavor(_ name: String) -> FlavorRecord? { flavors.first { $0.name == name } }
  func findings(_ kind: FindingKind) -> [FindingRecord] {
    findings.filter { $0.kind == kind.rawValue }
  }
}

extension Fixture {
  /// h1 in zone a by an aggregate, h2 in none; `web` on h1, `db` on h2, both of flavor small.
  static var small: Fixture {
    var fixture = Fixture(calls: [], bodies: [:], index: nil)
    fixture.answer(
      "hypervisors.json", "nova", "/v2.1/os-hypervisors/detail", version: "2.87",
      #"{"hypervisors": [\#(hypervisor("u1", "h1")), \#(hypervisor("u2", "h2"))]}"#)
    fixture.answer(
      "servers.json", "nova", "/v2.1/servers/detail?all_tenants=1&limit=1000", version: "2.100",
      #"{"servers": [\#(server("s1", "web", on: "h1")), \#(server("s2", "db", on: "h2"))]}"#)
    fixture.answer(
      "flavors.json", "nova", "/v2.1/flavors/detail?is_public=None", version: "2.75",
      #"{"flavors": [\#(flavor("f1", "small", "")), \#(flavor("f2", "gpu", alias))]}"#)
    fixture.answer(
      "services.json", "nova", "/v2.1/os-services?binary=nova-compute", version: "2.69",
      #"{"services": [\#(service("h1")), \#(service("h2"))]}"#)
    fixture.answer(
      "aggregates.json", "nova", "/v2.1/os-aggregates", version: "2.41",
      #"""
      {"aggregates": [{"name": "first", "uuid": "g1", "hosts": ["h1"],
        "metadata": {"availability_zone": "a", "color": "red"}}]}
      """#)
    fixture.answer(
      "groups.json", "nova", "/v2.1/os-server-groups?all_projects=1", version: "2.64",
      #"{"server_groups": []}"#)
    fixture.answer(
      "migrations.json", "nova", "/v2.1/os-migrations", version: "2.80", #"{"migrations": []}"#)
    fixture.answer(
      "images.json", "glance", "/v2/images",
      #"""
      {"images": [{"id": "i1", "name": "Linux", "status": "active", "min_disk": 4,
        "architecture": "x86_64", "owner_user_name": "somebody", "tags": []}]}
      """#)
    fixture.answer(
      "projects.json", "keystone", "/v3/projects",
      #"{"projects": [{"id": "p1", "name": "alpha"}], "links": {"next": null}}"#)
    fixture.answer(
      "providers.json", "placement", "/resource_providers", version: "1.39",
      #"{"resource_providers": [\#(root("u1", "h1")), \#(root("u2", "h2"))]}"#)
    for (uuid, server) in [("u1", "s1"), ("u2", "s2")] {
      fixture.provider(
        uuid, inventories: inventories, usages: usages, traits: #""HW_CPU_X86_AVX2""#,
        allocations: allocation(server))
    }
    return fixture
  }

  static let alias = #""pci_passthrough:alias": "card:2""#
  static let usages = #""VCPU": 2, "MEMORY_MB": 4096, "DISK_GB": 20"#
  static let inventories = #"""
    "VCPU": {"total": 24, "reserved": 2, "allocation_ratio": 1.5, "max_unit": 24},
    "MEMORY_MB": {"total": 65536, "reserved": 512, "allocation_ratio": 1.0, "max_unit": 65536},
    "DISK_GB": {"total": 1000, "reserved": 0, "allocation_ratio": 1.0, "max_unit": 2147483647}
    """#

  static func hypervisor(_ id: String, _ name: String) -> String {
    #"""
    {"id": "\#(id)", "hypervisor_hostname": "\#(name)", "state": "up", "status": "enabled",
     "hypervisor_type": "QEMU", "service": {"host": "\#(name)", "disabled_reason": null},
     "vcpus": 24, "memory_mb": 65536, "local_gb": 1000,
     "cpu_info": {"arch": "x86_64", "model": "Milan", "features": ["b", "a"]}}
    """#
  }

  static func server(_ id: String, _ name: String, on host: String) -> String {
    #"""
    {"id": "\#(id)", "name": "\#(name)", "status": "ACTIVE", "OS-EXT-STS:task_state": null,
     "OS-EXT-SRV-ATTR:host": "\#(host)", "OS-EXT-SRV-ATTR:hypervisor_hostname": "\#(host)",
     "flavor": {"vcpus": 2, "ram": 4096, "disk": 20, "ephemeral": 0, "swap": 0,
       "original_name": "small", "extra_specs": {}},
     "image": {"id": "i1", "properties": {"hw_disk_bus": "virtio"}}, "tenant_id": "p1",
     "metadata": {"k": "v"}, "tags": ["z", "a"], "locked": false,
     "pinned_availability_zone": null, "scheduler_hints": {},
     "os-extended-volumes:volumes_attached": [], "updated": "2026-01-02T03:04:05Z"}
    """#
  }

  static func flavor(_ id: String, _ name: String, _ specs: String) -> String {
    #"""
    {"id": "\#(id)", "name": "\#(name)", "vcpus": 2, "ram": 4096, "disk": 20, "swap": "",
     "OS-FLV-EXT-DATA:ephemeral": 0, "os-flavor-access:is_public": true,
     "extra_specs": {\#(specs)}}
    """#
  }

  static func service(_ host: String) -> String {
    #"""
    {"binary": "nova-compute", "host": "\#(host)", "status": "enabled", "state": "up",
     "disabled_reason": null, "forced_down": false, "updated_at": "2026-01-02T03:04:06.000000"}
    """#
  }

  static func root(_ uuid: String, _ name: String) -> String {
    #"{"uuid": "\#(uuid)", "name": "\#(name)", "parent_provider_uuid": null}"#
  }

  static func child(_ uuid: String, _ name: String, of parent: String) -> String {
    #"{"uuid": "\#(uuid)", "name": "\#(name)", "parent_provider_uuid": "\#(parent)"}"#
  }

  static func allocation(_ consumer: String, _ resources: String = usages) -> String {
    #""\#(consumer)": {"resources": {\#(resources)}}"#
  }
}
