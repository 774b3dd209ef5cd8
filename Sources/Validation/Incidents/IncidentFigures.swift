import Stochastics

/// The figures of one provider's history, in the order of the documentation.
struct IncidentFigures {
  let history: IncidentHistory
  private let compute: [Incident]
  private let service: String

  init(_ history: IncidentHistory) {
    self.history = history
    compute = history.compute
    service = "\(history.provider)/compute"
  }

  var figures: [RecordedFigure] {
    let provider = history.provider
    let count = history.incidents.count
    return [.recorded("\(provider)/incidents", Double(count), count: count)]
      + durations(history.incidents, "\(provider)")
      + [.recorded("\(service)/incidents", Double(compute.count), count: compute.count)]
      + durations(compute, service) + reaches + shares + rates + identity
  }

  private func hours(_ incidents: [Incident]) -> [Double] {
    incidents.compactMap(\.hours).sorted()
  }

  private func durations(_ incidents: [Incident], _ name: String) -> [RecordedFigure] {
    DurationFigures.recorded(hours(incidents), name: "\(name)/duration_h")
  }

  private var reaches: [RecordedFigure] {
    var figures = IncidentReach.allCases.map { reach in
      RecordedFigure.recorded(
        "\(service)/reach/\(reach.rawValue).count",
        Double(compute.count { $0.reach == reach }), count: compute.count)
    }
    for (name, isBeyond) in [("zone", false), ("beyond_zone", true)] {
      let own = compute.filter { $0.reach.isBeyondZone == isBeyond }
      figures += durations(own, "\(service)/reach/\(name)")
    }
    return figures
  }

  /// Shares of those whose reach is known.
  private var shares: [RecordedFigure] {
    var figures = split(compute, "known")
    if history.knowsControlPlanes {
      figures += split(compute.filter { !$0.isControlPlane }, "without_control_plane")
    } else {
      figures += split(compute.filter(\.reach.isWithinRegion), "region_or_smaller")
    }
    let known = compute.filter { $0.reach.isBeyondZone != nil && $0.hours != nil }
    let total = known.compactMap(\.hours).reduce(0, +)
    if total > 0 {
      let zone = known.filter { $0.reach == .zone }.compactMap(\.hours).reduce(0, +)
      figures.append(
        RecordedFigure(
          name: "\(service)/known/one_zone_hours.share", measured: zone / total, naive: 1,
          count: known.count, basis: Self.independent))
    }
    return figures
  }

  private static let independent =
    "zones that share nothing keep every incident in one zone; nothing else predicts it"

  private func split(_ incidents: [Incident], _ name: String) -> [RecordedFigure] {
    let zone = incidents.count { $0.reach.isBeyondZone == false }
    let beyond = incidents.count { $0.reach.isBeyondZone == true }
    let known = zone + beyond
    guard known > 0 else { return [] }
    // A notice of one zone meets one of several, one of a region meets all.
    let seen = Double(beyond) + Double(zone) / IncidentHistory.zonesOfRegion
    return [
      RecordedFigure(
        name: "\(service)/\(name)/one_zone.share", measured: Double(zone) / Double(known),
        naive: 1, count: known, interval: .jeffreys(successes: zone, trials: known),
        basis: Self.independent),
      RecordedFigure(
        name: "\(service)/\(name)/beyond_zone.share", measured: Double(beyond) / Double(known),
        naive: 0, count: known, interval: .jeffreys(successes: beyond, trials: known),
        basis: Self.independent),
      RecordedFigure(
        name: "\(service)/\(name)/beyond_zone_seen_from_one.share",
        measured: Double(beyond) / seen, naive: 0, count: known,
        basis: "each region with three zones; " + Self.independent),
    ]
  }

  /// Incidents of a kind in a year.
  private var rates: [RecordedFigure] {
    guard let years = history.computeYears else { return [] }
    let regions = Double(history.regions.count)
    var figures: [RecordedFigure] = [
      .recorded("\(service)/years", years, count: compute.count),
      .recorded("\(service)/regions", regions, count: history.incidents.count),
    ]
    if regions > 0 {
      figures += rate(
        compute.filter { $0.reach == .zone }, "one_zone", per: "zone_year",
        over: years * regions * IncidentHistory.zonesOfRegion)
      let beyond = compute.filter { $0.reach.isBeyondZone == true }
      if history.knowsControlPlanes {
        figures += rate(beyond, "beyond_zone", per: "region_year", over: years * regions)
        figures += rate(
          beyond.filter(\.isControlPlane), "control_plane", per: "region_year",
          over: years * regions)
        figures += rate(
          beyond.filter { !$0.isControlPlane }, "region", per: "region_year", over: years * regions)
      } else {
        figures += rate(
          beyond.filter(\.reach.isWithinRegion), "region", per: "region_year", over: years * regions
        )
      }
    }
    let global = compute.filter { $0.reach == .global }
    if !history.knowsControlPlanes {
      figures += rate(global, "global", per: "year", over: years)
      let hours = global.compactMap(\.hours).reduce(0, +) / years
      figures.append(
        .recorded("\(service)/global_h_per_year", hours, count: global.count))
      if hours > 0 {
        figures.append(
          .recorded(
            "\(service)/share_hit_allowed_by_99.99", HostFailures.hoursOfYear * 1e-4 / hours,
            count: global.count, basis: "time that 99.99 % leaves over the time of global notices"))
      }
    }
    return figures
  }

  private func rate(
    _ incidents: [Incident], _ kind: String, per unit: String, over exposure: Double
  ) -> [RecordedFigure] {
    let counts = ConfidenceInterval.poisson(count: incidents.count)
    let rate = RecordedFigure.recorded(
      "\(service)/\(kind)_per_\(unit)", Double(incidents.count) / exposure, count: incidents.count,
      interval: ConfidenceInterval(
        low: counts.low / exposure, high: counts.high / exposure, level: 0.95))
    guard let median = RecordedQuantile.median(hours(incidents)) else { return [rate] }
    return [
      rate,
      .recorded(
        "\(service)/\(kind)_h.p50", median, count: incidents.count,
        interval: .quantile(of: hours(incidents), 0.5)),
    ]
  }

  private var identity: [RecordedFigure] {
    let own = history.incidents.filter(\.isIdentity)
    let provider = history.provider
    guard !own.isEmpty, let years = history.years(from: history.incidents) else { return [] }
    var figures: [RecordedFigure] = [
      .recorded("\(provider)/identity/incidents", Double(own.count), count: own.count),
      .recorded(
        "\(provider)/identity/global.count", Double(own.count { $0.reach == .global }),
        count: own.count),
      .recorded("\(provider)/identity/per_year", Double(own.count) / years, count: own.count),
    ]
    if let median = RecordedQuantile.median(hours(own)) {
      figures.append(
        .recorded("\(provider)/identity/duration_h.p50", median, count: own.count))
    }
    return figures
  }
}
