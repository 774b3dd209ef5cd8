/// What is wrong with a file that is read line by line, and how far reading came.
package struct LineError: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Problem: Sendable, Equatable {
    /// A line has more bytes than the limit; nothing behind the limit was read.
    case longLine(limit: Int)
    /// The compressed data is damaged, or ends too early.
    case brokenGzip
    /// The line is not UTF-8 text; the column of the first byte that is no part of it, from 1.
    case notUTF8(column: Int)
    /// The file cannot be read at all, or no further.
    case unreadable(DocumentError)
  }

  /// What is wrong.
  package var problem: Problem
  /// The line that was reached, from 1.
  package var line: Int

  /// A problem in a line.
  package init(_ problem: Problem, line: Int) {
    self.problem = problem
    self.line = line
  }
}
