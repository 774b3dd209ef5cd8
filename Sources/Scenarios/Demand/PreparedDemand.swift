package import Documents
package import Simulator
package import CloudModel
import Stochastics

/// The demand of a scenario, read once and ready to be replayed in any replication.
package struct PreparedDemand: Sendable {
  /// The flavors of the demand.
  package let flavors: [DemandFlavor]
  /// The names that the bits of requests mean; a fleet must be made with these traits.
  package let names: DemandNames
  /// The types of requests.
  package let requests: [PlacementRequest]
  /// How often each type is expected, in any unit.
  package let frequencies: [Double]
  /// What a pass over the trace found; nil for a demand that is generated.
  package let summary: DemandSummary?

  private enum Origin: Sendable {
    case trace(path: String, DemandReplay)
    case model(DemandModel)
  }

  private let origin: Origin

  /// The events of a replication.
  ///
  /// **Errors**: `ScenarioError`; what is wrong in a trace shows while it is read.
  package func source(seed: UInt64, replication: UInt64) throws(ScenarioError) -> any DemandSource {
    switch origin {
    case .trace(let path, var replay):
      replay.seed = seed
      replay.replication = replication
      do throws(DemandError) {
        return try DemandFile(
          path: path, flavors: flavors, names: names, replay: replay, outline: summary)
      } catch { throw error.scenarioError(in: path) }
    case .model(let model):
      do throws(StochasticsError) {
        return try DemandGenerator(
          model, requests: requests, seed: seed, replication: replication)
      } catch { preconditionFailure("A scenario's model of demand is checked when it is read.") }
    }
  }

  /// The path of the trace, to name it in messages; nil for a demand that is generated.
  package var path: String? {
    if case .trace(let path, _) = origin { path } else { nil }
  }
}

extension PreparedDemand {
  /// Reads what a scenario says of its demand, and its trace once.
  ///
  /// `names` are those of the cloud; `place` tells where in the scenario's file a value stands.
  /// **Errors**: `ScenarioError` with the place in the trace, table or scenario.
  package init(
    _ record: DemandRecord, names: DemandNames, cloudFlavors: [DemandFlavor], folder: String,
    file: String = "", place: @escaping (String) -> Place? = { _ in nil }
  ) throws(ScenarioError) {
    let finding = Finding(file: file, place: place)
    let path = record.trace.map { Scenario.path($0, in: folder) }
    let flavors = try Self.flavors(record, cloudFlavors, trace: path, folder: folder)
    do throws(DemandError) { self.names = try names.adding(flavors) } catch {
      throw error.scenarioError(in: file)
    }
    self.flavors = flavors
    if let path {
      var replay = DemandReplay()
      replay.keep = record.keep
      replay.from = record.from
      replay.until = record.until
      replay.stretch = record.stretch
      do throws(DemandError) {
        let summary = try DemandSummary(
          path: path, flavors: flavors, names: self.names, replay: replay)
        let source = try DemandFile(
          path: path, flavors: flavors, names: self.names, replay: replay, outline: summary)
        (requests, frequencies, self.summary) = (source.requests, summary.frequencies, summary)
      } catch { throw error.scenarioError(in: path) }
      origin = .trace(path: path, replay)
    } else if let generate = record.generate {
      let mix = try Self.mix(generate, flavors, self.names, finding)
      requests = mix
      frequencies = generate.mix.map(\.weight)
      summary = nil
      origin = .model(Self.model(generate, until: record.until))
    } else {
      throw finding.error(
        .incomplete, "demand needs `trace` or `generate`", at: "demand",
        help: "name a trace, or say what to generate")
    }
  }

  /// Where problems of the scenario are reported.
  private struct Finding {
    let file: String
    let place: (String) -> Place?

    func error(
      _ code: DiagnosticCode, _ message: String, at path: String, help: String
    ) -> ScenarioError {
      var reading = Reading(file: file)
      reading.report(code, message, at: place(path) ?? .none, help: help)
      return .invalid(reading)
    }
  }

  private static func flavors(
    _ record: DemandRecord, _ cloudFlavors: [DemandFlavor], trace: String?, folder: String
  ) throws(ScenarioError) -> [DemandFlavor] {
    if !record.flavors.isEmpty { return record.flavors.map(\.flavor) }
    if let file = record.flavorsFile {
      let path = Scenario.path(file, in: folder)
      do throws(DemandError) { return try DemandFlavorTable.read(path) } catch {
        throw error.scenarioError(in: path)
      }
    }
    guard let trace else { return cloudFlavors }
    do throws(DemandError) {
      let own = try DemandHeader.flavors(of: trace)
      return own.isEmpty ? cloudFlavors : own
    } catch { throw error.scenarioError(in: trace) }
  }

  /// The type of request of each entry of a mix.
  private static func mix(
    _ record: GenerateRecord, _ flavors: [DemandFlavor], _ names: DemandNames, _ finding: Finding
  ) throws(ScenarioError) -> [PlacementRequest] {
    let types = names.requests(for: flavors, inZones: true)
    var requests: [PlacementRequest] = []
    for (index, entry) in record.mix.enumerated() {
      let path = "demand.generate.mix[\(index)]"
      guard let flavor = flavors.firstIndex(where: { $0.name == entry.flavor }) else {
        let near = NearMiss.nearest(to: entry.flavor, among: flavors.map(\.name))
        throw finding.error(
          .unknownReference, "no flavor is called `\(entry.flavor)`", at: path + ".flavor",
          help: near.map { "did you mean `\($0)`?" } ?? "add it to `flavors`")
      }
      var zone = 0
      if let name = entry.zone {
        guard let found = names.zones.firstIndex(of: name) else {
          let near = NearMiss.nearest(to: name, among: names.zones)
          throw finding.error(
            .unknownReference, "no zone of the cloud is called `\(name)`", at: path + ".zone",
            help: near.map { "did you mean `\($0)`?" } ?? "leave it out for any zone")
        }
        zone = found + 1
      }
      requests.append(types[flavor * (names.zones.count + 1) + zone])
    }
    return requests
  }

  private static func model(_ record: GenerateRecord, until: Int64?) -> DemandModel {
    var model = DemandModel(perHour: record.perHour, weights: record.mix.map(\.weight))
    model.daily = record.daily
    model.burst = record.batch.map(checked)
    model.life = record.lifetime.map(checked)
    model.resizesPerHour = record.resizesPerHour
    model.until = until
    return model
  }

  private static func checked(_ record: DistributionRecord) -> Distribution {
    do throws(DistributionRecord.Fault) { return try record.distribution() } catch {
      preconditionFailure("A scenario's distributions are checked when it is read.")
    }
  }
}
