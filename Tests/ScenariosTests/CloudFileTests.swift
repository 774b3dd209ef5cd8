import CloudModel
import Documents
import Scenarios
import TestSupport
import Testing

/// Cloud files: names become indices, and every reference to nothing is reported with its place.
struct CloudFileTests {
  private func build(_ yaml: String) throws -> (cloud: Cloud?, reading: Reading) {
    var reading = Reading(file: "cloud.yaml")
    let node = try Node.read(yaml, as: .yaml)
    guard let record = CloudKeys.cloud.decode(node, &reading) else { return (nil, reading) }
    return (CloudFile.build(record, &reading), reading)
  }

  private static let sound = """
    name: small
    zones: [{name: az1}, {name: az2, tier: III}]
    racks: [{name: r1, zone: az2}]
    flavors:
      - {name: tiny, vcpus: 1, memory: 512 MiB, disk: 1 GiB}
      - {name: gpu, vcpus: 8, memory: 64 GiB, devices: [{type: a100, count: 2}]}
    groups: [{name: apart, policy: anti-affinity}]
    hosts:
      - {name: h1, zone: az2, rack: r1, vcpus: 8, memory: 64 GiB, devices: [{type: a100, count: 4}]}
      - {name: h2, vcpus: 8, memory: 64 GiB, state: disabled}
    vms:
      - {name: a, flavor: tiny, host: h1, group: apart, memory: 513 MiB}
      - {name: b, id: "7", flavor: gpu}

    """

  @Test func `names become indices and sizes units`() throws {
    let (built, reading) = try build(Self.sound)
    let cloud = try #require(built, "\(reading.text())")
    #expect(cloud.hosts.zone == [1, 0])
    #expect(cloud.zones[1].tier == .three)
    #expect(cloud.hosts.capacity[0].memoryMiB == 65_536)
    #expect(cloud.vms.host == [0, -1])
    #expect(cloud.vms.demand[0].memoryMiB == 513)
    #expect(cloud.vms.demand[1].memoryMiB == 65_536)
    #expect(cloud.deviceTypes.map(\.name) == ["a100"])
    #expect(cloud.devicesUsed(by: 1, ofType: 0) == 2)
    #expect(cloud.vms.ids[1] == "7")
  }

  @Test(arguments: [
    ("host: h1,", "host: h9,", DiagnosticCode.unknownReference),
    ("flavor: tiny", "flavor: tinny", .unknownReference),
    ("group: apart", "group: together", .unknownReference),
    ("zone: az2, rack: r1", "zone: az9, rack: r1", .unknownReference),
    ("zone: az2, rack: r1", "zone: az1, rack: r1", .contradiction),
    ("{name: h2,", "{name: h1,", .duplicateName),
    ("id: \"7\"", "id: a", .duplicateName),
    ("memory: 512 MiB", "memory: -512 MiB", .value),
    ("memory: 512 MiB", "memory: 512", .unit),
    ("state: disabled", "state: broken", .value),
    ("vcpus: 1,", "vcpu: 1,", .unknownKey),
  ])
  func `what is wrong is reported with its code and place`(
    right: String, wrong: String, code: DiagnosticCode
  ) throws {
    let text = Self.sound.split(separator: right, maxSplits: 1, omittingEmptySubsequences: false)
    let (cloud, reading) = try build(text.joined(separator: wrong))
    #expect(cloud == nil)
    let problem = try #require(reading.diagnostics.first { $0.code == code })
    #expect(problem.place.line != nil)
    #expect(problem.help != nil || code == .value)
  }

  @Test func `like hosts are counted and named so that their names sort`() throws {
    let (built, reading) = try build(
      """
      name: counted
      hosts:
        - {name: n, count: 12, vcpus: 8, memory: 64 GiB}
        - {name: last, vcpus: 4, memory: 8 GiB}

      """)
    let cloud = try #require(built, "\(reading.text())")
    let names = (0..<cloud.hosts.count).map { cloud.hosts.names[$0] }
    #expect(names.count == 13)
    #expect(names.first == "n-01" && names[11] == "n-12" && names[12] == "last")
    #expect(names.prefix(12).sorted() == Array(names.prefix(12)))
  }

  @Test func `a counted host that meets a name there is already is a duplicate`() throws {
    let (cloud, reading) = try build(
      """
      name: counted
      hosts:
        - {name: n-2, vcpus: 4, memory: 8 GiB}
        - {name: n, count: 3, vcpus: 8, memory: 64 GiB}

      """)
    #expect(cloud == nil)
    #expect(reading.diagnostics.map(\.code) == [.duplicateName])
  }

  @Test func `a cloud without hosts is refused`() throws {
    let (cloud, reading) = try build("name: empty\n")
    #expect(cloud == nil)
    #expect(reading.diagnostics.map(\.code) == [.incomplete])
  }

  @Test func `a record written and read again is the same`() throws {
    var reading = Reading()
    let node = try Node.read(Self.sound, as: .yaml)
    let record = try #require(CloudKeys.cloud.decode(node, &reading))
    for text in [
      CloudKeys.cloud.encode(record).yaml(), CloudKeys.cloud.encode(record).json(.indented),
    ] {
      let again = CloudKeys.cloud.decode(try Node.read(text, as: .yaml), &reading)
      #expect(again == record)
    }
  }
}

/// Fleets: one record that stands for many like things.
struct CloudFleetTests {
  private func build(
    _ vms: String, groups: String = "[]"
  ) throws -> (cloud: Cloud?, reading: Reading) {
    let yaml = """
      name: fleets
      flavors: [{name: f, vcpus: 1, memory: 1 GiB}]
      hosts: [{name: a, count: 4, vcpus: 99, memory: 99 GiB}, {name: b, vcpus: 99, memory: 99 GiB}]
      groups: \(groups)
      vms: \(vms)

      """
    var reading = Reading(file: "cloud.yaml")
    let node = try Node.read(yaml, as: .yaml)
    let record = try #require(CloudKeys.cloud.decode(node, &reading))
    return (CloudFile.build(record, &reading), reading)
  }

  @Test func `VMs are dealt in turn, and records go on where the last one ended`() throws {
    let built = try build(
      """
      [{name: web, count: 6, flavor: f, spread_over: "a-*"},
       {name: app, count: 3, flavor: f, spread_over: "a-*"},
       {name: one, flavor: f, spread_over: [b, "a-1"]}]
      """)
    let cloud = try #require(built.cloud)
    #expect(cloud.vms.names.all.prefix(2) == ["web-1", "web-2"])
    #expect(cloud.vms.host == [0, 1, 2, 3, 0, 1, 2, 3, 0, 0])
    #expect(cloud.vms.names[9] == "one")
  }

  @Test func `groups are counted and their members dealt to them`() throws {
    let built = try build(
      "[{name: db, count: 6, flavor: f, group: quorum, spread_over: \"a-*\"}]",
      groups: "[{name: quorum, count: 3, policy: anti-affinity}]")
    let cloud = try #require(built.cloud)
    #expect(cloud.groups.map(\.name) == ["quorum-1", "quorum-2", "quorum-3"])
    #expect(cloud.vms.group == [0, 1, 2, 0, 1, 2])
  }

  @Test(
    arguments: [
      ("[{name: v, flavor: f, spread_over: \"c-*\"}]", "names no host"),
      ("[{name: v, flavor: f, host: b, spread_over: \"a-*\"}]", "has both"),
    ])
  func `what names no host is refused`(vms: String, message: String) throws {
    let (cloud, reading) = try build(vms)
    #expect(cloud == nil && reading.diagnostics.contains { $0.message.contains(message) })
  }
}
