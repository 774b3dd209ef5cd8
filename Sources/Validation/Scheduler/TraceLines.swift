import Documents

/// The lines of a trace, gzip or plain, one after the other.
struct TraceLines {
  private var reader: LineReader
  /// Number of the line that was read last, counted from 1.
  var line: Int { reader.lineNumber }

  /// The most bytes of a line: the header of a cloud of thousands of hosts has some megabytes.
  private static let longestLine = 64 << 20

  /// Opens a file; gzip is known by its first bytes.
  init(path: String) throws(SchedulerTraceError) {
    do throws(DocumentError) {
      reader = try LineReader(path: path, limit: Self.longestLine)
    } catch {
      throw .document(error, line: 0)
    }
  }

  /// The next line that is not blank, as JSON; nil at the end.
  mutating func next() throws(SchedulerTraceError) -> TraceField? {
    while let range = try nextRange() {
      let text = Array(reader.bytes[range])
      if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      do throws(DocumentError) {
        return TraceField(try Node.read(text, as: .json), path: "", line: line)
      } catch {
        throw .document(error, line: line)
      }
    }
    return nil
  }

  private mutating func nextRange() throws(SchedulerTraceError) -> Range<Int>? {
    do throws(LineError) {
      return try reader.next()
    } catch {
      switch error.problem {
      case .brokenGzip: throw .document(.notGzip, line: error.line)
      case .longLine(let limit):
        throw .document(
          .tooLarge(bytes: Int64(limit) + 1, limit: Int64(limit)), line: error.line)
      case .notUTF8: throw .notText(line: error.line)
      case .unreadable(let reason): throw .document(reason, line: error.line)
      }
    }
  }
}
