import Glibc

/// A run as the command line names it: a folder, or a label and a folder.
struct RunArgument {
  /// The folder.
  var folder: String
  /// The label; nil: the folder's own name.
  var label: String?

  /// Reads `RUNDIR` or `LABEL=RUNDIR`; a folder whose name has a `=` is taken as it is.
  ///
  /// **Errors**: `missing`, and `option` for an empty label.
  init(_ text: String) throws(ComparisonError) {
    if Self.isFolder(text) {
      folder = text
    } else if let split = text.firstIndex(of: "=") {
      folder = String(text[text.index(after: split)...])
      label = String(text[..<split])
      if split == text.startIndex {
        throw .option(
          name: "RUN", value: text, allowed: "a run folder, or LABEL=FOLDER",
          help: "write for example abort=\(folder)")
      }
    } else {
      folder = text
    }
    guard Self.isFolder(folder) else { throw .missing(folder: folder) }
    while folder.count > 1, folder.last == "/" { folder.removeLast() }
  }

  /// The name of the folder itself, where a link or a relative path hides it.
  var folderName: String {
    var path = folder
    if let real = realpath(folder, nil) {
      path = String(cString: real)
      free(real)
    }
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }
}
