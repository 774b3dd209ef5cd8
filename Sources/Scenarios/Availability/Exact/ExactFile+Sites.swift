import Availability

extension QuorumRecord {
  /// What it asks.
  var question: ExactProblem.Question {
    let quorum = Quorum(
      zoneAvailability: zoneAvailability, memberUnavailability: memberUnavailability)
    return .quorum(quorum, layouts: layouts)
  }
}

extension LossRecord {
  /// What it asks.
  var question: ExactProblem.Question {
    let loss = ZoneLoss(
      vms: vms, detectionSeconds: detection, serviceSeconds: service, parallel: parallel,
      headroom: headroom, outageSeconds: outage)
    return .loss(loss)
  }
}

extension RenewalRecord {
  /// What it asks.
  var question: ExactProblem.Question {
    let renewal = AlternatingRenewal(
      meanUpHours: meanUp, meanDownHours: meanDown, repairLogDeviation: deviation)
    return .renewal(renewal, intervalHours: interval)
  }
}

extension SharesRecord {
  /// What it asks.
  var question: ExactProblem.Question {
    .shares(
      cases.map {
        .init(name: $0.name, share: CommonCauseShare(beyond: $0.beyond, total: $0.total))
      })
  }
}

extension TierWord {
  /// The facility that the word means.
  var facility: FacilityTier {
    switch self {
    case .one: .one
    case .two: .two
    case .three: .three
    case .four: .four
    }
  }
}
