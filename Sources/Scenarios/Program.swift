/// Name and version of the program, as files and messages state them.
package enum Program {
  /// The version, raised with each release.
  package static let version = "0.1.0"
  /// Name and version.
  package static let nameAndVersion = "berth \(version)"
}
