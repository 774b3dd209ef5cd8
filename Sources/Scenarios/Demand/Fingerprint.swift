import Stochastics

/// A 128-bit hash of a name, by which names are told apart without being kept.
///
/// Two different names among ten million have the same one with a probability of 1.5e-25. Never
/// zero, so that zero can stand for "none".
typealias Fingerprint = UInt128

/// Makes fingerprints of bytes.
enum Fingerprinting {
  /// The fingerprint of bytes in a range.
  static func of(_ bytes: [UInt8], _ range: Range<Int>) -> Fingerprint {
    var first: UInt64 = 0x243f_6a88_85a3_08d3
    var second: UInt64 = 0x1319_8a2e_0370_7344
    bytes.withUnsafeBytes { memory in
      var index = range.lowerBound
      while index + 8 <= range.upperBound {
        let word = memory.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        absorb(UInt64(littleEndian: word), &first, &second)
        index += 8
      }
      var rest: UInt64 = 0
      while index < range.upperBound {
        rest = rest << 8 | UInt64(memory[index])
        index += 1
      }
      absorb(rest, &first, &second)
    }
    absorb(UInt64(range.count), &first, &second)
    return joined(first, second)
  }

  /// The fingerprint of a text.
  static func of(_ text: String) -> Fingerprint {
    let bytes = Array(text.utf8)
    return of(bytes, 0..<bytes.count)
  }

  /// The fingerprint of a name that is another one with a number behind it.
  static func of(_ prefix: Fingerprint, number: Int64) -> Fingerprint {
    var first = UInt64(truncatingIfNeeded: prefix >> 64)
    var second = UInt64(truncatingIfNeeded: prefix)
    absorb(UInt64(bitPattern: number), &first, &second)
    return joined(first, second)
  }

  private static func absorb(_ word: UInt64, _ first: inout UInt64, _ second: inout UInt64) {
    first = RandomStream.mix(first ^ word)
    second = RandomStream.mix(second &+ word &* 0xd6e8_feb8_6659_fd93)
  }

  private static func joined(_ first: UInt64, _ second: UInt64) -> Fingerprint {
    max(1, UInt128(first) << 64 | UInt128(second))
  }
}

/// Values by fingerprint, in open addressing with linear probing.
///
/// **Complexity**: O(1) each; at most 3/4 of the slots are taken, each 16 bytes and a value.
struct FingerprintTable<Value: Sendable>: Sendable {
  private var keys: [Fingerprint] = []
  private var values: [Value] = []
  /// How many there are.
  private(set) var count = 0

  /// The value of a fingerprint.
  subscript(key: Fingerprint) -> Value? {
    guard count > 0 else { return nil }
    let slot = slot(of: key)
    return keys[slot] == 0 ? nil : values[slot]
  }

  /// Adds a value; false, and nothing is changed, if the fingerprint has one.
  mutating func insert(_ key: Fingerprint, _ value: Value) -> Bool {
    if count * 4 >= keys.count * 3 { grow(value) }
    let slot = slot(of: key)
    if keys[slot] != 0 { return false }
    keys[slot] = key
    values[slot] = value
    count += 1
    return true
  }

  /// Removes a fingerprint if it is there, and moves those behind it up, so that none is lost.
  mutating func remove(_ key: Fingerprint) {
    guard count > 0 else { return }
    let mask = keys.count - 1
    var hole = slot(of: key)
    guard keys[hole] != 0 else { return }
    count -= 1
    var slot = hole
    while true {
      slot = (slot + 1) & mask
      if keys[slot] == 0 { break }
      let home = Int(truncatingIfNeeded: keys[slot]) & mask
      if (slot - home) & mask >= (slot - hole) & mask {
        keys[hole] = keys[slot]
        values[hole] = values[slot]
        hole = slot
      }
    }
    keys[hole] = 0
  }

  /// The slot that holds a fingerprint, or the empty one in which it would be put.
  private func slot(of key: Fingerprint) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow(_ filler: Value) {
    let old = (keys: keys, values: values)
    let size = max(16, old.keys.count * 2)
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: filler, count: size)
    for (index, key) in old.keys.enumerated() where key != 0 {
      let slot = slot(of: key)
      keys[slot] = key
      values[slot] = old.values[index]
    }
  }
}
