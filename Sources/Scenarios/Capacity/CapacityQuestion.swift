package import CloudModel

/// The question how many more VMs fit, now and after a loss.
package struct CapacityQuestion: Sendable {
  /// What can be lost.
  package enum LossKind: String, Sendable, CaseIterable {
    /// One host.
    case host
    /// All hosts of a rack.
    case rack
    /// All hosts of a zone.
    case zone
  }

  /// A loss that is asked about.
  package struct Loss: Sendable, Equatable {
    /// What is lost.
    package var kind: LossKind
    /// Its name; nil asks for the worst of the kind.
    package var name: String?

    /// A loss.
    package init(_ kind: LossKind, name: String? = nil) {
      self.kind = kind
      self.name = name
    }
  }

  /// A number of VMs of a flavor in one batch.
  package struct Part: Sendable, Equatable {
    /// Index of the flavor.
    package var flavor: Int
    /// How many VMs.
    package var count: Int

    /// A part of a batch.
    package init(flavor: Int, count: Int) {
      self.flavor = flavor
      self.count = count
    }
  }

  /// The name of the scenario.
  package var name: String
  /// The cloud.
  package var cloud: Cloud
  /// The flavors that are asked about, one by one.
  package var flavors: [Int]
  /// One batch of the mix; empty asks about no mix.
  package var mix: [Part]
  /// Whether the mix is that of the VMs that run now.
  package var isMixFromCloud: Bool
  /// At most one loss of each kind.
  package var losses: [Loss]

  /// A question; each flavor of it has to be one that some open host could run.
  package init(
    name: String, cloud: Cloud, flavors: [Int], mix: [Part], isMixFromCloud: Bool = false,
    losses: [Loss]
  ) {
    self.name = name
    self.cloud = cloud
    self.flavors = flavors
    self.mix = mix
    self.isMixFromCloud = isMixFromCloud
    self.losses = losses
  }
}

extension CapacityQuestion {
  /// How many VMs a batch has that is made of what runs.
  static let batchSize = 20

  /// A batch in the proportions of the VMs of a cloud, of flavors that pass a test.
  ///
  /// Shares are rounded by the largest remainder (Hamilton's method), ties in the order of flavors.
  static func mix(of cloud: Cloud, where isUsable: (Int) -> Bool) -> [Part] {
    var counts = [Int](repeating: 0, count: cloud.flavors.count)
    for vm in 0..<cloud.vms.count where cloud.vms.host[vm] >= 0 {
      counts[cloud.vms.flavor[vm]] += 1
    }
    let flavors = counts.indices.filter { counts[$0] > 0 && isUsable($0) }
    let total = flavors.reduce(0) { $0 + counts[$1] }
    guard total > 0 else { return [] }
    var parts = flavors.map { Part(flavor: $0, count: counts[$0] * batchSize / total) }
    let order = parts.indices.sorted { first, second in
      let a = counts[flavors[first]] * batchSize % total
      let b = counts[flavors[second]] * batchSize % total
      return a != b ? a > b : first < second
    }
    let missing = batchSize - parts.reduce(0) { $0 + $1.count }
    for index in order.prefix(missing) { parts[index].count += 1 }
    return parts.filter { $0.count > 0 }
  }
}
