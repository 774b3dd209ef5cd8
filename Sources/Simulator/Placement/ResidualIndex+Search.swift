/// Which buckets come first.
struct BucketOrder: Sendable {
  var rowsAscend: Bool
  var columnsAscend: Bool

  /// The least of both first: best fit.
  var isTightestFirst: Bool { rowsAscend && columnsAscend }
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
  func firstBucket(from start: Int, below end: Int, needColumn: Int) -> Int {
    let rowMask = (1 << grid.columnShift - 1) >> 6
    let needWord = needColumn >> 6
    let endWord = end >> 6
    let mask = ~UInt64(0) &<< UInt64(truncatingIfNeeded: needColumn)
    var first = ~UInt64(0) &<< UInt64(truncatingIfNeeded: start)
    var word = start >> 6
    while word < endWord {
      let inRow = word & rowMask
      if inRow < needWord {
        word += needWord - inRow
        first = ~0
      }
      var bits = words[word] & first
      if word & rowMask == needWord { bits &= mask }
      if bits != 0 { return word << 6 | bits.trailingZeroBitCount }
      word = nextWord(after: word)
      first = ~0
    }
    return -1
  }

  /// The next word of the bitmap that is not zero; beyond the last one a number past them all.
  @inline(__always)
  private func nextWord(after word: Int) -> Int {
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
  private func previousWord(before word: Int) -> Int {
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
    guard from <= through else { return -1 }
    let low = ~UInt64(0) << UInt64(from & 63)
    let high = ~UInt64(0) >> UInt64(63 - through & 63)
    var word = ascending ? from >> 6 : through >> 6
    while word >= from >> 6, word <= through >> 6 {
      var bits = words[word]
      if word == from >> 6 { bits &= low }
      if word == through >> 6 { bits &= high }
      if bits != 0 {
        let bit = ascending ? bits.trailingZeroBitCount : 63 - bits.leadingZeroBitCount
        return word << 6 | bit
      }
      word = ascending ? nextWord(after: word) : previousWord(before: word)
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
    let base = partition * grid.cells
    var row = order.rowsAscend ? needRow : grid.rows - 1
    while row >= needRow, row < grid.rows {
      let start = base + row << grid.columnShift
      if walkRow(start: start, needColumn: needColumn, ascending: order.columnsAscend, visit: visit)
      {
        return
      }
      row = nextRow(after: row, base: base, ascending: order.rowsAscend)
    }
  }

  /// Goes through the hosts of one row; true if `visit` has found what it looks for.
  @inline(__always)
  func walkRow(
    start: Int, needColumn: Int, ascending: Bool, visit: (_ host: Int, _ bucket: Int) -> Bool
  ) -> Bool {
    var from = start + needColumn
    var through = start + 1 << grid.columnShift - 1
    while true {
      let found = bucket(from: from, through: through, ascending: ascending)
      if found < 0 { return false }
      var host = tops[found]
      while host >= 0 {
        if visit(Int(host), found) { return true }
        host = links[Int(host)].next
      }
      if ascending { from = found + 1 } else { through = found - 1 }
    }
  }

  /// The next row with any host, in either direction; -1 if there is none.
  func nextRow(after row: Int, base: Int, ascending: Bool) -> Int {
    let word =
      ascending
      ? nextWord(after: (base + (row + 1) << grid.columnShift) >> 6 - 1)
      : previousWord(before: (base + row << grid.columnShift) >> 6)
    let bucket = word == .max ? -1 : word << 6
    guard bucket >= base, bucket < base + grid.cells else { return -1 }
    return (bucket - base) >> grid.columnShift
  }
}
