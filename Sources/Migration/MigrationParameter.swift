package import CloudModel

/// A number of the model together with where it comes from.
package struct MigrationParameter: Sendable, Hashable {
  /// The name in files and reports.
  package let name: String
  /// What it is, in a phrase without a full stop.
  package let meaning: String
  /// The unit: `slots` counts whole ones, `flag` is 1 or 0, an empty one is a share.
  package let unit: String
  /// The value, in the unit.
  package private(set) var value: Double
  /// Where the value comes from.
  package private(set) var source: String
  /// `stated` where a measurement, a document or the user says so, `assumed` where nothing but
  /// convention does.
  package private(set) var evidence: Evidence
  /// The least value that makes sense.
  package let minimum: Double
  /// The greatest value that makes sense.
  package let maximum: Double

  /// A parameter with its default.
  init(
    _ name: String, _ meaning: String, _ value: Double, _ unit: String, _ evidence: Evidence,
    _ source: String,
    in range: ClosedRange<Double> = 0...Double.greatestFiniteMagnitude
  ) {
    self.name = name
    self.meaning = meaning
    self.unit = unit
    self.value = value
    self.source = source
    self.evidence = evidence
    minimum = range.lowerBound
    maximum = range.upperBound
  }

  /// Gives it another value.
  ///
  /// **Errors**: `badParameter` for a value outside `minimum...maximum`; nothing is changed then.
  package mutating func set(
    _ value: Double, source: String, evidence: Evidence = .stated
  ) throws(MigrationError) {
    guard value >= minimum, value <= maximum else {
      throw .badParameter(name: name, value: value)
    }
    self.value = value
    self.source = source
    self.evidence = evidence
  }
}
