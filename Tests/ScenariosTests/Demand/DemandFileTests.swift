import CloudModel
import Documents
import Scenarios
import Simulator
import Testing

/// What a file of demand becomes.
struct DemandFileTests {
  private static func events(
    _ text: String, names: DemandNames = DemandNames(),
    _ change: (inout DemandReplay) -> Void = { _ in }
  ) throws -> [String] {
    var replay = DemandReplay()
    change(&replay)
    let events = try DemandEvent.all(of: DemandFixture(text).open(names: names, replay: replay))
    #expect(DemandEvent.faults(events).isEmpty)
    return events.map(\.description)
  }

  @Test func `arrivals with exact instants and lives`() throws {
    let found = try Self.events(
      "time_s,vm,flavor,lifetime_s\n0,a,small,60\n1.5,b,large,\n1.5,c,small,0.000001\n")
    #expect(
      found == [
        "0.0 arrival 0 life 60.0 key -1", "1.5 arrival 1 key -1", "1.5 arrival 0 life 1e-06 key -1",
      ])
  }

  @Test func `departures and resizes by name, keys used again`() throws {
    let found = try Self.events(
      """
      time_s,event,vm,flavor
      0,arrive,a,small
      1,,b,large
      2,resize,a,large
      3,depart,a,
      4,arrive,c,small
      5,depart,b,
      5,depart,c,
      """)
    #expect(
      found == [
        "0.0 arrival 0 key 0", "1.0 arrival 1 key 1", "2.0 resize 1 key 0",
        "3.0 departure -1 key 0",
        "4.0 arrival 0 key 0", "5.0 departure -1 key 1", "5.0 departure -1 key 0",
      ])
  }

  @Test func `at one instant departures go first, then resizes, then arrivals`() throws {
    let found = try Self.events(
      """
      time_s,event,vm,flavor
      0,arrive,a,small
      0,arrive,b,small
      1,arrive,c,small
      1,resize,a,large
      1,depart,b,
      """)
    #expect(
      found == [
        "0.0 arrival 0 key 0", "0.0 arrival 0 key 1", "1.0 departure -1 key 1",
        "1.0 resize 1 key 0", "1.0 arrival 0 key 2",
      ])
  }

  @Test func `a VM that departs at the instant of its arrival stays a microsecond`() throws {
    let found = try Self.events("time_s,event,vm,flavor\n1,arrive,a,small\n1,depart,a,\n")
    #expect(found == ["1.0 arrival 0 key 0", "1.000001 departure -1 key 0"])
  }

  @Test func `a departure ends a life early, and one behind its end is dropped`() throws {
    let found = try Self.events(
      """
      time_s,event,vm,flavor,lifetime_s,lifetime_max_s
      0,arrive,a,small,100,
      0,arrive,b,small,10,10
      0,arrive,c,small,1,20
      5,depart,a,,,
      10,depart,b,,,
      20,depart,c,,,
      """)
    #expect(found.count == 4)
    #expect(found.last == "5.0 departure -1 key 0")
    let late = try DemandFixture.error(
      "time_s,event,vm,flavor,lifetime_s\n0,arrive,b,small,10\n11,depart,b,,\n")
    #expect(late == DemandError(.notThere(vm: "b"), line: 3, column: "vm"))
  }

  @Test func `zones are types of their own, and a resize stays in its zone`() throws {
    let names = DemandNames(zones: ["north", "south"])
    let fixture = try DemandFixture(
      """
      time_s,event,vm,flavor,zone
      0,arrive,a,small,
      1,arrive,b,small,south
      2,arrive,c,large,north
      3,resize,b,large,
      """)
    let file = try fixture.open(names: names)
    #expect(file.requests.map(\.zone) == [-1, 0, 1, -1, 0, 1])
    #expect(file.requests.map(\.flavor) == [0, 0, 0, 1, 1, 1])
    #expect(try DemandEvent.all(of: file).map(\.request) == [0, 2, 4, 5])
    #expect(try fixture.summary(names: names).frequencies == [1, 0, 1, 0, 1, 0])
    #expect(try fixture.summary(names: names).namesAgain)
  }

  @Test func `a window of the trace, stretched`() throws {
    let text =
      "time_s,event,vm,flavor,lifetime_s\n"
      + (0..<10).map { "\($0),,v\($0),small,3\n" }
      .joined()
    let found = try Self.events(text) {
      $0.from = 2_000_000
      $0.until = 5_000_000
      $0.stretch = 2
    }
    let withoutKeys = found.map { String($0.prefix(while: { $0 != "k" })) }
    #expect(
      withoutKeys == [
        "0.0 arrival 0 life 3.0 ", "2.0 arrival 0 life 3.0 ", "4.0 arrival 0 life 3.0 ",
      ])
  }

  @Test func `one who leaves beyond the end of the demand stays`() throws {
    let found = try Self.events(
      "time_s,event,vm,flavor\n0,,a,small\n4,depart,a,\n5,,b,small\n"
    ) { $0.until = 4_000_000 }
    #expect(found == ["0.0 arrival 0 key 0"])
  }

  @Test func `quotes, columns that are ignored, numbers of other programs`() throws {
    let found = try Self.events(
      "\u{FEFF}x-note,flavor,time_s,vm\r\n\"a, \"\"b\"\"\",\"small\",1e1,\"v,1\"\r\n,large,20.0000004,2\r\n"
    )
    #expect(found == ["10.0 arrival 0 key -1", "20.0 arrival 1 key -1"])
  }

  @Test func `JSON Lines say the same as CSV`() throws {
    let header =
      #"{"format":"demand","format_version":"1.0","flavors":[{"name":"small","vcpus":0.5,"#
      + #""memory_mib":2048,"disk_gib":1.5,"devices":[{"types":["A","B"],"count":2,"share":250}],"#
      + #""traits":["T","!U"],"frequency":2}]}"#
    let rows = """
      {"time_s":0,"vm":"a","flavor":"small","lifetime_s":1.5}

      {"time_s":2.25,"event":"arrive","vm":7,"flavor":"large","x-note":[1],"batch":null}
      {"time_s":3,"event":"depart","vm":"7"}
      """
    let expected = [
      "0.0 arrival 0 life 1.5 key 0", "2.25 arrival 1 key 0", "3.0 departure -1 key 0",
    ]
    #expect(try Self.events(rows) == expected)
    #expect(try Self.events(header + "\n" + rows) == expected)
    let fixture = try DemandFixture(header + "\n" + rows)
    #expect(
      try DemandHeader.flavors(of: fixture.path) == [
        DemandFlavor(
          name: "small", milliCPU: 500, memoryMiB: 2048, diskGiB: 2,
          devices: [DemandFlavor.Devices(types: ["A", "B"], count: 2, share: 250)],
          traits: ["T", "!U"])
      ])
    let bare = try DemandFixture(rows)
    #expect(try DemandHeader.flavors(of: bare.path).isEmpty)
  }

  @Test func `what is written reads back`() throws {
    let fixture = try DemandFixture("")
    for name in ["w.csv", "w.csv.gz"] {
      let path = fixture.folderPath + "/" + name
      var writer = try DemandWriter(path: path)
      try writer.append(DemandRow(time: 1_500_000, vm: "a,\"b\"", flavor: "small"))
      try writer.append(
        DemandRow(
          time: 2_000_000, within: 0, vm: "c", flavor: "large", life: 1, longestLife: 1,
          batch: "7"))
      try writer.commit()
      let file = try DemandFile(
        path: path, flavors: DemandFixture.flavors, names: DemandNames())
      #expect(
        try DemandEvent.all(of: file).map(\.description) == [
          "1.5 arrival 0 key -1", "2.0 arrival 1 life 1e-06 key -1",
        ])
    }
    let text = try FileContent.bytes(of: fixture.folderPath + "/w.csv")
    #expect(
      String(decoding: text, as: UTF8.self)
        == "\(DemandWriter.header)\n1.5,,\"a,\"\"b\"\"\",small,,,\n2,,c,large,0.000001,0.000001,7\n"
    )
  }

  @Test func `flavors bits are those of the fleet and of nobody`() throws {
    let flavor = DemandFlavor(
      name: "gpu", milliCPU: 1, memoryMiB: 1,
      devices: [DemandFlavor.Devices(types: ["B", "none"])], traits: ["T1", "!T2"])
    let names = try DemandNames(traits: ["T2"], deviceTypes: ["A", "B"]).adding([flavor])
    #expect(names.traits == ["T2", "T1"])
    #expect(names.deviceTypes == ["A", "B", "none"])
    let request = names.requests(for: [flavor], inZones: false)[0]
    #expect(request.requiredTraits == 2)
    #expect(request.forbiddenTraits == 1)
    #expect(request.devices.map(\.types) == [6])
    let many = (0..<65).map {
      DemandFlavor(name: "f\($0)", milliCPU: 1, memoryMiB: 1, traits: ["T\($0)"])
    }
    #expect(throws: DemandError.self) { try DemandNames().adding(many) }
  }
}
