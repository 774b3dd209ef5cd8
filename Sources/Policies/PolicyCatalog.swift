package import CloudModel

/// All policies by name; one line adds one.
package enum PolicyCatalog {
  /// The ways to empty hosts, sorted by name.
  package static let evacuation: [any EvacuationStrategy.Type] = [
    BackupHost.self,
    BatchesOfEight.self,
    ColouredGroups.self,
    FirstInFirstOut.self,
    OneByOne.self,
    Planned.self,
    SequentialFailback.self,
    Slices.self,
  ]

  /// The rules that place new VMs, sorted by name.
  package static let placement: [any PlacementPolicy.Type] = [
    BestFit.self,
    DevicePacking.self,
    DotProduct.self,
    ExampleScored.self,
    ExampleTightest.self,
    FirstFit.self,
    FragmentationGradient.self,
    GLPKBatch.self,
    LifetimeAware.self,
    NovaScheduler.self,
    RandomOfK.self,
    WorstFit.self,
    ZoneBalancing.self,
  ]

  /// The evacuation strategy of a name, or nil.
  package static func evacuation(named name: String) -> (any EvacuationStrategy.Type)? {
    evacuation.first { $0.name == name }
  }

  /// The placement policy of a name, or nil.
  package static func placement(named name: String) -> (any PlacementPolicy.Type)? {
    placement.first { $0.name == name }
  }
}
