import Glibc
import Synchronization

/// A file that appears under its name only when it is complete.
///
/// It is written to a temporary name in the same folder and renamed at the end; if it is dropped
/// before, nothing is left.
package final class AtomicFile {
  private static let counter = Atomic<UInt64>(0)

  private let path: String
  private let temporaryPath: String
  private let replace: Bool
  private var descriptor: Int32

  /// Starts a file.
  ///
  /// Errors: `isFolder`; `exists` unless `replace`; `unwritable`.
  package init(path: String, replace: Bool = false) throws(DocumentError) {
    try Self.requireFree(path, replace: replace)
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    self.path = path
    self.replace = replace
    temporaryPath = "\(path).tmp.\(getpid()).\(number)"
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw .unwritable(path: path, code: errno) }
  }

  deinit { discard() }

  /// Writes a whole file.
  ///
  /// Errors: `isFolder`; `exists` unless `replace`; `unwritable`.
  package static func write(
    _ bytes: [UInt8], to path: String, replace: Bool = false, synchronise: Bool = false
  ) throws(DocumentError) {
    let file = try AtomicFile(path: path, replace: replace)
    try file.write(bytes)
    try file.commit(synchronise: synchronise)
  }

  /// Writes a whole file of text.
  ///
  /// Errors: as `write` of bytes.
  package static func write(
    _ text: String, to path: String, replace: Bool = false, synchronise: Bool = false
  ) throws(DocumentError) {
    try write(Array(text.utf8), to: path, replace: replace, synchronise: synchronise)
  }

  /// Appends bytes.
  ///
  /// Errors: `unwritable`, after which nothing is left of the file.
  package func write(_ bytes: [UInt8]) throws(DocumentError) {
    precondition(descriptor >= 0, "A file that was committed must not be written to.")
    let code = bytes.withUnsafeBytes { buffer -> Int32 in
      var start = 0
      while start < buffer.count {
        let written = Glibc.write(
          descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return errno }
        start += written
      }
      return 0
    }
    if code != 0 { throw fail(code) }
  }

  /// Gives the file its name; `synchronise` waits until the disk holds it.
  ///
  /// Errors: `exists` if something took the name meanwhile and `replace` is false; `unwritable`.
  package func commit(synchronise: Bool = false) throws(DocumentError) {
    precondition(descriptor >= 0, "A file must not be committed twice.")
    if synchronise, fsync(descriptor) != 0 { throw fail(errno) }
    let closed = close(descriptor)
    descriptor = -1
    if closed != 0 { throw fail(errno) }
    if replace {
      if rename(temporaryPath, path) != 0 { throw fail(errno) }
      return
    }
    // A link fails if the name is taken, where a rename would replace it without a word.
    if link(temporaryPath, path) == 0 {
      unlink(temporaryPath)
      return
    }
    let code = errno
    if code == EEXIST {
      discard()
      throw .exists(path: path)
    }
    // Some file systems have no links.
    do throws(DocumentError) { try Self.requireFree(path, replace: false) } catch {
      discard()
      throw error
    }
    if rename(temporaryPath, path) != 0 { throw fail(errno) }
  }

  private static func requireFree(_ path: String, replace: Bool) throws(DocumentError) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return }
    if facts.st_mode & S_IFMT == S_IFDIR { throw .isFolder(path: path) }
    if !replace { throw .exists(path: path) }
  }

  private func fail(_ code: Int32) -> DocumentError {
    discard()
    return .unwritable(path: path, code: code)
  }

  private func discard() {
    if descriptor >= 0 {
      close(descriptor)
      descriptor = -1
    }
    unlink(temporaryPath)
  }
}
