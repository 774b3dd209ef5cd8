/// An amount of memory or disk in bytes.
package struct Bytes: Hashable, Comparable, Sendable {
  /// The amount in bytes.
  package var count: Int64

  /// An amount of bytes.
  package init(_ count: Int64) {
    self.count = count
  }

  /// An amount of mebibytes (2^20 bytes).
  package static func mebibytes(_ count: Int64) -> Bytes { Bytes(count << 20) }

  /// An amount of gibibytes (2^30 bytes).
  package static func gibibytes(_ count: Int64) -> Bytes { Bytes(count << 30) }

  /// The amount in mebibytes, as migration rates count it.
  package var mebibytes: Double { Double(count) / 1_048_576 }

  /// The amount in gibibytes.
  package var gibibytes: Double { Double(count) / 1_073_741_824 }

  /// Order by amount.
  package static func < (left: Self, right: Self) -> Bool { left.count < right.count }
}

/// A rate of data in bytes per second.
package struct Bandwidth: Hashable, Comparable, Sendable {
  /// Bytes per second; zero or more.
  package var bytesPerSecond: Double

  /// A rate in bytes per second.
  package init(bytesPerSecond: Double) {
    self.bytesPerSecond = bytesPerSecond
  }

  /// A rate in mebibytes per second. 1 Gbit/s is 119.209 MiB/s.
  package static func mebibytesPerSecond(_ rate: Double) -> Bandwidth {
    Bandwidth(bytesPerSecond: rate * 1_048_576)
  }

  /// The rate in mebibytes per second.
  package var mebibytesPerSecond: Double { bytesPerSecond / 1_048_576 }

  /// Order by rate.
  package static func < (left: Self, right: Self) -> Bool {
    left.bytesPerSecond < right.bytesPerSecond
  }
}
