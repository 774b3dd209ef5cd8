import Documents
import Glibc

/// The tables of a folder, known by the beginning of their names.
enum RecordFolder {
  /// The paths of all tables whose names begin so, by name; several parts of one recording may lie
  /// side by side.
  ///
  /// A table that lies there packed and unpacked counts once.
  static func tables(_ beginning: String, in folder: String) throws(RecordError) -> [String] {
    guard let stream = opendir(folder) else {
      let code = errno
      throw .file(
        path: folder,
        code == ENOENT ? .missing(path: folder) : .unreadable(path: folder, code: code))
    }
    defer { closedir(stream) }
    var names: Set<String> = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(beginning), name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") {
        names.insert(name)
      }
    }
    return names.filter { !($0.hasSuffix(".gz") && names.contains(String($0.dropLast(3)))) }
      .sorted().map { "\(folder)/\($0)" }
  }
}
