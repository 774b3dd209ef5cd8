import Foundation

/// Recorded answers of a cloud: a folder with one file for each body and an `index.json` that says
/// which call each answers.
///
/// Captures hold many answers to one call, by other accounts and in other versions; the choice
/// among them is in `CaptureSource+Choice.swift`.
package struct CaptureSource: AnswerSource {
  /// The name of the folder.
  package let name: String
  let folder: URL
  let calls: [CaptureCall]
  let limit: Int

  /// The largest file that is read: 512 MiB.
  package static let fileSizeLimit = 512 << 20
  /// The largest index that is read: 32 MiB, some 50,000 calls.
  package static let indexSizeLimit = 32 << 20

  /// A capture in a folder.
  ///
  /// **Errors**: `indexMissing`, `malformed` or `unexpectedValue` for its index, `unsafePath` and
  /// `fileMissing` for the files that it names, `fileTooLarge`.
  package init(
    folder path: String, fileSizeLimit limit: Int = CaptureSource.fileSizeLimit
  ) throws(CollectorError) {
    let folder = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
    guard FileManager.default.isReadableFile(atPath: folder.appending(path: "index.json").path)
    else { throw .indexMissing(folder: path) }
    let index = try Self.read(
      "index.json", in: folder, namedAt: "index.json", limit: min(limit, Self.indexSizeLimit))
    let entries = try AnswerDecoding.decode([CaptureEntry].self, from: index, file: "index.json")
    var calls: [CaptureCall] = []
    for (place, entry) in entries.enumerated() {
      var byteCount = 0
      if let file = entry.file {
        byteCount = try Self.checkedSize(of: file, in: folder, namedAt: "[\(place)].file")
      }
      if let call = CaptureCall(entry, place: place, byteCount: byteCount) { calls.append(call) }
    }
    self.folder = folder
    self.limit = limit
    self.calls = calls
    name = folder.lastPathComponent
  }

  /// The answer chosen for a call, or nil if the capture has none.
  package func answer(to request: APIRequest) throws(CollectorError) -> APIAnswer? {
    guard let call = choice(for: request) else { return nil }
    let file = call.file ?? "index.json"
    let body: [UInt8]
    if let name = call.file {
      body = try Self.read(name, in: folder, namedAt: "[\(call.place)].file", limit: limit)
    } else {
      body = []
    }
    return APIAnswer(status: call.status, body: body, microversion: call.version, origin: file)
  }

  private static func checkedSize(
    of file: String, in folder: URL, namedAt path: String
  ) throws(CollectorError) -> Int {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    guard !file.hasPrefix("/"), !file.contains("\0"), !file.contains("\\"),
      parts.allSatisfy({ !$0.isEmpty && $0 != ".." && $0 != "." })
    else { throw .unsafePath(path: path, value: file) }
    // A link inside the folder may still lead out of it.
    let target = folder.appending(path: file).resolvingSymlinksInPath().path
    guard target.hasPrefix(folder.path + "/") else { throw .unsafePath(path: path, value: file) }
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
      attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int
    else { throw .fileMissing(file: file, namedAt: path) }
    return size
  }

  private static func read(
    _ file: String, in folder: URL, namedAt path: String, limit: Int
  ) throws(CollectorError) -> [UInt8] {
    let location = folder.appending(path: file)
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: location.resolvingSymlinksInPath().path)
    if let size = attributes?[.size] as? Int, size > limit {
      throw .fileTooLarge(file: file, byteCount: size, limit: limit)
    }
    guard let data = try? Data(contentsOf: location)
    else { throw .fileMissing(file: file, namedAt: path) }
    return [UInt8](data)
  }
}
