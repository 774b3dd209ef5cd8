/// One arrival of a demand as a file holds it.
package struct DemandRow: Sendable, Equatable {
  /// When the VM arrives at the latest, in microseconds since the start.
  package var time: Int64
  /// Length of the bin in which it arrives, in microseconds; 0 for an exact instant.
  package var within: Int64
  /// Id of the VM.
  package var vm: String
  /// Name of its flavor.
  package var flavor: String
  /// How long it stays at least, in microseconds; nil if it stays.
  package var life: Int64?
  /// How long it stays at most, in microseconds; nil if `life` is exact.
  package var longestLife: Int64?
  /// Id of the tenant's burst of which it is a part; nil if there is none.
  package var batch: String?

  /// An arrival.
  package init(
    time: Int64, within: Int64 = 0, vm: String, flavor: String, life: Int64? = nil,
    longestLife: Int64? = nil, batch: String? = nil
  ) {
    self.time = time
    self.within = within
    self.vm = vm
    self.flavor = flavor
    self.life = life
    self.longestLife = longestLife
    self.batch = batch
  }
}
