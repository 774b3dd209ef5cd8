import CloudModel
import Documents
import Foundation
import Scenarios
import Simulator
import Testing

/// A demand in a temporary file, and its events.
final class DemandFixture {
  static let flavors = [
    DemandFlavor(name: "small", milliCPU: 1000, memoryMiB: 2048),
    DemandFlavor(name: "large", milliCPU: 8000, memoryMiB: 16_384),
  ]

  let path: String
  private let folder: URL

  init(_ bytes: [UInt8], name: String = "demand.csv") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "demand-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: name).path
    try AtomicFile.write(bytes, to: path)
  }

  convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The folder that the file stands in.
  var folderPath: String { folder.path }

  func open(
    names: DemandNames = DemandNames(), replay: DemandReplay = DemandReplay(),
    outline: DemandSummary? = nil
  ) throws -> DemandFile {
    try DemandFile(
      path: path, flavors: Self.flavors, names: names, replay: replay, outline: outline)
  }

  func summary(names: DemandNames = DemandNames()) throws -> DemandSummary {
    try DemandSummary(path: path, flavors: Self.flavors, names: names)
  }

  /// The error of reading a text to its end.
  static func error(
    _ text: String, names: DemandNames = DemandNames()
  ) throws -> DemandError? {
    let fixture = try DemandFixture(text)
    do {
      _ = try DemandEvent.all(of: fixture.open(names: names))
      return nil
    } catch let error as DemandError {
      return error
    }
  }
}

/// One event, to compare.
struct DemandEvent: Equatable, CustomStringConvertible {
  var time: Int64
  var kind: DemandKind
  var request: Int32
  var life: Int64
  var key: Int32

  /// As `12.5 arrival 0 life 60 key -1`.
  var description: String {
    let life = life < 0 ? "" : " life \(Double(life) / 1e6)"
    let name = ["departure", "resize", "arrival"][Int(kind.rawValue)]
    return "\(Double(time) / 1e6) \(name) \(request)\(life) key \(key)"
  }

  /// All events of a source, in blocks of a size.
  static func all(of source: some DemandSource, limit: Int = 7) throws -> [DemandEvent] {
    var source = source
    var events: [DemandEvent] = []
    var block = DemandBlock(limit: limit)
    while true {
      block.removeAll()
      try source.fill(&block)
      if block.count == 0 { return events }
      #expect(block.count <= limit)
      for index in 0..<block.count {
        events.append(
          DemandEvent(
            time: block.times[index], kind: block.kinds[index], request: block.requests[index],
            life: block.lives[index], key: block.keys[index]))
      }
    }
  }

  /// What breaks the promises of a demand: order, and keys that are nobody else's.
  static func faults(_ events: [DemandEvent]) -> [String] {
    var faults: [String] = []
    for (before, after) in zip(events, events.dropFirst())
    where (before.time, before.kind.rawValue) > (after.time, after.kind.rawValue) {
      faults.append("\(after) behind \(before)")
    }
    var ends: [Int32: Int64] = [:]
    for event in events where event.key >= 0 {
      let end = ends[event.key]
      switch event.kind {
      case .arrival:
        if let end, end > event.time { faults.append("\(event) has a key in use until \(end)") }
        ends[event.key] = event.life < 0 ? .max : event.time + event.life
      case .departure:
        if end.map({ event.time < $0 }) != true { faults.append("\(event) of nobody") }
        ends[event.key] = event.time
      case .resize: if end.map({ event.time < $0 }) != true { faults.append("\(event) of nobody") }
      }
    }
    return faults
  }
}
