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
