/// Links in the order of a key, least first, each at most once; a key can be changed.
struct LinkHeap: Sendable {
  private struct Entry {
    var key: Double
    var link: Int32
  }

  private var entries: [Entry] = []
  /// Where each link lies, -1 if it does not.
  private var places: [Int32]

  init(links count: Int) {
    places = Array(repeating: -1, count: count)
  }

  var leastKey: Double { entries.first?.key ?? .infinity }

  /// Puts a link in, or gives it another key.
  mutating func set(_ link: Int, key: Double) {
    let entry = Entry(key: key, link: Int32(link))
    let place = Int(places[link])
    if place < 0 {
      entries.append(entry)
      Self.rise(entry, from: entries.count - 1, &entries, &places)
    } else {
      Self.settle(entry, at: place, &entries, &places)
    }
  }

  /// Takes a link out, if it is in.
  mutating func remove(_ link: Int) {
    let place = Int(places[link])
    guard place >= 0, let last = entries.popLast() else { return }
    places[link] = -1
    if place < entries.count { Self.settle(last, at: place, &entries, &places) }
  }

  /// Takes out the link with the least key.
  mutating func removeLeast() -> Int? {
    guard let least = entries.first, let last = entries.popLast() else { return nil }
    places[Int(least.link)] = -1
    if !entries.isEmpty { Self.sink(last, from: 0, &entries, &places) }
    return Int(least.link)
  }

  mutating func removeAll() {
    for entry in entries { places[Int(entry.link)] = -1 }
    entries.removeAll(keepingCapacity: true)
  }

  private static func settle(
    _ entry: Entry, at place: Int, _ entries: inout [Entry], _ places: inout [Int32]
  ) {
    if place > 0, entry.key < entries[(place - 1) / 2].key {
      rise(entry, from: place, &entries, &places)
    } else {
      sink(entry, from: place, &entries, &places)
    }
  }

  private static func rise(
    _ entry: Entry, from index: Int, _ entries: inout [Entry], _ places: inout [Int32]
  ) {
    var entries = entries.mutableSpan
    var places = places.mutableSpan
    var hole = index
    while hole > 0 {
      let parent = (hole - 1) / 2
      let above = entries[parent]
      if above.key <= entry.key { break }
      entries[hole] = above
      places[Int(above.link)] = Int32(hole)
      hole = parent
    }
    entries[hole] = entry
    places[Int(entry.link)] = Int32(hole)
  }

  private static func sink(
    _ entry: Entry, from index: Int, _ entries: inout [Entry], _ places: inout [Int32]
  ) {
    var entries = entries.mutableSpan
    var places = places.mutableSpan
    let count = entries.count
    var hole = index
    while true {
      var child = 2 * hole + 1
      guard child < count else { break }
      if child + 1 < count, entries[child + 1].key < entries[child].key { child += 1 }
      let below = entries[child]
      if entry.key <= below.key { break }
      entries[hole] = below
      places[Int(below.link)] = Int32(hole)
      hole = child
    }
    entries[hole] = entry
    places[Int(entry.link)] = Int32(hole)
  }
}
