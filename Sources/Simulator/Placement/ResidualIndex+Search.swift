/// Which buckets come first.
struct BucketOrder: Sendable {
  var rowsAscend: Bool
  var columnsAscend: Bool

  /// Whether the order is that of best fit.
  var isTightestFirst: Bool { rowsAscend && columnsAscend }

  /// The place of a cell in the order.
  @inline(__always)
  func rank(_ cell: Int, _ grid: ResidualGrid) -> Int {
    let lastColumn = 1 &<< grid.columnShift &- 1
    let (row, column) = (cell &>> grid.columnShift, cell & lastColumn)
    return (rowsAscend ? row : grid.rows &- 1 &- row) &<< grid.columnShift
      | (columnsAscend ? column : lastColumn &- column)
  }
}

extension ResidualIndex {
  /// The first bucket at or after another of one partition with hosts that have a need or more left
  /// by steps, rows and columns ascending; -1 if there is none below `end`.
  ///
  /// **Shape**: buckets of all partitions in one numbering; the first looked at and `end`, which
  /// begins a row, belong to one partition; `needColumn` is a column.
  ///
  /// **Complexity**: O(rows) at worst; typically one or two words.
  @inline(__always)
  static func firstBucket(
    from start: Int, below end: Int, needColumn: Int, columnShift: Int, _ words: Span<UInt64>,
    _ wordCount: Int
  ) -> Int {
    let rowMask = (1 &<< columnShift &- 1) >> 6
    let needWord = needColumn >> 6
    let endWord = end >> 6
    let mask = ~UInt64(0) &<< UInt64(truncatingIfNeeded: needColumn)
    var first = ~UInt64(0) &<< UInt64(truncatingIfNeeded: start)
    var word = start >> 6
    while word < endWord {
      var inRow = word & rowMask
      if inRow < needWord {
        word = word &+ needWord &- inRow
        inRow = needWord
        first = ~0
      }
      var bits = words[word] & first
      if inRow == needWord { bits &= mask }
      if bits != 0 { return word << 6 | bits.trailingZeroBitCount }
      word = nextWord(after: word, words, wordCount)
      first = ~0
    }
    return -1
  }

  /// The next word of the bitmap that is not zero; beyond the last one a number past them all.
  @inline(__always)
  private static func nextWord(
    after word: Int, _ words: Span<UInt64>, _ wordCount: Int
  ) -> Int {
    let next = word + 1
    var index = wordCount &+ next >> 6
    guard index < words.count else { return .max }
    var bits = words[index] & ~UInt64(0) &<< UInt64(truncatingIfNeeded: next)
    while bits == 0 {
      index += 1
      if index == words.count { return .max }
      bits = words[index]
    }
    return (index &- wordCount) << 6 | bits.trailingZeroBitCount
  }

  /// The word before that is not zero; -1 if there is none.
  private static func previousWord(
    before word: Int, _ words: Span<UInt64>, _ wordCount: Int
  ) -> Int {
    guard word > 0 else { return -1 }
    var index = wordCount + (word - 1) >> 6
    var bits = words[index] & ~UInt64(0) >> UInt64(63 - (word - 1) & 63)
    while bits == 0 {
      if index == wordCount { return -1 }
      index -= 1
      bits = words[index]
    }
    return (index - wordCount) << 6 | (63 - bits.leadingZeroBitCount)
  }

  /// The first bucket of a row in an order of columns; -1 if there is none.
  ///
  /// **Shape**: `from` and `through` are buckets of the row with `from <= through`.
  func bucket(from: Int, through: Int, ascending: Bool) -> Int {
    Self.bucket(from: from, through: through, ascending: ascending, words.span, wordCount)
  }

