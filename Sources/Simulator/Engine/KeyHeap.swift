/// A heap of event keys with four children per node, least key first.
///
/// Four children halve the depth of two and lie in one cache line. The least of them is found by
/// comparing 128-bit integers, which needs no branch that a processor could guess wrongly.
struct KeyHeap: Sendable {
  private(set) var keys: [EventKey]

  init() {
    keys = []
  }

  /// A heap of keys in any order.
  ///
  /// **Complexity**: O(count).
  init(_ keys: [EventKey]) {
    self.keys = keys
    guard keys.count > 1 else { return }
    for index in stride(from: (keys.count - 2) / 4, through: 0, by: -1) {
      sink(keys[index], from: index)
    }
  }

  mutating func insert(_ key: EventKey) {
    keys.append(key)
    var span = keys.mutableSpan
    var hole = span.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 4
      let above = span[parent]
      if above < key { break }
      span[hole] = above
      hole = parent
    }
    span[hole] = key
  }

  mutating func removeFirst() -> EventKey? {
    guard let last = keys.popLast() else { return nil }
    guard let first = keys.first else { return last }
    sink(last, from: 0)
    return first
  }

  /// Puts a key into the hole at an index, or below it, where it belongs.
  private mutating func sink(_ key: EventKey, from index: Int) {
    var span = keys.mutableSpan
    let count = span.count
    var hole = index
    while true {
      let child = 4 * hole + 1
      if child + 3 < count {
        let left = span[child + 1] < span[child] ? child + 1 : child
        let right = span[child + 3] < span[child + 2] ? child + 3 : child + 2
        let least = span[right] < span[left] ? right : left
        if key < span[least] { break }
        span[hole] = span[least]
        hole = least
      } else {
        guard child < count else { break }
        var least = child
        for other in child + 1..<max(count, child + 1) where span[other] < span[least] {
          least = other
        }
        if key < span[least] { break }
        span[hole] = span[least]
        hole = least
      }
    }
    span[hole] = key
  }
}
