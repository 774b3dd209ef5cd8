/// Text keys with text values in the order of the keys: extra specs, image properties, metadata.
///
/// A sorted array instead of a dictionary, so that two runs list them in the same order.
package struct Properties: Sendable, Hashable {
  /// One key with its value.
  package struct Entry: Sendable, Hashable {
    /// The key as the cloud spells it.
    package var key: String
    /// The value as text.
    package var value: String
  }

  /// The entries in ascending order of their keys; no key twice.
  package private(set) var entries: [Entry] = []

  /// No entries.
  package init() {}

  /// Entries from pairs in any order; of equal keys the last wins.
  package init(_ pairs: some Sequence<(String, String)>) {
    for (key, value) in pairs { self[key] = value }
  }

  /// The value of a key, or nil if it is absent; setting nil removes the key.
  ///
  /// **Complexity**: O(log n) to read, O(n) to write.
  package subscript(key: String) -> String? {
    get {
      let place = position(of: key)
      return place < entries.count && entries[place].key == key ? entries[place].value : nil
    }
    set {
      let place = position(of: key)
      let isPresent = place < entries.count && entries[place].key == key
      switch (newValue, isPresent) {
      case (let value?, true): entries[place].value = value
      case (let value?, false): entries.insert(Entry(key: key, value: value), at: place)
      case (nil, true): entries.remove(at: place)
      case (nil, false): break
      }
    }
  }

  private func position(of key: String) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
