import CZlib

/// The library behind gzip files.
package enum CompressionLibrary {
  /// The version of zlib that is linked.
  package static var version: String { String(cString: zlibVersion()) }
}
