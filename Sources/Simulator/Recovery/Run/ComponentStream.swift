import Stochastics

extension Purpose {
  /// Durations of recoveries.
  static let recoveries = Purpose(rawValue: 42)
  /// Which VMs are hit by an outage that does not hit all.
  static let impacts = Purpose(rawValue: 43)
}

/// Streams of random numbers of the parts of a region, told apart by the names of the parts.
enum ComponentStream {
  /// The subject of a name: its FNV-1a hash of 64 bits.
  ///
  /// **Source**: Fowler, Noll, Vo; draft-eastlake-fnv.
  static func subject(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  /// The subject of what the `count`-th event of one part does to another; no state is kept.
  @inline(__always)
  static func subject(_ part: UInt64, _ count: UInt32, on other: UInt64) -> UInt64 {
    RandomStream.mix(RandomStream.mix(part &+ UInt64(count)) ^ other)
  }
}
