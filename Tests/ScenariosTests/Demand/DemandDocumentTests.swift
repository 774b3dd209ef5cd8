import Documents
import Scenarios
import Simulator
import TestSupport
import Testing

/// The examples of docs/demand.md are what they claim to be.
struct DemandDocumentTests {
  /// The blocks of a language, in order.
  private static func blocks(_ language: String) throws -> [String] {
    let text = try Repository.text(of: "docs/demand.md")
    return text.components(fencedBy: language)
  }

  @Test func `CSV and JSON Lines of the text are the same demand`() throws {
    let csv = try DemandFixture(#require(try Self.blocks("csv").first))
    let lines = try DemandFixture(#require(try Self.blocks("jsonl").first))
    let table = try DemandFixture(#require(try Self.blocks("flavors").first))
    let flavors = try DemandFlavorTable.read(table.path)
    #expect(flavors.map(\.name) == ["small", "large", "gpu"])
    #expect(flavors[0].milliCPU == 500)
    #expect(flavors[1].diskGiB == 40)
    #expect(flavors[2].devices.map(\.share) == [500])
    #expect(try DemandHeader.flavors(of: lines.path) == flavors)
    let names = try DemandNames(zones: ["north"]).adding(flavors)
    let events = try [csv, lines].map {
      try DemandEvent.all(of: DemandFile(path: $0.path, flavors: flavors, names: names))
    }
    #expect(events[0] == events[1])
    #expect(events[0].count == 6)
    #expect(DemandEvent.faults(events[0]).isEmpty)
  }

  @Test func `the sections of the text are read and written back`() throws {
    let blocks = try Self.blocks("yaml")
    #expect(blocks.count == 2)
    for block in blocks {
      var reading = Reading()
      let record = DemandKeys.demand.decode(try Node.read(block, as: .yaml), &reading)
      #expect(reading.diagnostics.isEmpty, "\(reading.text())")
      let first = try #require(record)
      let again = DemandKeys.demand.decode(Node(DemandKeys.demand.encode(first)), &reading)
      #expect(again == first)
    }
  }
}

extension String {
  /// What stands in the fenced blocks of a language.
  fileprivate func components(fencedBy language: String) -> [String] {
    var found: [String] = []
    var lines: [Substring]?
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```", let block = lines {
        found.append(block.map { $0 + "\n" }.joined())
        lines = nil
      } else if line == "```\(language)" {
        lines = []
      } else {
        lines?.append(line)
      }
    }
    return found
  }
}
