/// Why a placement instance file was refused.
package enum PlacementInstanceError: Error, Equatable, Sendable {
  /// The text is not JSON.
  case notJSON(reason: String)
  /// The value at this key path is missing or of the wrong kind.
  case malformed(keyPath: String, reason: String)
  /// The value at this key path is not one of those allowed.
  case outOfRange(keyPath: String, found: String, allowed: String)
  /// The instance asks for another problem than the evacuation of hosts.
  case otherProblem(found: String)

  /// The path of a cell, such as `vms[12].flavor`.
  static func path(_ list: String, _ row: Int, _ column: String) -> String {
    "\(list)[\(row)].\(column)"
  }
}
