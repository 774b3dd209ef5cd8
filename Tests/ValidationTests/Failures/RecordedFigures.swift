import Testing
import Validation

/// Figures by name, for tests.
struct RecordedFigures {
  let rows: [RecordedFigure]

  func row(_ name: String) throws -> RecordedFigure {
    try #require(rows.first { $0.name == name }, "no row \(name)")
  }

  /// Whether the measured figure is the expected one to its last digit.
  func expect(_ name: String, _ expected: Double, within half: Double) throws {
    let measured = try #require(try row(name).measured, "\(name) is not measured")
    #expect(abs(measured - expected) <= half * 1.000_001, "\(name): \(measured)")
  }
}
