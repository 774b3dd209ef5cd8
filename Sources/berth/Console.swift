import Glibc

/// Standard output carries results only, standard error everything else.
enum Console {
  /// Writes a result.
  ///
  /// A reader that closes the pipe early, such as `head`, has seen enough: no error.
  ///
  /// - Throws: `Failure` if the text cannot be written, for example to a full disk.
  static func write(_ text: String) throws {
    let code = put(text, to: STDOUT_FILENO)
    guard code == 0 || code == EPIPE else {
      throw Failure(
        .noOutput, code: "E0141",
        "standard output cannot be written: \(String(cString: strerror(code)))",
        help: "look at where it is sent; part of the result may be there")
    }
  }

  /// Says something that is no result.
  static func say(_ text: String) {
    report(text + "\n")
  }

  /// Writes to standard error; nobody can be told if that fails.
  static func report(_ text: String) {
    _ = put(text, to: STDERR_FILENO)
  }

  /// Writes all bytes of a text; returns the number of the error, or 0.
  private static func put(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
        if count < 0, errno == EINTR { continue }
        if count < 0 { return errno }
        start += count
      }
      return 0
    }
  }
}
