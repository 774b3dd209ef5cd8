/// A figure of a data set with counters, beside what the model says and how near it has to be.
package struct CounterRow: Sendable, Equatable {
  /// How far the model may be off.
  package enum Tolerance: Sendable, Equatable {
    /// By a share of what was measured.
    case share(Double)
    /// By a factor in either direction.
    case factor(Double)
  }

  /// Scenario and quantity, with its unit, joined by `/`.
  package var name: String
  /// What was measured.
  package var measured: Double
  /// What the model says.
  package var predicted: Double
  /// How near that has to be; nil: nothing was stated beforehand.
  package var tolerance: Tolerance?
  /// Whether a number of the model comes from this very figure.
  package var fitted = false
  /// What a guess without a model says: all of the guest's memory at the rate of the cap.
  package var naive: Double?
  /// How many observations the measured figure comes from.
  package var count: Int
  /// Where the model's numbers come from.
  package var basis: String

  /// The relative error of the model: predicted / measured - 1.
  package var error: Double { predicted / measured - 1 }

  /// Whether the model is near enough; nil without a tolerance.
  package var isMet: Bool? {
    switch tolerance {
    case .share(let share): abs(error) <= share
    case .factor(let factor): predicted <= measured * factor && predicted >= measured / factor
    case nil: nil
    }
  }
}

/// A verdict about convergence beside what the runs show.
package struct CounterVerdict: Sendable, Equatable {
  /// The scenario.
  package var name: String
  /// What the model says without knowing when the load ends.
  package var predicted: String
  /// What the runs show.
  package var measured: String
  /// How many runs show it.
  package var count: Int
  /// How many runs there are.
  package var runs: Int

  /// Whether they are the same.
  package var isMet: Bool { predicted == measured }
}
