/// The most value that a bin can hold, for every size of bin in two resources up to a limit (an
/// unbounded knapsack by dynamic programming).
///
/// One table serves all bins of a pool, because only their sizes differ.
struct KnapsackTable {
  struct Item {
    var first: Int
    var second: Int
    var value: Int64
  }

  /// Larger bins are not covered: their tables would take too long.
  static let largestSide = 160

  private let width: Int
  private let items: [Item]
  private var cells: [Int64]

  /// A table for bins up to the given sizes. An item has to need something of the two resources.
  ///
  /// - Complexity: O(cells * items)
  init(first: Int, second: Int, items: [Item]) {
    width = second + 1
    self.items = items
    let useful = items.filter { $0.value > 0 && $0.first <= first && $0.second <= second }
    precondition(
      useful.allSatisfy { $0.first + $0.second > 0 }, "An item of no size fits without end.")
    let (width, offsets) = (width, useful.map { $0.first * (second + 1) + $0.second })
    cells = [Int64](repeating: 0, count: (first + 1) * width)
    for row in 0...first {
      for column in 0...second {
        let cell = row * width + column
        var best: Int64 = 0
        if row > 0 { best = cells[cell - width] }
        if column > 0 { best = max(best, cells[cell - 1]) }
        for (item, offset) in zip(useful, offsets) where item.first <= row && item.second <= column
        {
          best = max(best, cells[cell - offset] + item.value)
        }
        cells[cell] = best
      }
    }
  }

  /// The most value in a bin of a size.
  subscript(first: Int, second: Int) -> Int64 { cells[first * width + second] }

  /// For each item how often it is taken in a bin of a size filled with the most value.
  func counts(first: Int, second: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: items.count)
    var (row, column) = (first, second)
    while cells[row * width + column] > 0 {
      let value = cells[row * width + column]
      if row > 0, cells[(row - 1) * width + column] == value {
        row -= 1
      } else if column > 0, cells[row * width + column - 1] == value {
        column -= 1
      } else {
        let taken = items.firstIndex { item in
          item.value > 0 && item.first <= row && item.second <= column
            && cells[(row - item.first) * width + column - item.second] + item.value == value
        }
        guard let taken else { preconditionFailure("A cell holds a value that no item gives.") }
        counts[taken] += 1
        row -= items[taken].first
        column -= items[taken].second
      }
    }
    return counts
  }
}
