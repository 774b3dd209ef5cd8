/// How many more VMs fit.
package struct CapacityAnswer: Sendable {
  /// What is left after a loss.
  package struct AfterLoss: Sendable, Equatable {
    /// Batches or VMs that still fit once the VMs of what was lost have places again.
    package var value: Int
    /// What was lost.
    package var name: String
    /// VMs of what was lost that found no place.
    package var unplaced: Int

    /// What is left after a loss.
    package init(value: Int, name: String, unplaced: Int) {
      self.value = value
      self.name = name
      self.unplaced = unplaced
    }
  }

  /// One flavor or the mix in one zone or in all.
  package struct Row: Sendable, Equatable {
    /// The flavor; nil for the mix.
    package var flavor: String?
    /// The zone; nil for all together.
    package var zone: String?
    /// VMs of the flavor, or batches of the mix, that fit now.
    package var now: Int
    /// No placement holds more now.
    package var nowBound: Int
    /// How many fit now if one VM is placed after the other, by first fit or best fit.
    package var greedy: Int
    /// After the worst loss of a host, if asked for and possible.
    package var hostLost: AfterLoss?
    /// After the worst loss of a rack.
    package var rackLost: AfterLoss?
    /// After the worst loss of a zone; in a row about a zone, of another one.
    package var zoneLost: AfterLoss?
    /// The resource that limits most; nil if no single one does.
    package var limiting: String?

    /// Whether no placement holds more now.
    package var isProven: Bool { now == nowBound }
  }

  /// VMs on one host in the packing that shows what fits.
  package struct Witness: Sendable, Equatable {
    /// The host.
    package var host: String
    /// The flavor.
    package var flavor: String
    /// How many VMs.
    package var count: Int
  }

  /// The name of the scenario.
  package var name: String
  /// One batch of the mix; empty if no mix was asked about.
  package var mix: [(flavor: String, count: Int)]
  /// Whether the mix is that of the VMs that run now.
  package var isMixFromCloud: Bool
  /// Flavors one after the other, then the mix; for each all zones together, then each zone.
  package var rows: [Row]
  /// Where the batches of the mix go now, all zones together.
  package var witness: [Witness]
}

extension CapacityAnswer.Row {
  /// What is left after a loss of a kind.
  package func afterLoss(_ kind: CapacityQuestion.LossKind) -> CapacityAnswer.AfterLoss? {
    switch kind {
    case .host: hostLost
    case .rack: rackLost
    case .zone: zoneLost
    }
  }

  mutating func setAfterLoss(_ after: CapacityAnswer.AfterLoss?, _ kind: CapacityQuestion.LossKind)
  {
    switch kind {
    case .host: hostLost = after
    case .rack: rackLost = after
    case .zone: zoneLost = after
    }
  }
}
