package import Stochastics

extension Purpose {
  /// Parts that are called and may not answer.
  package static let demandCalls = Purpose(rawValue: 42)
  /// Which way of sampling is used for a sample, and which part fails next under a bias.
  package static let importance = Purpose(rawValue: 43)
}

/// The name of a component as the subject of its streams: draws follow the name, so that a new
/// component leaves those of all others as they were.
package enum ComponentSubject {
  /// The hash of a name in UTF-8.
  ///
  /// **Source**: FNV-1a with 64 bits: Fowler, Noll, Vo.
  package static func of(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}

/// The streams of all components of a tree in one replication.
struct FailureStreams {
  /// Times up, and the state at the start.
  var failures: [RandomStream]
  /// Times down.
  var repairs: [RandomStream]
  /// Answers to calls.
  var calls: [RandomStream]

  init(subjects: [UInt64], seed: UInt64, replication: UInt64) {
    func streams(_ purpose: Purpose) -> [RandomStream] {
      subjects.map {
        RandomStream(seed: seed, replication: replication, purpose: purpose, subject: $0)
      }
    }
    failures = streams(.failures)
    repairs = streams(.repairs)
    calls = streams(.demandCalls)
  }
}
