/// An id, taken apart: a name with a number behind it.
struct DemandID: Sendable {
  /// Fingerprint of the whole id.
  var whole: Fingerprint
  /// Fingerprint of what stands before the number.
  var prefix: Fingerprint
  /// The number at the end, or -1 if there is none.
  var number: Int64

  /// The id that stands in a range of bytes.
  ///
  /// Leading zeros belong to the name and at most 18 digits to the number, so that `a7` and `a07`
  /// differ and two different ids never have the same name and number.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var first = range.upperBound
    while first > range.lowerBound, range.upperBound - first < 18, bytes[first - 1] &- 0x30 < 10 {
      first -= 1
    }
    while first < range.upperBound - 1, bytes[first] == 0x30 { first += 1 }
    prefix = Fingerprinting.of(bytes, range.lowerBound..<first)
    guard first < range.upperBound else {
      whole = prefix
      number = -1
      return
    }
    number = 0
    for index in first..<range.upperBound { number = number * 10 + Int64(bytes[index] & 0x0F) }
    whole = Fingerprinting.of(prefix, number: number)
  }
}

/// The ids that were seen, exact up to equal fingerprints.
///
/// **Complexity**: ids that are counted up cost nothing but their ranges of numbers, however many
/// they are. Others cost 16 to 43 bytes each, for as long as the file is read.
struct SeenIDs: Sendable {
  /// Names whose numbers are kept as ranges; ids beyond have a fingerprint each.
  private static let mostPrefixes = 1024
  /// Ranges of one name; numbers that would need more of them have a fingerprint each.
  private static let mostRanges = 1024

  private var prefixes = FingerprintTable<Int32>()
  private var ranges: [[ClosedRange<Int64>]] = []
  private var others = FingerprintTable<Void>()

  /// Ranges and fingerprints that are held.
  var heldCount: Int { others.count + ranges.reduce(0) { $0 + $1.count } }

  /// Notes an id; false if it was seen before.
  mutating func insert(_ id: DemandID) -> Bool {
    if others.count > 0, others[id.whole] != nil { return false }
    guard id.number >= 0, let prefix = index(of: id.prefix) else {
      return others.insert(id.whole, ())
    }
    let place = Self.place(of: id.number, in: ranges[prefix])
    let isInside = place < ranges[prefix].count && ranges[prefix][place].contains(id.number)
    if isInside { return false }
    return add(id, at: place, to: prefix)
  }

  private mutating func index(of prefix: Fingerprint) -> Int? {
    if let index = prefixes[prefix] { return Int(index) }
    guard ranges.count < Self.mostPrefixes else { return nil }
    _ = prefixes.insert(prefix, Int32(ranges.count))
    ranges.append([])
    return ranges.count - 1
  }

  /// The first range that ends at a number or above it.
  private static func place(of number: Int64, in ranges: [ClosedRange<Int64>]) -> Int {
    guard let last = ranges.last, number <= last.upperBound else { return ranges.count }
    var low = 0
    var high = ranges.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound >= number { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private mutating func add(_ id: DemandID, at place: Int, to prefix: Int) -> Bool {
    let number = id.number
    let count = ranges[prefix].count
    let joinsBelow = place > 0 && ranges[prefix][place - 1].upperBound == number - 1
    let joinsAbove = place < count && ranges[prefix][place].lowerBound == number + 1
    switch (joinsBelow, joinsAbove) {
    case (true, true):
      ranges[prefix][place - 1] =
        ranges[prefix][place - 1].lowerBound...ranges[prefix][place].upperBound
      ranges[prefix].remove(at: place)
    case (true, false):
      ranges[prefix][place - 1] = ranges[prefix][place - 1].lowerBound...number
    case (false, true): ranges[prefix][place] = number...ranges[prefix][place].upperBound
    case (false, false):
      guard count < Self.mostRanges else { return others.insert(id.whole, ()) }
      ranges[prefix].insert(number...number, at: place)
    }
    return true
  }
}
