import CloudModel
import Testing

/// Agreement with the answers of the SCS project's own checker.
@Suite(.enabled(if: FlavorNameVectors.areAvailable, "the SCS test vectors are not at hand"))
struct FlavorNameVectorTests {
  private let rows = FlavorNameVectors.rows(of: "names.csv")

  @Test func checkerModeAnswersAsTheChecker() {
    #expect(rows.count == 132)
    for row in rows {
      let name = row["name", default: ""]
      for syntax in SCSFlavorName.Syntax.allCases {
        let reading = FlavorNameReading(name, mode: .checker, only: syntax)
        #expect(Self.word(of: reading) == row["peer_" + syntax.rawValue], "\(name) \(syntax)")
      }
      let reading = FlavorNameReading(name, mode: .checker)
      #expect(reading.verdict.rawValue == row["cert"], "\(name)")
      let error = reading.error == .notSCS ? nil : reading.error
      #expect(error?.code ?? "" == row["reason"], "\(name)")
      #expect(error?.rest ?? "" == row["rest"], "\(name)")
      expectFields(of: reading, row)
    }
  }

  @Test func strictModeFollowsTheText() {
    for row in rows {
      let name = row["name", default: ""]
      let reading = FlavorNameReading(name, mode: .strict)
      switch row["text"] {
      case "same", "discouraged":
        for syntax in SCSFlavorName.Syntax.allCases {
          let reading = FlavorNameReading(name, mode: .strict, only: syntax)
          #expect(Self.word(of: reading) == row["peer_" + syntax.rawValue], "\(name) \(syntax)")
        }
        expectFields(of: reading, row)
      case "valid", "valid-example":
        #expect(reading.flavor != nil, "\(name)")
      case "invalid":
        #expect(reading.flavor == nil, "\(name)")
      default:
        #expect(row["text"] == "unclear", "\(name)")
      }
    }
  }

  private static func word(of reading: FlavorNameReading) -> String {
    if reading.error == .notSCS { return "not-scs" }
    return reading.flavor == nil ? "invalid" : "valid"
  }

  private func expectFields(of reading: FlavorNameReading, _ row: [String: String]) {
    for (key, value) in reading.fields where !["valid", "syntax"].contains(key) {
      #expect(value.csvText == row[key], "\(reading.name) \(key)")
    }
    let flavor = reading.flavor
    #expect(flavor?.specCPUType ?? "" == row["spec_cpu_type"], "\(reading.name)")
    let disks = flavor?.specDiskTypes.joined(separator: "|")
    #expect(disks ?? "" == row["spec_disk_types"], "\(reading.name)")
    let names = flavor?.specNames.joined(separator: "|")
    #expect(names ?? "" == row["spec_names"], "\(reading.name)")
  }
}

extension FlavorFieldValue {
  /// The value as the vectors write it.
  fileprivate var csvText: String {
    switch self {
    case .integer(let number): "\(number)"
    case .decimal(let text), .text(let text): text
    case .null: ""
    }
  }
}
