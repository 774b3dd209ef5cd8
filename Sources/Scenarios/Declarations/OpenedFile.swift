package import Documents

/// A file that was opened and not yet understood: read once, so that its kind can be found out
/// before its keys are checked.
///
/// YAML and JSON up to the limit are in memory; larger JSON is read as a stream whenever its parts
/// are asked for.
package struct OpenedFile: Sendable {
  /// The path, as the user named it.
  package let path: String
  /// A reading with what is wrong with the text so far.
  package private(set) var reading: Reading
  /// The parts; nil if the text was refused, which is in the reading then.
  package let source: DocumentSource?

  /// Opens a file.
  ///
  /// Errors: only that the file is missing, a folder or unreadable.
  package init(path: String, limits: DocumentLimits = .usual) throws(DocumentError) {
    self.path = path
    reading = Reading(file: path)
    do throws(DocumentError) {
      if try FileContent.size(of: path) <= limits.bytes {
        // Devices and pipes say no size: the limit holds while they are read.
        let bytes = try FileContent.bytes(of: path, limit: limits.bytes)
        reading.source = SourceText(bytes)
        source = try DocumentSource(bytes, as: DocumentFormat(path: path), limits: limits)
      } else {
        source = try DocumentSource(path: path, limits: limits)
      }
    } catch {
      switch error {
      case .missing, .isFolder, .unreadable: throw error
      default:
        reading.report(error)
        source = nil
      }
    }
  }

  /// A text in YAML that stands in another file.
  init(yaml text: String, path: String) {
    self.path = path
    reading = Reading(file: path)
    let bytes = Array(text.utf8)
    reading.source = SourceText(bytes)
    do throws(DocumentError) {
      source = try DocumentSource(bytes, as: .yaml, limits: .usual)
    } catch {
      reading.report(error)
      source = nil
    }
  }

  /// The whole document; nil with a report if it is refused.
  mutating func root() -> Node? {
    guard let source else { return nil }
    do throws(DocumentError) {
      return try source.root()
    } catch {
      reading.report(error)
      return nil
    }
  }

  /// The keys at the top of the file; those before the fault if it cannot be understood.
  ///
  /// Complexity: linear in the bytes of the file.
  var topKeys: Set<String> {
    var keys: Set<String> = []
    try? source?.forEachSection { (part) throws(DocumentError) in
      switch part {
      case .value(let key, _, _), .list(let key, _, _): keys.insert(key)
      case .element: break
      }
    }
    return keys
  }
}
