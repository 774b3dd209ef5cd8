import Availability
import CloudModel
import Glibc
import Migration
import Policies
package import Simulator
import Stochastics

/// A cloud as a region whose parts fail in time, with what had to be simplified.
package struct RegionStudy: Sendable {
  /// The region.
  package var region: RecoveryRegion
  /// The share of memory in use.
  package var load: Double
  /// What is simpler here than in the cloud, in words.
  package var notes: [String]
}

extension Scenario {
  /// The cloud in time: its hosts and running VMs, what fails by the parts of the scenario, and how
  /// VMs come back. With a load, VMs are left out evenly until so much memory is in use.
  ///
  /// **Errors**: `invalid` or `option` for parts that do not fit and for a load above the cloud's.
  package func regionStudy(load: Double? = nil) throws(ScenarioError) -> RegionStudy {
    let intents: RecoveryIntents
    do throws(RecoveryError) {
      intents = try RecoveryIntents(cloud, rules: classRules)
    } catch {
      throw .option(
        name: "cloud", value: cloudPath, allowed: "a cloud whose VMs say how they come back",
        help: "\(error)")
    }
    var assembly = RegionAssembly(self, intents)
    try assembly.keepLoad(load)
    let region = assembly.region(outages: try regionOutages(), rules: recoveryRules)
    return RegionStudy(region: region, load: assembly.load, notes: assembly.notes)
  }

  /// What fails: hosts and racks by their parts, all wider things by their long-run figures.
  private func regionOutages() throws(ScenarioError) -> [OutageSource] {
    var scenario = self
    (scenario.record.availability.zones, scenario.record.availability.regions) = (nil, nil)
    let question = try scenario.availabilityQuestion()
    var sources: [OutageSource] = []
    let parts = question.model.parts
    for part in parts where part.kind == .host || part.kind == .rack {
      guard case .times(let up, let down, let sigma)? = part.failure else { continue }
      let repair = LifetimeModel.repair(hours: down, sigma: sigma)
      let isHost = part.domain == .host
      for index in 0..<(isHost ? cloud.hosts.count : cloud.racks.count)
      where isHost || part.domain == .rack {
        sources.append(
          OutageSource(
            name: isHost
              ? "\(part.name) \(cloud.hosts.names[index])"
              : "\(part.name) \(cloud.racks[index].name)",
            scope: isHost ? .host(index) : .rack(index), up: .exponential(mean: up), down: repair))
      }
    }
    let outages: [PartOutage]
    do throws(FaultTreeRefusal) {
      outages = try question.model.outages()
    } catch {
      throw .option(
        name: "availability.parts", value: "",
        allowed: "parts that an exact answer is possible for",
        help: error.help)
    }
    for outage in outages {
      let isStop = outage.stops.contains(.running)
      guard isStop || outage.stops.contains(.recovery) else { continue }
      let down = outage.unavailability / outage.frequencyPerHour
      let up = (1 - outage.unavailability) / outage.frequencyPerHour
      sources.append(
        OutageSource(
          name: outage.name, scope: isStop ? scope(of: outage) : .none, up: .exponential(mean: up),
          down: .repair(hours: down, sigma: outage.sigma),
          blocksRecovery: outage.zone == nil && outage.stops.contains(.recovery)
            && outage.share == 1, share: isStop ? outage.share : 1))
    }
    return sources
  }

  private func scope(of outage: PartOutage) -> OutageScope {
    if let zone = outage.zone { return .zone(zone) }
    guard let region = outage.region, cloud.regions.count > 1 else { return .region }
    return .hosts(
      (0..<cloud.hosts.count).filter { cloud.zones[cloud.hosts.zone[$0]].region == region })
  }

  /// How VMs come back: the scenario's queue, else the figures of a rebuild.
  private var recoveryRules: RecoveryRules {
    let (queue, parameters) = (record.availability.recovery, record.migration.parameters)
    let detection = parameters.detect.value + parameters.fence.value
    let service = parameters.rebuild.value + parameters.define.value + parameters.boot.value
    return RecoveryRules(
      detection: queue.detection.map { SimulatedDuration(microseconds: $0) }
        ?? SimulatedDuration(seconds: detection),
      service: .fixed(
        queue.service.map { SimulatedDuration(microseconds: $0) }
          ?? SimulatedDuration(seconds: service)),
      parallel: Int(queue.parallel),
      perHost: queue.perHost.map { Int($0) } ?? Int(parameters.buildsPerHost.value),
      boot: queue.boot.map { SimulatedDuration(microseconds: $0) }
        ?? SimulatedDuration(seconds: parameters.boot.value), placement: queue.placement)
  }
}

extension LifetimeModel {
  /// A time down with a mean, lognormal where its spread is known.
  fileprivate static func repair(hours: Double, sigma: Double?) -> LifetimeModel {
    guard let sigma, sigma > 0 else { return .exponential(mean: hours) }
    let variation = expm1(sigma * sigma).squareRoot()
    return .lognormal(LognormalShape(mean: hours, cv: variation))
  }
}
