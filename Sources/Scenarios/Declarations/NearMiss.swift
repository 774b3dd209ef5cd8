/// Finds what a misspelt name may have meant.
package enum NearMiss {
  /// The candidate nearest to a name, at an edit distance of at most 2; of equally near ones the
  /// first.
  ///
  /// Names of one or two letters are near to everything and get none beyond a distance of 1.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    let letters = Array(name.unicodeScalars)
    guard letters.count <= 100 else { return nil }
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let other = Array(candidate.unicodeScalars)
      let limit = min(2, max(letters.count, other.count) - 1)
      guard abs(letters.count - other.count) <= limit else { continue }
      let distance = Self.distance(letters, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// The number of letters to insert, delete or replace to turn one name into the other.
  ///
  /// Source: V. I. Levenshtein, 1966.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
