/// The content of files, with errors that say what is wrong.
package enum FileContent {
  /// All bytes of a file.
  ///
  /// Errors: `missing`, `isFolder`, `unreadable`, `tooLarge`.
  package static func bytes(of path: String, limit: Int64 = 1 << 32) throws(DocumentError)
    -> [UInt8]
  {
    try FileReader(path: path).readAll(limit: limit)
  }

  /// The bytes of a file, or 0 where the system does not say, as for pipes.
  ///
  /// Errors: `missing`, `isFolder`, `unreadable`.
  package static func size(of path: String) throws(DocumentError) -> Int64 {
    try FileReader(path: path).size
  }

  /// Hands out a file piece by piece.
  ///
  /// Errors: `missing`, `isFolder`, `unreadable`.
  package static func forEachPiece(
    of path: String, size: Int = 1 << 20, _ body: ([UInt8]) -> Void
  ) throws(DocumentError) {
    let file = try FileReader(path: path)
    var piece: [UInt8] = []
    while true {
      try file.read(into: &piece, count: max(1, size))
      if piece.isEmpty { return }
      body(piece)
    }
  }

  /// The SHA-256 of a file of any size, as hexadecimal digits.
  ///
  /// Errors: `missing`, `isFolder`, `unreadable`.
  package static func sha256(of path: String) throws(DocumentError) -> String {
    var hash = SHA256()
    try forEachPiece(of: path) { hash.update($0) }
    return hash.hexadecimal()
  }
}
