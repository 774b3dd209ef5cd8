import CGLPKShims

/// A wish of the user that every search of the process ends now with what it has.
package enum Interruption {
  /// Asks for it; may be called from a signal handler, and cannot be taken back.
  package static func request() { berth_glpk_interrupt() }

  /// Whether it was asked for.
  package static var isRequested: Bool { berth_glpk_is_interrupted() != 0 }
}
