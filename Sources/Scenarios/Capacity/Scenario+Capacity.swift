import CloudModel
import Policies

extension Scenario {
  /// The question how many more VMs fit.
  ///
  /// Without flavors and mix, all public flavors that some host could run, and the mix of what runs
  /// now without devices. `mix` is a list such as `SCS-2V-8=3,SCS-8V-32=1`; a loss is `host`, `rack`, `zone`, or one
  /// of them by name, such as `zone:az2`; none stands for the three kinds.
  ///
  /// **Errors**: `option` if a name is not one of the cloud's, a number is no number, or a kind of
  /// loss is there twice.
  package func capacityQuestion(
    flavors: [String] = [], mix: String? = nil, losses: [String] = []
  ) throws(ScenarioError) -> CapacityQuestion {
    let isPlain = flavors.isEmpty && mix == nil
    let model = CapacityModel(of: cloud)
    var chosen: [Int] = []
    for name in flavors { chosen.append(try flavorIndex(name, option: "--flavor", model)) }
    if isPlain {
      chosen = cloud.flavors.indices.filter {
        cloud.flavors[$0].isPublic && model.canRun(flavor: $0)
      }
    }
    var parts = try mix.map { text throws(ScenarioError) in try self.parts(text, model) } ?? []
    if isPlain {
      // One full kind of device would make every answer about the rest a zero.
      parts = CapacityQuestion.mix(of: cloud) {
        cloud.flavors[$0].devices.isEmpty && model.canRun(flavor: $0)
      }
    }
    return CapacityQuestion(
      name: record.name, cloud: cloud, flavors: chosen, mix: parts, isMixFromCloud: isPlain,
      losses: try self.losses(losses))
  }

  private func flavorIndex(
    _ name: String, option: String, _ model: CapacityModel
  ) throws(ScenarioError) -> Int {
    guard let index = cloud.flavors.firstIndex(where: { $0.name == name }) else {
      throw unknown(name, option, "a flavor", cloud.flavors.map(\.name))
    }
    guard model.canRun(flavor: index) else {
      throw .option(
        name: option, value: name, allowed: "a flavor that some open host could run",
        help: "no host offers the size, the devices or the traits that it asks for")
    }
    return index
  }

  private func parts(
    _ text: String, _ model: CapacityModel
  ) throws(ScenarioError) -> [CapacityQuestion.Part] {
    var parts: [CapacityQuestion.Part] = []
    for item in text.split(separator: ",") {
      // A name of a flavor may hold the sign, a number may not.
      guard let sign = item.lastIndex(of: "="),
        let count = Int(item[item.index(after: sign)...].filter { $0 != " " }),
        (1...1_000_000).contains(count)
      else {
        throw .option(
          name: "--mix", value: text, allowed: "flavors with numbers from 1",
          help: "write for example --mix \"SCS-2V-8=3,SCS-8V-32=1\"")
      }
      var name = item[..<sign].drop { $0 == " " }
      while name.last == " " { name.removeLast() }
      let flavor = try flavorIndex(String(name), option: "--mix", model)
      if let known = parts.firstIndex(where: { $0.flavor == flavor }) {
        parts[known].count += count
      } else {
        parts.append(.init(flavor: flavor, count: count))
      }
    }
    guard !parts.isEmpty else {
      throw .option(
        name: "--mix", value: text, allowed: "one flavor with a number or more",
        help: "write for example --mix \"SCS-2V-8=3,SCS-8V-32=1\"")
    }
    return parts
  }

  private func losses(_ texts: [String]) throws(ScenarioError) -> [CapacityQuestion.Loss] {
    if texts.isEmpty { return CapacityQuestion.LossKind.allCases.map { .init($0) } }
    var losses: [CapacityQuestion.Loss] = []
    for text in texts {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let kind = CapacityQuestion.LossKind(rawValue: String(parts[0])),
        !losses.contains(where: { $0.kind == kind })
      else {
        throw .option(
          name: "--lose", value: text,
          allowed: "host, rack or zone, each at most once, alone or with a name",
          help: "write for example --lose zone, or --lose host:NAME")
      }
      let name = parts.count > 1 ? String(parts[1]) : nil
      if let name {
        let known = names(of: kind)
        guard known.contains(name) else { throw unknown(name, "--lose", "a \(kind)", known) }
      }
      losses.append(.init(kind, name: name))
    }
    return losses
  }

  private func names(of kind: CapacityQuestion.LossKind) -> [String] {
    switch kind {
    case .host: (0..<cloud.hosts.count).map { cloud.hosts.names[$0] }
    case .rack: cloud.racks.map(\.name)
    case .zone: cloud.zones.map(\.name)
    }
  }

  private func unknown(
    _ name: String, _ option: String, _ what: String, _ known: [String]
  ) -> ScenarioError {
    let sorted = known.sorted()
    let near = NearMiss.nearest(to: name, among: sorted).map { "did you mean `\($0)`? " } ?? ""
    let shown = sorted.prefix(8).joined(separator: ", ") + (sorted.count > 8 ? ", ..." : "")
    return .option(
      name: option, value: name, allowed: "\(what) of the cloud `\(cloud.name)`",
      help: near + "there are: \(shown)")
  }
}
