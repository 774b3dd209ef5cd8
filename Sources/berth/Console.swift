import Foundation

/// Standard output carries results only, standard error everything else.
enum Console {
  /// Writes a result.
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// Says something that is no result.
  static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
