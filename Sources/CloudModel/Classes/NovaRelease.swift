/// A release of Nova, by its major number: 33 is 2026.1.
package struct NovaRelease: Sendable, Hashable, Comparable {
  /// The major version number.
  package var major: Int

  /// A release by major number.
  package init(major: Int) { self.major = major }

  /// The release the tables were read for.
  package static let newestKnown = NovaRelease(major: 34)

  /// Reads `33`, `33.0.0` or `2026.1`; nil if the text is none of these.
  ///
  /// Year names count two majors a year; 2024.1 is 29.
  package init?(parsing text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, let number = Int(first), parts.count <= 3,
      parts.dropFirst().allSatisfy({ Int($0) != nil })
    else { return nil }
    if number >= 2023, number <= 2100 {
      guard parts.count == 2, let half = Int(parts[1]), half == 1 || half == 2 else { return nil }
      major = 27 + (number - 2023) * 2 + (half - 1)
    } else {
      guard number >= 1, number < 200 else { return nil }
      major = number
    }
  }

  /// Order by age.
  package static func < (left: Self, right: Self) -> Bool { left.major < right.major }
}
