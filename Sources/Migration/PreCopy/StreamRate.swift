/// The rate of a transfer that may use several streams, encryption, and a limited link.
///
/// **Units**: MiB/s.
///
/// **Source**: `docs/physics.md`, rounds of pre-copy.
package struct StreamRate: Sendable, Hashable {
  /// The rate of one stream.
  package var stream: Double
  /// The streams (Nova `live_migration_parallel_connections`, QEMU multifd).
  package var count = 1
  /// What the link gives to this migration; nil: enough.
  package var link: Double?
  /// The limit set by the operator (Nova `live_migration_bandwidth`); nil: none.
  package var cap: Double?
  /// The rate of an encrypting thread; nil: not encrypted.
  package var encryption: Double?

  /// Streams beyond this many were measured to gain nothing.
  package static let usefulStreams = 8

  /// One stream alone.
  package init(stream: Double) { self.stream = stream }

  /// What the streams carry together without a cap.
  ///
  /// One stream has one encrypting thread; several encrypt beside one another.
  package var uncapped: Double {
    let useful = Double(min(count, Self.usefulStreams))
    let one = encryption.map { min(stream, $0) } ?? stream
    return min(useful * one, link ?? .infinity)
  }

  /// What the streams carry together.
  package var rate: Double { min(uncapped, cap ?? .infinity) }
}
