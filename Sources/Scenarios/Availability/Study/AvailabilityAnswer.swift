package import Availability

/// The answer about the availability of a scenario's services.
package struct AvailabilityAnswer: Sendable {
  /// The question.
  package var question: AvailabilityQuestion
  /// One for each service, in the order of the question.
  package var services: [ServiceAnswer]
}

/// The answer about one service.
package struct ServiceAnswer: Sendable {
  /// The service.
  package var shape: ServiceShape
  /// One for each impact, in their order.
  package var impacts: [ImpactAnswer]
  /// The largest share of facility failures common to all zones with which it would be available as
  /// claimed, if zones shared nothing else; nil: not even with none, or nothing to share.
  package var threshold: Double?
  /// What happens to it in simulated years; nil: not simulated.
  package var history: ServiceHistory?
}

/// The answer about one impact on a service.
package struct ImpactAnswer: Sendable {
  /// The impact.
  package var impact: Impact
  /// What is shared as it is.
  package var shared: ServiceAnalysis
  /// The unavailability if every zone had its own of everything.
  package var independent: Double

  /// How many times as much time is lost as independent zones would lose; nil where they lose none.
  package var lossFactor: Double? {
    independent > 0 ? shared.unavailability / independent : nil
  }
}

/// Whether a promise is kept.
package enum ClaimVerdict: String, Sendable {
  /// It is.
  case met
  /// It is not.
  case notMet = "not_met"
  /// The interval contains it.
  case undecided

  /// The verdict about an availability that is known exactly.
  package init(availability: Double, claim: Double) {
    self = availability >= claim ? .met : .notMet
  }
}

/// Answers questions about availability.
package enum AvailabilityAnalysis {
  /// The exact answer, and so many simulated years for what it does not say.
  ///
  /// **Errors**: `ScenarioError` where a service is too large for an exact answer.
  package static func answer(
    to question: AvailabilityQuestion, years: Int = 0
  ) throws(ScenarioError) -> AvailabilityAnswer {
    var services: [ServiceAnswer] = []
    for shape in question.services {
      do throws(FaultTreeRefusal) {
        services.append(try answer(shape, question, years))
      } catch {
        throw .option(
          name: "service \(shape.name)", value: "\(shape.replicas.count) replicas",
          allowed: "one that an exact answer is possible for", help: error.help)
      }
    }
    return AvailabilityAnswer(question: question, services: services)
  }

  private static func answer(
    _ shape: ServiceShape, _ question: AvailabilityQuestion, _ years: Int
  ) throws(FaultTreeRefusal) -> ServiceAnswer {
    var impacts: [ImpactAnswer] = []
    for impact in Impact.allCases {
      let shared = try ServiceAnalysis(question.model.tree(of: shape, impact))
      let split = question.model.tree(of: shape, impact, .split)
      impacts.append(
        ImpactAnswer(
          impact: impact, shared: shared,
          independent: try FaultTreeAnalysis(split.tree).probability))
    }
    let running = question.model.tree(of: shape, .running)
    return ServiceAnswer(
      shape: shape, impacts: impacts,
      threshold: try CommonCauseThreshold.beta(question.model, shape, claim: question.claim),
      history: years > 0
        ? ServiceHistory(running, claim: question.claim, years: years, seed: question.seed) : nil)
  }
}

extension AvailabilityAnswer {
  /// Whether every service runs as much of the time as claimed.
  package var keepsClaim: Bool {
    services.allSatisfy { service in
      service.impacts.allSatisfy { answer in
        answer.impact != .running || 1 - answer.shared.unavailability >= question.claim
      }
    }
  }
}
