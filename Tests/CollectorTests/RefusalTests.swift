import Collector
import Foundation
import Scenarios
import Testing

/// Every way in which a capture is refused, with the place that is named.
@Suite struct RefusalTests {
  @Test func indexIsMissing() {
    let folder = "/nowhere/at-all"
    #expect(throws: CollectorError.indexMissing(folder: folder)) {
      try CaptureSource(folder: folder)
    }
  }

  @Test func indexIsGarbage() {
    var fixture = Fixture.small
    fixture.index = "<html>"
    #expect(fixture.refusal() == .malformed(file: "index.json", offset: 0, byteCount: 6))
    fixture.index = ""
    #expect(fixture.refusal() == .malformed(file: "index.json", offset: 0, byteCount: 0))
    fixture.index = "{}"
    #expect(
      fixture.refusal()
        == .unexpectedValue(file: "index.json", path: ".", value: "{}", allowed: "a list"))
    fixture.index =
      #"[{"file": "a", "service": "nova", "method": "GET", "path": "/", "status": "ok"}]"#
    #expect(
      fixture.refusal()
        == .unexpectedValue(
          file: "index.json", path: "[0].status", value: #""ok""#, allowed: "an integer"))
  }

  @Test(arguments: ["../secret", "/etc/passwd", "a/../../b", "", "./x", "a//b"])
  func pathsStayInside(file: String) {
    var fixture = Fixture.small
    fixture.index =
      #"[{"file": "\#(file)", "service": "nova", "method": "GET", "path": "/", "status": 200}]"#
    #expect(fixture.refusal() == .unsafePath(path: "[0].file", value: file))
  }

  @Test func linksStayInside() throws {
    try Fixture.small.withFolder { folder in
      let file = URL(fileURLWithPath: folder).appending(path: "servers.json")
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createSymbolicLink(
        at: file, withDestinationURL: URL(fileURLWithPath: "/etc/hostname"))
      #expect(throws: CollectorError.self) { try CaptureSource(folder: folder) }
    }
  }

  @Test func filesAreMissing() {
    var fixture = Fixture.small
    fixture.bodies["servers.json"] = nil
    #expect(fixture.refusal() == .fileMissing(file: "servers.json", namedAt: "[1].file"))
  }

  @Test func filesAreTooLarge() throws {
    var fixture = Fixture.small
    fixture.bodies["servers.json"] = String(repeating: " ", count: 20_000)
    try fixture.withFolder { folder in
      let source = try CaptureSource(folder: folder, fileSizeLimit: 10_000)
      #expect(
        throws: CollectorError.fileTooLarge(
          file: "servers.json", byteCount: 20_000, limit: 10_000)
      ) {
        try CollectedCloud(openStack: source)
      }
    }
  }

  @Test func filesAreTruncated() throws {
    var fixture = Fixture.small
    let whole = Array((fixture.bodies["servers.json"] ?? "").utf8)
    // Wherever the cut is, the error names the end.
    for length in stride(from: 1, to: whole.count - 1, by: 97) {
      fixture.bodies["servers.json"] = String(decoding: whole.prefix(length), as: UTF8.self)
      #expect(
        fixture.refusal()
          == .malformed(file: "servers.json", offset: length, byteCount: length), "\(length)")
    }
  }

  @Test func garbageInsideIsLocated() {
    var fixture = Fixture.small
    fixture.bodies["groups.json"] = #"{"server_groups": [1, 2}"#
    #expect(fixture.refusal() == .malformed(file: "groups.json", offset: 23, byteCount: 24))
  }

  @Test(arguments: [
    ("hypervisors.json", "nova GET /v2.1/os-hypervisors/detail"),
    ("servers.json", "nova GET /v2.1/servers/detail?all_tenants=1"),
    ("providers.json", "placement GET /resource_providers"),
    ("u2-inventories.json", "placement GET /resource_providers/u2/inventories"),
  ])
  func neededCallsAreAbsent(file: String, call: String) {
    var fixture = Fixture.small
    fixture.remove(file)
    #expect(fixture.refusal() == .callMissing(call: call))
  }

  @Test func neededCallsAreRefused() {
    var fixture = Fixture.small
    let message = "Policy doesn't allow os_compute_api:os-hypervisors:list-detail to be performed."
    fixture.answer(
      "hypervisors.json", "nova", "/v2.1/os-hypervisors/detail", version: "2.90",
      account: "TOKEN-OF-READER", status: 403,
      #"{"forbidden": {"code": 403, "message": "\#(message)"}}"#)
    #expect(
      fixture.refusal()
        == .callRefused(
          call: "nova GET /v2.1/os-hypervisors/detail", file: "hypervisors.json", status: 403,
          rule: "os_compute_api:os-hypervisors:list-detail", message: message))
    fixture = .small
    fixture.answer(
      "providers.json", "placement", "/resource_providers", version: "1.39", status: 403,
      #"""
      {"errors": [{"status": 403, "title": "Forbidden", "detail": "Access was denied.\n\n Policy does not allow placement:resource_providers:list to be performed.  "}]}
      """#)
    guard case .callRefused(_, _, 403, let rule, _) = fixture.refusal() else {
      Issue.record("A refused list of providers was taken.")
      return
    }
    #expect(rule == "placement:resource_providers:list")
  }

  @Test func hostsAreNotVisible() {
    var fixture = Fixture.small
    fixture.edit("servers.json", #""OS-EXT-SRV-ATTR:host": "h1","#, "")
    #expect(
      fixture.refusal()
        == .notVisible(file: "servers.json", path: "servers[0].OS-EXT-SRV-ATTR:host"))
  }

  @Test func serverIsOnAHostThatItsHypervisorIsNotOf() {
    var fixture = Fixture.small
    fixture.edit("servers.json", #""OS-EXT-SRV-ATTR:host": "h2""#, #""OS-EXT-SRV-ATTR:host": "h7""#)
    #expect(
      fixture.refusal()
        == .contradiction(
          file: "servers.json", path: "servers[1].OS-EXT-SRV-ATTR:host", value: "h7",
          allowed: "the service of the hypervisor h2"))
  }

  @Test func serverIsOnAnUnknownHost() {
    var fixture = Fixture.small
    fixture.edit("servers.json", #""OS-EXT-SRV-ATTR:host": "h2""#, #""OS-EXT-SRV-ATTR:host": "h7""#)
    fixture.edit(
      "servers.json", #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h2""#,
      #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h7""#)
    #expect(
      fixture.refusal()
        == .contradiction(
          file: "servers.json", path: "servers[1].OS-EXT-SRV-ATTR:host", value: "h7",
          allowed: "the host of a listed hypervisor or provider"))
  }

  @Test(arguments: [
    (
      "hypervisors.json", #""hypervisor_hostname": "h2""#, #""hypervisor_hostname": "h1""#,
      "hypervisors[1].hypervisor_hostname"
    ),
    ("servers.json", #""id": "s2""#, #""id": "s1""#, "servers[1].id"),
    ("flavors.json", #""name": "gpu""#, #""name": "small""#, "flavors[1].name"),
    ("providers.json", #""uuid": "u2""#, #""uuid": "u1""#, "resource_providers[1].uuid"),
    (
      "providers.json", #""name": "h2", "parent_provider_uuid": null"#,
      #""name": "h2", "parent_provider_uuid": "u9""#,
      "resource_providers[1].parent_provider_uuid"
    ),
    ("u1-inventories.json", #""total": 65536"#, #""total": -1"#, "inventories.MEMORY_MB.total"),
    (
      "u1-inventories.json", #""total": 65536"#, #""total": 1073741825"#,
      "inventories.MEMORY_MB.total"
    ),
    (
      "u1-inventories.json", #""reserved": 512"#, #""reserved": 65537"#,
      "inventories.MEMORY_MB.reserved"
    ),
    (
      "u1-inventories.json", #""allocation_ratio": 1.5"#, #""allocation_ratio": -1.5"#,
      "inventories.VCPU.allocation_ratio"
    ),
    ("u1-inventories.json", #""max_unit": 24"#, #""max_unit": -24"#, "inventories.VCPU.max_unit"),
    ("u1-allocations.json", #""VCPU": 2"#, #""VCPU": -2"#, "allocations.s1.resources.VCPU"),
    ("flavors.json", #""ram": 4096"#, #""ram": -4096"#, "flavors[0].ram"),
  ])
  func valuesContradict(file: String, old: String, new: String, path: String) {
    var fixture = Fixture.small
    fixture.edit(file, old, new)
    let error = fixture.refusal()
    guard case .contradiction(let named, let place, _, _) = error else {
      Issue.record("\(new) ended in \(String(describing: error)).")
      return
    }
    #expect(named == file)
    #expect(place == path)
    #expect(error?.description.contains(path) == true)
  }

  @Test(arguments: [
    ("servers.json", #""vcpus": 2"#, #""vcpus": "two""#, "servers[0].flavor.vcpus", #""two""#),
    (
      "servers.json", #""name": "web", "status": "ACTIVE""#, #""name": "web""#,
      "servers[0].status", nil
    ),
    ("u1-usages.json", #""VCPU": 2"#, #""VCPU": null"#, "usages.VCPU", "null"),
    (
      "flavors.json", "card:2", "card:many", "flavors[1].extra_specs.pci_passthrough:alias",
      "card:many"
    ),
  ])
  func valuesHaveTheWrongType(
    file: String, old: String, new: String, path: String, value: String?
  ) {
    var fixture = Fixture.small
    fixture.edit(file, old, new)
    let error = fixture.refusal()
    guard case .unexpectedValue(let named, let place, let found, _) = error else {
      Issue.record("\(new) ended in \(String(describing: error)).")
      return
    }
    #expect(named == file && place == path && found == value)
  }

  @Test func providersGoInACircle() {
    var fixture = Fixture.small
    fixture.edit(
      "providers.json", Fixture.root("u2", "h2"),
      [
        Fixture.root("u2", "h2"), Fixture.child("c1", "x", of: "c2"),
        Fixture.child("c2", "y", of: "c1"),
      ].joined(separator: ","))
    for uuid in ["c1", "c2"] {
      fixture.provider(uuid, inventories: "", usages: "", allocations: "")
    }
    guard case .contradiction("providers.json", let path, _, _) = fixture.refusal() else {
      Issue.record("A cycle of providers was taken.")
      return
    }
    #expect(path == "resource_providers[2].parent_provider_uuid")
  }

  @Test func hostIsInTwoZones() {
    var fixture = Fixture.small
    fixture.edit(
      "aggregates.json", #"{"aggregates": ["#,
      #"{"aggregates": [{"name": "z", "hosts": ["h1"], "metadata": {"availability_zone": "b"}},"#)
    #expect(fixture.refusal()?.path == "aggregates[1].hosts[0]")
  }

  @Test func cloudIsEmpty() {
    var fixture = Fixture.small
    fixture.bodies["hypervisors.json"] = #"{"hypervisors": []}"#
    #expect(fixture.refusal() == .emptyCloud(file: "hypervisors.json"))
  }
}
