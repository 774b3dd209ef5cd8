/// A failure that is not explained further.
package struct BasicEvent: Sendable, Equatable {
  /// Its name.
  package var name: String
  /// The share of time it is there, or the chance that it is met on demand.
  package var probability: Double
  /// How often it begins, per hour; 0 for events on demand, which begin nothing.
  package var frequencyPerHour: Double

  /// An event.
  package init(_ name: String, _ probability: Double, frequencyPerHour: Double = 0) {
    self.name = name
    self.probability = probability
    self.frequencyPerHour = frequencyPerHour
  }

  /// A part that is up for a mean time and then down for a mean time.
  ///
  /// **Units**: hours; both positive.
  ///
  /// **Source**: renewal theory: U = MTTR / (MTBF + MTTR), with MTBF as mean up time.
  package init(_ name: String, meanUpHours: Double, meanDownHours: Double) {
    self.init(
      name, meanDownHours / (meanUpHours + meanDownHours),
      frequencyPerHour: 1 / (meanUpHours + meanDownHours))
  }

  /// What is wrong with its numbers, or nil.
  func problem(at number: Int) -> FaultTreeProblem? {
    guard probability >= 0, probability <= 1 else {
      return .probabilityOutOfRange(event: number, probability: probability)
    }
    guard frequencyPerHour >= 0, frequencyPerHour.isFinite else {
      return .badFrequency(event: number, frequency: frequencyPerHour)
    }
    return nil
  }
}
