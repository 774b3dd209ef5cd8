package import CloudModel

/// All policies by name; one line adds one.
package enum PolicyCatalog {
  /// The ways to empty hosts, sorted by name.
  package static let evacuation: [any EvacuationStrategy.Type] = [
    BackupHost.self,
    OneByOne.self,
    Planned.self,
  ]

  /// The evacuation strategy of a name, or nil.
  package static func evacuation(named name: String) -> (any EvacuationStrategy.Type)? {
    evacuation.first { $0.name == name }
  }
}
