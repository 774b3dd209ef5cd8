import CloudModel

/// How little a host has left, as whole numbers that fit together into one score.
///
/// A score is a Double, exact for whole numbers up to 2^53; a policy that prefers one thing and
/// breaks ties by another puts the one above the other's digits.
struct Tightness: Sendable {
  /// How many bits a level has.
  static let bits = 14
  private let perMilliCPU: Double
  private let perMemoryMiB: Double

  /// Levels from 0 for nothing left to 2^14 - 1 for the capacity of the largest host.
  init(of fleet: Fleet) {
    let most = Double(1 << Self.bits - 1)
    perMilliCPU = most / Double(max(1, fleet.capacityMilliCPU.max() ?? 1))
    perMemoryMiB = most / Double(max(1, fleet.capacityMemoryMiB.max() ?? 1))
  }

  /// The level of the vCPUs that a host has left.
  func vcpus(of host: Int, in fleet: Fleet) -> Int64 {
    Int64(Double(max(0, fleet.freeMilliCPU[host])) * perMilliCPU)
  }

  /// The level of the memory that a host has left.
  func memory(of host: Int, in fleet: Fleet) -> Int64 {
    Int64(Double(max(0, fleet.freeMemoryMiB[host])) * perMemoryMiB)
  }

  /// The order of best fit as one number of 28 bits: vCPUs, then memory; less is tighter.
  func rank(of host: Int, in fleet: Fleet) -> Int64 {
    vcpus(of: host, in: fleet) << Int64(Self.bits) | memory(of: host, in: fleet)
  }
}
