/// Something with a number in a heap, and what it is ordered by.
struct HeapEntry: Sendable {
  var key: Double
  var item: Int32
}

/// A binary heap in an array, least key first, with a column that says where each item lies.
enum HeapOrder {
  /// Puts an entry where its key belongs, from a place whose entry is given up.
  static func settle(
    _ entry: HeapEntry, at place: Int, _ entries: inout [HeapEntry], _ places: inout [Int32]
  ) {
    if place > 0, entry.key < entries[(place - 1) / 2].key {
      rise(entry, from: place, &entries, &places)
    } else {
      sink(entry, from: place, &entries, &places)
    }
  }

  static func rise(
    _ entry: HeapEntry, from index: Int, _ entries: inout [HeapEntry], _ places: inout [Int32]
  ) {
    var entries = entries.mutableSpan
    var places = places.mutableSpan
    var hole = index
    while hole > 0 {
      let parent = (hole - 1) / 2
      let above = entries[parent]
      if above.key <= entry.key { break }
      entries[hole] = above
      places[Int(above.item)] = Int32(hole)
      hole = parent
    }
    entries[hole] = entry
    places[Int(entry.item)] = Int32(hole)
  }

  static func sink(
    _ entry: HeapEntry, from index: Int, _ entries: inout [HeapEntry], _ places: inout [Int32]
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
      places[Int(below.item)] = Int32(hole)
      hole = child
    }
    entries[hole] = entry
    places[Int(entry.item)] = Int32(hole)
  }
}