  @inline(__always)
  private static func bucket(
    from: Int, through: Int, ascending: Bool, _ words: Span<UInt64>, _ wordCount: Int
  ) -> Int {
    guard from <= through else { return -1 }
    let low = ~UInt64(0) &<< UInt64(truncatingIfNeeded: from)
    let high = ~UInt64(0) &>> UInt64(truncatingIfNeeded: ~through)
    let (first, last) = (from >> 6, through >> 6)
    var word = ascending ? first : last
    while word >= first, word <= last {
      var bits = words[word]
      if word == first { bits &= low }
      if word == last { bits &= high }
      if bits != 0 {
        let bit = ascending ? bits.trailingZeroBitCount : 63 - bits.leadingZeroBitCount
        return word << 6 | bit
      }
      word =
        ascending
        ? nextWord(after: word, words, wordCount) : previousWord(before: word, words, wordCount)
    }
    return -1
  }

  /// Goes through the hosts of a partition that have a need or more left by steps, in an order,
  /// until `visit` has found what it looks for.
  ///
  /// **Complexity**: O(rows + hosts visited).
  @inline(__always)
  func walk(
    partition: Int, needRow: Int, needColumn: Int, order: BucketOrder,
    visit: (_ host: Int, _ bucket: Int) -> Bool
  ) {
    Self.walk(
      base: partition * grid.cells, needRow: needRow, needColumn: needColumn, order: order, grid,
      links.span, tops.span, words.span, wordCount, visit: visit)
  }

  /// The same in spans of the columns, from the first bucket of a partition.
  @inline(__always)
  static func walk(
    base: Int, needRow: Int, needColumn: Int, order: BucketOrder, _ grid: ResidualGrid,
    _ links: Span<Link>, _ tops: Span<Int32>, _ words: Span<UInt64>, _ wordCount: Int,
    visit: (_ host: Int, _ bucket: Int) -> Bool
  ) {
    var row = order.rowsAscend ? needRow : grid.rows &- 1
    while row >= needRow, row < grid.rows {
      let start = base &+ row &<< grid.columnShift
      let isFound = walkRow(
        start: start, needColumn: needColumn, ascending: order.columnsAscend, grid, links, tops,
        words, wordCount, visit: visit)
      if isFound { return }
      row = nextRow(
        after: row, base: base, ascending: order.rowsAscend, grid, words, wordCount)
    }
  }

  /// Goes through the hosts of one row; true if `visit` has found what it looks for.
  @inline(__always)
  func walkRow(
    start: Int, needColumn: Int, ascending: Bool, visit: (_ host: Int, _ bucket: Int) -> Bool
  ) -> Bool {
    Self.walkRow(
      start: start, needColumn: needColumn, ascending: ascending, grid, links.span, tops.span,
      words.span, wordCount, visit: visit)
  }

  @inline(__always)
  private static func walkRow(
    start: Int, needColumn: Int, ascending: Bool, _ grid: ResidualGrid, _ links: Span<Link>,
    _ tops: Span<Int32>, _ words: Span<UInt64>, _ wordCount: Int,
    visit: (_ host: Int, _ bucket: Int) -> Bool
  ) -> Bool {
    var from = start &+ needColumn
    var through = start &+ 1 &<< grid.columnShift &- 1
    while true {
      let found = bucket(from: from, through: through, ascending: ascending, words, wordCount)
      if found < 0 { return false }
      var host = tops[found]
      while host >= 0 {
        if visit(Int(host), found) { return true }
        host = links[Int(host)].next
      }
      if ascending { from = found &+ 1 } else { through = found &- 1 }
    }
  }

  /// The next row with any host, in either direction; -1 if there is none.
  func nextRow(after row: Int, base: Int, ascending: Bool) -> Int {
    Self.nextRow(after: row, base: base, ascending: ascending, grid, words.span, wordCount)
  }

  @inline(__always)
  private static func nextRow(
    after row: Int, base: Int, ascending: Bool, _ grid: ResidualGrid, _ words: Span<UInt64>,
    _ wordCount: Int
  ) -> Int {
    let start = base &+ row &<< grid.columnShift
    let word =
      ascending
      ? nextWord(after: (start &+ 1 &<< grid.columnShift) >> 6 &- 1, words, wordCount)
      : previousWord(before: start >> 6, words, wordCount)
    let bucket = word == .max ? -1 : word << 6
    guard bucket >= base, bucket < base + grid.cells else { return -1 }
    return (bucket - base) >> grid.columnShift
  }
}
