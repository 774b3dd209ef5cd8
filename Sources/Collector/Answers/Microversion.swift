/// A version of an OpenStack API, compared by number: 2.9 is before 2.10.
package struct Microversion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The part before the dot.
  package var major: Int
  /// The part after the dot.
  package var minor: Int

  /// A version from its two numbers.
  package init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// A version from text such as `2.96`; nil if it is none (`latest`, the empty text).
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]),
      major >= 0, minor >= 0
    else { return nil }
    self.init(major, minor)
  }

  /// The version as the services write it.
  package var description: String { "\(major).\(minor)" }

  /// Order by major, then minor number.
  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
