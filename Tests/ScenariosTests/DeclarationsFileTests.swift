import Documents
import Foundation
import Scenarios
import Testing

/// A file with lists of records, read as a stream or at once.
struct DeclarationsFileTests {
  struct CloudRecord: Sendable, Equatable {
    var name = ""
    var hosts: [ExampleHost] = []
    var notes: Document = .null
  }

  static let cloud = Section("cloud", "A cloud.", make: { CloudRecord() }) {
    Key("name", \.name, .text(), "its name")
    Key(
      "hosts", \.hosts, .list(of: .section(DeclarationsExample.host), count: 1 ... .max),
      default: [], "hosts")
    Key("notes", \.notes, .any, default: .null, "anything")
  }

  static func decode(_ text: String, _ format: DocumentFormat) throws -> (CloudRecord?, Reading) {
    var reading = Reading(file: "f")
    let source = try DocumentSource(Array(text.utf8), as: format)
    return (cloud.decode(source, &reading), reading)
  }

  @Test func `a stream gives the same record as a document`() throws {
    let text = #"{"name":"c","hosts":[{"name":"a"},{"name":"b","count":2}],"notes":[1,[2]]}"#
    let (streamed, _) = try Self.decode(text, .json)
    var reading = Reading()
    var whole = Self.cloud.decode(try Node.read(text, as: .json), &reading)
    #expect(whole != nil)
    #expect(streamed == whole)
    #expect(streamed?.notes == [1, [2]])
    let (fromYAML, _) = try Self.decode(Self.cloud.encode(try #require(whole)).yaml(), .yaml)
    for index in 0..<2 { whole?.hosts[index].place = fromYAML?.hosts[index].place ?? .none }
    #expect(fromYAML == whole)
  }

  @Test func `a stream reports the same problems as a document`() throws {
    let text = #"{"nam":"c","hosts":[{"name":"a","count":0},3],"x-y":[1],"more":[{}],"name":[]}"#
    let (record, reading) = try Self.decode(text, .json)
    #expect(record == nil)
    #expect(
      reading.diagnostics.map { "\($0.code.label) \($0.path)" } == [
        "E0110 nam", "E0104 hosts[0].count", "E0104 hosts[1]", "E0110 more", "E0104 name",
      ])
    var whole = Reading(file: "f")
    #expect(Self.cloud.decode(try Node.read(text, as: .json), &whole) == nil)
    #expect(whole.diagnostics == reading.diagnostics)
  }

  @Test func `a text that ends early is one of the problems`() throws {
    let (record, reading) = try Self.decode(#"{"hosts":[{"name":"a","count":0},{"na"#, .json)
    #expect(record == nil)
    #expect(reading.diagnostics.map(\.code) == [.value, .syntax])
    #expect(reading.diagnostics[1].place.byte == 37)
    #expect(
      try Self.decode(#"{"name":"a","hosts":[]}"#, .json).1.diagnostics.map(\.code) == [.count])
  }

  @Test func `files are loaded with their text, or as a stream beyond the limit`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "cloud-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "c.json").path
    try AtomicFile.write(#"{"name":"c","hosts":[{"name":"a","count":0}]}"#, to: path)
    var limits = DocumentLimits()
    for bytes in [1 << 20, 10] as [Int64] {
      limits.bytes = bytes
      let (record, reading) = try Self.cloud.load(path: path, limits: limits)
      #expect(record == nil)
      #expect(reading.diagnostics.map(\.code) == [.value])
      #expect(reading.diagnostics[0].place == Place(line: 1, column: 42, byte: 41))
      #expect(reading.text().contains("^") == (bytes > 10))
    }
    #expect(throws: DocumentError.missing(path: path + "x")) {
      try Self.cloud.load(path: path + "x")
    }
    let yaml = folder.appending(path: "c.yaml").path
    try AtomicFile.write("a: [", to: yaml)
    #expect(try Self.cloud.load(path: yaml).reading.diagnostics.map(\.code) == [.syntax])
  }
}
