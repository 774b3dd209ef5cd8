import Stochastics

/// Promises of providers beside what independence and recorded incidents say of them.
package struct PromiseValidation: Sendable {
  /// Every figure, promise by promise.
  package private(set) var rows: [RecordedFigure] = []
  /// What a reader has to know, as sentences.
  package private(set) var notes: [String] = []

  /// The shares of VMs that an incident is taken to hit, as nobody publishes it.
  private static let sharesHit = [("1_percent", 0.01), ("10_percent", 0.1), ("all", 1.0)]

  /// Lays the promises of a folder beside the incidents of another.
  ///
  /// **Errors**: those of the tables.
  package init(
    folder: String, incidents: String? = nil, seed: UInt64 = 1
  ) throws(RecordError) {
    let promises = try Promise.read(folder: folder)
    let records = try incidents.map { path throws(RecordError) in
      try IncidentRecords(folder: path)
    }
    for (index, promise) in promises.enumerated() {
      rows += table(promise)
      rows += pairing(promise, among: promises)
      for history in records?.histories ?? [] where history.provider == promise.provider {
        rows += credits(promise, history, seed: seed, subject: UInt64(index))
      }
    }
    notes = [
      "a promise is a rule for refunds, not a measurement",
      "refunds are taken as 10 % of a month's price below the promise, 25 % below 99 % and all "
        + "below 95 %: an assumption, the terms decide",
    ]
    let unchecked = promises.filter { $0.asOf == "unchecked" }.map(\.name)
    if !unchecked.isEmpty { notes.append("not checked: " + unchecked.joined(separator: ", ")) }
    let providers = Set(promises.map(\.provider))
    for history in records?.histories ?? [] where !providers.contains(history.provider) {
      notes.append("\(history.provider): incidents without a promise")
    }
  }

  private func table(_ promise: Promise) -> [RecordedFigure] {
    [
      .recorded("\(promise.name)/uptime", promise.uptime, count: 1, basis: basis(promise)),
      .recorded(
        "\(promise.name)/allowed_min_per_month",
        (1 - promise.uptime) * Promise.hoursOfMonth * 60, count: 1,
        basis: "a month of a twelfth of 365.25 days"),
    ]
  }

  private func basis(_ promise: Promise) -> String { "\(promise.origin), \(promise.asOf)" }

  /// The promise for several zones beside two independent VMs with the provider's promise for one.
  private func pairing(_ promise: Promise, among promises: [Promise]) -> [RecordedFigure] {
    let single = promises.first {
      $0.isSingle && $0.provider == promise.provider && $0.service == promise.service
    }
    guard promise.isZonal, let single else { return [] }
    let down = 1 - single.uptime
    let name = promise.name
    return [
      RecordedFigure(
        name: "\(name)/two_of_single", measured: promise.uptime, predicted: 1 - down * down,
        count: 1, basis: "two independent zones, each at the promise for one VM"),
      .recorded(
        "\(name)/beta_allowed", Self.beta(down: down, both: 1 - promise.uptime), count: 1,
        basis: "share of common causes at which two such zones still keep the promise"),
    ]
  }

  /// The share of a zone's unavailability that both may have in common so that both are down no
  /// more than `both`: beta q + ((1 - beta) q)^2 = both.
  static func beta(down: Double, both: Double) -> Double {
    guard down > 0, both > down * down else { return 0 }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      let found = middle * down + (1 - middle) * (1 - middle) * down * down
      if found < both { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Chance of a missed month and expected refund, for each share hit.
  private func credits(
    _ promise: Promise, _ history: IncidentHistory, seed: UInt64, subject: UInt64
  ) -> [RecordedFigure] {
    let compute = history.compute
    let regions = Double(history.regions.count)
    guard promise.isZonal || promise.isSingle, let years = history.computeYears, regions > 0
    else { return [] }
    let zone = compute.filter { $0.reach == .zone }
    let beyond = compute.filter {
      $0.reach.isBeyondZone == true && !$0.isControlPlane && $0.reach != .global
    }
    let exposure = years * regions
    let groups =
      [(beyond, exposure)]
      + (promise.isSingle ? [(zone, exposure * IncidentHistory.zonesOfRegion)] : [])
    let sources = groups.compactMap { incidents, exposure -> OutageModel.Source? in
      // A table needs a duration, as AWS does not state all.
      guard let hours = try? EmpiricalTable(values: incidents.compactMap(\.hours)) else {
        return nil
      }
      return OutageModel.Source(perYear: Double(incidents.count) / exposure, hours: hours)
    }
    guard sources.count == groups.count else { return [] }
    return Self.sharesHit.flatMap { word, share -> [RecordedFigure] in
      let model = OutageModel(
        sources: sources.map {
          OutageModel.Source(perYear: $0.perYear * share, hours: $0.hours)
        })
      let month = model.month(promise: promise.uptime, seed: seed, subject: subject)
      let name = "\(promise.name)/hit_\(word)"
      let basis =
        "incidents of \(history.provider) beyond one zone and short of global"
        + (promise.isSingle ? ", and of one zone" : "")
      return [
        RecordedFigure(
          name: "\(name)/month_missed.probability", predicted: month.missed,
          count: compute.count, basis: basis),
        RecordedFigure(
          name: "\(name)/expected_credit.share", predicted: month.credit, count: compute.count,
          basis: basis),
      ]
    }
  }
}
