package import CloudModel
import Policies

/// Everything that decides the answer about the placement of a demand.
package struct PlacementQuestion: Sendable {
  /// A policy with its options.
  package struct Contender: Sendable {
    /// The name.
    package var name: String
    /// The policy.
    package var policy: any PlacementPolicy
  }

  /// The name of the scenario.
  package var name: String
  /// The hosts at the start.
  package var fleet: Fleet
  /// The demand.
  package var demand: PreparedDemand
  /// The policies, the first being the one that the others are compared with.
  package var policies: [Contender]
  /// Seed of all draws.
  package var seed: UInt64
  /// How often the demand is drawn and placed.
  package var replications: Int
  /// Microseconds after the start at which it ends; nil: with the last event of the demand.
  package var until: Int64?
  /// Microseconds at the start that are not measured.
  package var warmUp: Int64
  /// Microseconds between two samples.
  package var sampleInterval: Int64
}

extension Scenario {
  /// How often a demand is placed if the scenario does not say it.
  package static let demandReplications: Int64 = 10

  /// The word that stands for all policies of the catalogue.
  package static let allPolicies = "all"

  /// The question about the scenario's demand.
  ///
  /// **Errors**: `invalid` or `option` for a policy that there is not, an option that it does not
  /// have, or a demand that cannot be read.
  package func placementQuestion() throws(ScenarioError) -> PlacementQuestion {
    let placement = record.placement
    var names = DemandNames(
      zones: cloud.zones.map(\.name), traits: [], deviceTypes: cloud.deviceTypes.map(\.name))
    let demand = try PreparedDemand(
      record.demand ?? DemandRecord(), names: names,
      cloudFlavors: DemandFlavor.flavors(of: cloud), folder: folder, file: text.reading.file,
      place: { text.place(of: $0) })
    names = demand.names
    var fleet = Fleet(of: cloud, traits: names.traits)
    fleet.deviceTypes = names.deviceTypes
    var contenders: [PlacementQuestion.Contender] = []
    for (index, name) in placement.policies.enumerated() {
      if name == Self.allPolicies {
        for type in PolicyCatalog.placement {
          contenders.append(try contender(type.name, at: index))
        }
      } else {
        contenders.append(try contender(name, at: index))
      }
    }
    return PlacementQuestion(
      name: record.name, fleet: fleet, demand: demand, policies: contenders,
      seed: UInt64(record.seed),
      replications: Int(record.replications ?? Self.demandReplications), until: placement.until,
      warmUp: placement.warmUp, sampleInterval: placement.sample)
  }

  private func contender(
    _ name: String, at index: Int
  ) throws(ScenarioError) -> PlacementQuestion.Contender {
    let path = "placement.policies[\(index)]"
    guard let type = PolicyCatalog.placement(named: name) else {
      let known = PolicyCatalog.placement.map { $0.name }
      let near = NearMiss.nearest(to: name, among: known).map { "did you mean `\($0)`? " } ?? ""
      throw wrong(
        "\(path) must be a placement policy, found \"\(name)\"", at: path, .unknownReference,
        option: "--policy", value: name, allowed: "a placement policy",
        help: near + "there are: " + known.joined(separator: ", "))
    }
    let place = record.placement.options.firstIndex { $0.policy == name }
    let values = place.map { record.placement.options[$0].values } ?? Properties()
    do throws(PlacementPolicyError) {
      return PlacementQuestion.Contender(name: name, policy: try type.init(options: values))
    } catch {
      switch error {
      case .option(let option, let value, let allowed):
        let path = "placement.options[\(place ?? 0)]"
        throw wrong(
          "\(path): option `\(option)` of \(name) must be \(allowed), found \"\(value)\"", at: path,
          .value, option: "--set \(path)", value: value, allowed: allowed,
          help: "see `berth policies show \(name)`")
      }
    }
  }

  /// A problem at its place in the file, or with the option that said it.
  private func wrong(
    _ message: String, at path: String, _ code: DiagnosticCode, option: String, value: String,
    allowed: String, help: String
  ) -> ScenarioError {
    if let reading = problem(message, at: path, code: code, help: help) { return .invalid(reading) }
    return .option(name: option, value: value, allowed: allowed, help: help)
  }
}
