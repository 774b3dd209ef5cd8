import Documents
import Scenarios

/// A record with a field of every kind of value, to test declarations with.
struct ExampleHost: Sendable, Equatable {
  enum State: String, CaseIterable, Sendable { case up, down, maintenance }

  var name = ""
  var count: Int64 = 0
  var share = 0.0
  var state = State.up
  var memory: Int64 = 0
  var boot: Int64 = 0
  var network = 0.0
  var since: Int64?
  var isSpare = false
  var traits: [String] = []
  var weights: [String: Double] = [:]
  var tags: [Entry<String>] = []
  var device: ExampleDevice?
  var devices: [ExampleDevice] = []
  var place = Place.none
}

/// A record inside another one.
struct ExampleDevice: Sendable, Equatable {
  var type = ""
  var count = 1
}

/// A record that holds its own kind.
struct ExampleGate: Sendable, Equatable {
  var name = ""
  var inputs: [ExampleGate] = []
}

enum DeclarationsExample {
  static let device = Section("device", "A device.", make: { ExampleDevice() }) {
    Key("type", \.type, .text(), "its type")
    Key("count", \.count, .wholeNumber(1...8), default: 1, "how many there are")
  }

  static let gate: Section<ExampleGate> = Section("gate", "A gate.", make: { ExampleGate() }) {
    Key("name", \.name, .text(), "its name")
    Key(
      "inputs", \.inputs, .list(of: .section(DeclarationsExample.gate, named: "gate")), default: [],
      "the gates below it")
  }

  static let lowerCase = TextRule(
    pattern: "^[a-z]+$", words: "a word of lower-case letters",
    isMet: { !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x61 < 26 } })

  static let host = Section(
    "host", "A host.", make: { ExampleHost() }, place: \.place,
    check: { record, node, reading in
      if record.isSpare, record.count > 0 {
        reading.report(
          .contradiction, "host `\(record.name)` is spare and has \(record.count) VMs",
          at: node["count"]?.place ?? node.place)
      }
    }
  ) {
    Key("name", \.name, .text(), "its name")
    Key("count", \.count, .wholeNumber(1 ... .max), default: 1, "how many | VMs it has")
    Key("share", \.share, .fraction, default: 0.5, "the share of memory")
    Key("state", \.state, .choice(), default: .up, "its state")
    Key("memory", \.memory, .bytes(1 << 20 ... .max), default: 64 << 30, "its memory")
    Key("boot", \.boot, .duration, default: 300_000_000, "the time of a reboot")
    Key("network", \.network, .bandwidth, default: 3.125e9, "the rate of its network")
    Key("since", \.since, optional: .instant, "when it was added")
    Key("spare", \.isSpare, .flag, default: false, "whether it is spare")
    Key("traits", \.traits, .list(of: .text(rule: lowerCase), count: 0...3), default: [], "traits")
    Key("weights", \.weights, .map(of: .number()), default: [:], "weights by name")
    Key("tags", \.tags, .entries(of: .text(isEmptyAllowed: true)), default: [], "tags")
    Key("device", \.device, optional: .section(device), "its own device")
    Key("devices", \.devices, .list(of: .section(device)), default: [], "all devices")
  }

  /// Reads a host from YAML.
  static func read(_ yaml: String) throws -> (ExampleHost?, Reading) {
    var reading = Reading(file: "a.yaml", source: SourceText(Array(yaml.utf8)))
    let record = host.decode(try Node.read(yaml, as: .yaml), &reading)
    return (record, reading)
  }
}
