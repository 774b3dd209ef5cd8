import Documents
import Glibc

/// A file of a data set as it lies in a folder.
package struct DatasetFile: Sendable, Equatable {
  /// The name.
  package var name: String
  /// SHA-256, as hexadecimal digits.
  package var sha256: String
  /// Bytes.
  package var bytes: Int

  /// A file.
  package init(_ name: String, sha256: String, bytes: Int) {
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
  }
}

/// The folder that the tables of a data set lie in.
package enum DatasetFolder {
  /// Whether the folder has a file of that name.
  package static func has(_ name: String, in folder: String) -> Bool {
    access("\(folder)/\(name)", F_OK) == 0
  }

  /// The name under which a file lies in the folder, as it is or unpacked; nil if it does not.
  package static func found(_ name: String, in folder: String) -> String? {
    if has(name, in: folder) { return name }
    guard name.hasSuffix(".gz") else { return nil }
    let unpacked = String(name.dropLast(3))
    return has(unpacked, in: folder) ? unpacked : nil
  }

  /// The data set that lies in a folder, known by its files.
  ///
  /// **Errors**: `missing` and the like for what is no folder; `unknownFolder`.
  package static func dataset(in folder: String) throws(DatasetError) -> Dataset {
    var facts = stat()
    guard stat(folder, &facts) == 0 else {
      throw DatasetError(.file(.missing(path: folder)), file: folder)
    }
    let known = DatasetCatalog.all.first { dataset in
      dataset.files.contains { $0.isNeeded && found($0.file.name, in: folder) != nil }
    }
    guard let known else { throw DatasetError(.unknownFolder, file: folder) }
    return known
  }
}
