/// Links in the order of a key, least first, each at most once; a key can be changed.
struct LinkHeap: Sendable {
  private var entries: [HeapEntry] = []
  /// Where each link lies, -1 if it does not.
  private var places: [Int32]

  init(links count: Int) {
    places = Array(repeating: -1, count: count)
  }

  /// The link with the least key.
  var least: Int? { entries.first.map { Int($0.item) } }

  /// The least key of all links but `least`.
  var secondKey: Double {
    switch entries.count {
    case ...1: .infinity
    case 2: entries[1].key
    default: min(entries[1].key, entries[2].key)
    }
  }

  /// Puts a link in, or gives it another key.
  mutating func set(_ link: Int, key: Double) {
    let entry = HeapEntry(key: key, item: Int32(link))
    let place = Int(places[link])
    if place < 0 {
      entries.append(entry)
      HeapOrder.rise(entry, from: entries.count - 1, &entries, &places)
    } else {
      HeapOrder.settle(entry, at: place, &entries, &places)
    }
  }

  /// Takes a link out, if it is in.
  mutating func remove(_ link: Int) {
    let place = Int(places[link])
    guard place >= 0, let last = entries.popLast() else { return }
    places[link] = -1
    if place < entries.count { HeapOrder.settle(last, at: place, &entries, &places) }
  }

  /// Takes out the link with the least key.
  mutating func removeLeast() -> Int? {
    guard let least = entries.first, let last = entries.popLast() else { return nil }
    places[Int(least.item)] = -1
    if !entries.isEmpty { HeapOrder.sink(last, from: 0, &entries, &places) }
    return Int(least.item)
  }

  mutating func removeAll() {
    for entry in entries { places[Int(entry.item)] = -1 }
    entries.removeAll(keepingCapacity: true)
  }
}
