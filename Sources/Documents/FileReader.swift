import Glibc

/// An open file, read from its start to its end.
final class FileReader: Sendable {
  private let descriptor: Int32
  private let path: String
  /// Bytes of the file when it was opened; 0 for pipes.
  let size: Int64

  /// Opens a file.
  ///
  /// Errors: `missing`, `isFolder`, `unreadable`.
  init(path: String) throws(DocumentError) {
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      let code = errno
      throw code == ENOENT || code == ENOTDIR
        ? .missing(path: path) : .unreadable(path: path, code: code)
    }
    var facts = stat()
    let isKnown = fstat(opened, &facts) == 0
    if isKnown, facts.st_mode & S_IFMT == S_IFDIR {
      close(opened)
      throw .isFolder(path: path)
    }
    descriptor = opened
    self.path = path
    size = isKnown && facts.st_mode & S_IFMT == S_IFREG ? Int64(facts.st_size) : 0
  }

  deinit { close(descriptor) }

  /// Replaces the content of `buffer` by up to `count` next bytes; none at the end of the file.
  func read(into buffer: inout [UInt8], count: Int) throws(DocumentError) {
    var code: Int32 = 0
    buffer = [UInt8](unsafeUninitializedCapacity: count) { memory, filled in
      while true {
        let got = Glibc.read(descriptor, memory.baseAddress, count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        filled = max(0, got)
        return
      }
    }
    if code != 0 { throw .unreadable(path: path, code: code) }
  }

  /// Reads bytes that stand at an offset; returns how many, 0 at the end of the file. Readers of one
  /// file may be at different offsets.
  ///
  /// Errors: `unreadable`, also for pipes, which have no offsets.
  func read(
    into memory: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(DocumentError) -> Int {
    while true {
      let got = pread(descriptor, memory.baseAddress, memory.count, off_t(offset))
      if got >= 0 { return got }
      if errno != EINTR { throw .unreadable(path: path, code: errno) }
    }
  }

  /// All bytes of the file.
  ///
  /// Errors: `tooLarge` before anything is read when the file says its size, else as soon as the
  /// limit is passed.
  func readAll(limit: Int64) throws(DocumentError) -> [UInt8] {
    if size > limit { throw .tooLarge(bytes: size, limit: limit) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(size))
    var piece: [UInt8] = []
    while true {
      try read(into: &piece, count: 1 << 18)
      if piece.isEmpty { return bytes }
      bytes.append(contentsOf: piece)
      if Int64(bytes.count) > limit { throw .tooLarge(bytes: Int64(bytes.count), limit: limit) }
    }
  }
}
