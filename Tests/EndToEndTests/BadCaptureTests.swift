import Foundation
import TestSupport
import Testing

/// Captures of a cloud that were cut off or contradict themselves: refused with file and path.
struct BadCaptureTests {
  private static let source = Repository.root.appending(path: "scenarios/captures/testbed-a")

  /// A copy of the recorded capture with one file rewritten.
  private static func copy(
    to folder: TemporaryFolder, _ file: String, _ change: (Data) throws -> Data?
  ) throws {
    let target = URL(filePath: folder.path("capture"))
    try FileManager.default.copyItem(at: source, to: target)
    let place = target.appending(path: file)
    let changed = try change(try Data(contentsOf: place))
    try FileManager.default.removeItem(at: place)
    try changed?.write(to: place)
  }

  private static func replacing(_ old: String, _ new: String) -> @Sendable (Data) throws -> Data {
    { data in
      let text = String(decoding: data, as: UTF8.self)
      let pattern = try Regex(old)
      let changed = text.replacing(pattern, with: new)
      try #require(changed != text, "nothing matches \(old)")
      return Data(changed.utf8)
    }
  }

  /// What is done to a file of the capture, and what must be said.
  struct Spoilt: Sendable, CustomTestStringConvertible {
    var file: String
    var place: String
    var code: Int32 = 65
    var change: @Sendable (Data) throws -> Data?

    init(
      _ file: String, _ place: String, code: Int32 = 65,
      _ change: @escaping @Sendable (Data) throws -> Data?
    ) {
      (self.file, self.place, self.code, self.change) = (file, place, code, change)
    }

    var testDescription: String { "\(file) \(place)" }
  }

  static let servers = "servers-detail-latest.json"
  static let spoilt = [
    Spoilt(servers, servers) { $0.prefix($0.count / 2) },
    Spoilt("flavors-detail-2.75.json", "flavors-detail-2.75.json") { $0.dropLast(2) },
    Spoilt("index.json", "index.json", code: 66) { _ in nil },
    Spoilt("index.json", "index.json") { $0.prefix($0.count - 40) },
    Spoilt("index.json", "index.json") { _ in Data() },
    Spoilt("index.json", "index.json") { _ in Data("{\"a\": 1}".utf8) },
    Spoilt(
      "index.json", "index.json",
      replacing("\"file\":\"[^\"]*\"", "\"file\":\"../../etc/passwd\"")),
    Spoilt(servers, servers) { _ in nil },
    Spoilt(
      servers, servers,
      replacing("\"cmp-a-std01\"", "\"ghost\"")),
    Spoilt(
      "hypervisors-detail-latest.json", "hypervisors-detail-latest.json",
      replacing(
        "\"hypervisor_hostname\": \"cmp-a-std02\"", "\"hypervisor_hostname\": \"cmp-a-std01\"")),
    Spoilt(
      "rp-cmp-a-std01-inventories.json", "rp-cmp-a-std01-inventories.json",
      replacing("\"total\": [0-9]+", "\"total\": -5")),
    Spoilt(
      "rp-cmp-a-std01-inventories.json", "rp-cmp-a-std01-inventories.json",
      replacing("\"total\": [0-9]+", "\"total\": 9223372036854775807")),
    Spoilt(
      "flavors-detail-2.75.json", "flavors-detail-2.75.json",
      replacing("\"ram\": [0-9]+", "\"ram\": -4096")),
    Spoilt(
      "flavors-detail-2.75.json", "flavors-detail-2.75.json",
      replacing("\"ram\": [0-9]+", "\"ram\": 1e400")),
  ]

  @Test(arguments: spoilt)
  func `a spoilt capture is refused with file and path`(spoilt: Spoilt) throws {
    let folder = try TemporaryFolder()
    try Self.copy(to: folder, spoilt.file, spoilt.change)
    let before = folder.content
    let result = try BoundedProcess.run(
      ["collect", "openstack", "--capture", "capture", "--out", "cloud.json"], in: folder)
    expectError(result, spoilt.code, "E0301")
    #expect(
      result.stderr.contains("  --> capture/\(spoilt.place)")
        || result.stderr.contains("  --> capture/index.json"), Comment(rawValue: result.stderr))
    #expect(folder.content == before)
  }

  @Test func `a capture that is nothing at all is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "file")
    for capture in ["nosuch", "file", ""] {
      let result = try BoundedProcess.run(
        ["collect", "openstack", "--capture", capture, "--out", "cloud.json"], in: folder)
      expectError(result, 66, "E0301", help: "nothing was written")
    }
    #expect(folder.content == ["file"])
  }

  @Test func `a cloud file in the way is not replaced`() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "cloud.json")
    let collect = ["collect", "openstack", "--capture", Self.source.path, "--out", "cloud.json"]
    expectError(try BoundedProcess.run(collect, in: folder), 73, "E0140", help: "--force")
    #expect(try String(contentsOfFile: folder.path("cloud.json"), encoding: .utf8) == "mine")
    let column = try BoundedProcess.run(collect + ["--force", "-c", "nosuch"], in: folder)
    expectError(column, 64, "E0001", help: "kind, subject, text")
    #expect(try String(contentsOfFile: folder.path("cloud.json"), encoding: .utf8) == "mine")
  }
}
