import CGLPKShims

/// The solver behind the programs of this floor.
package enum SolverLibrary {
  /// The version of GLPK that is linked, such as `5.0`.
  package static var version: String { String(cString: berth_glpk_version()) }
}
