/// What a stream of random numbers is used for.
///
/// Each use draws from its own stream, so that a change in one part of a model leaves the draws of
/// all others as they were (common random numbers). The codes are part of the results: a code is
/// never given a second meaning, and a new purpose gets a new one.
package struct Purpose: RawRepresentable, Hashable, Sendable {
  /// The stable code.
  package let rawValue: UInt64

  /// A purpose by its code.
  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Instants at which VMs arrive.
  package static let arrivals = Purpose(rawValue: 1)
  /// Flavors of arriving VMs.
  package static let sizes = Purpose(rawValue: 2)
  /// Lifetimes of VMs.
  package static let lifetimes = Purpose(rawValue: 3)
  /// Failures of hosts and of what they stand on.
  package static let failures = Purpose(rawValue: 4)
  /// Durations of repairs.
  package static let repairs = Purpose(rawValue: 5)
  /// The spread of one migration about its expected duration.
  package static let migrations = Purpose(rawValue: 6)
  /// What all migrations of a replication have in common, as a rate known only roughly.
  package static let migrationRates = Purpose(rawValue: 7)
  /// Durations of work on hosts, as a reboot or a firmware update.
  package static let maintenance = Purpose(rawValue: 8)
  /// Choices of randomised policies.
  package static let policies = Purpose(rawValue: 9)
  /// Generated clouds and instances.
  package static let generation = Purpose(rawValue: 10)
  /// Load and dirty rates of guests.
  package static let load = Purpose(rawValue: 11)
}
