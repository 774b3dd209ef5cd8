import Stochastics

/// Places drawn with chances in proportion to weights.
struct ChanceTable {
  /// The chance of each place.
  let chances: [Double]
  private let cumulative: [Double]

  /// **Shape**: weights of 0 or more, one of them above.
  init(_ weights: [Double]) {
    let total = weights.reduce(0, +)
    chances = weights.map { $0 / total }
    var sum = 0.0
    cumulative = chances.map { chance in
      sum += chance
      return sum
    }
  }

  /// A mixture of distributions, each given by its weights.
  init(mixing parts: [(share: Double, weights: [Double])]) {
    let tables = parts.map { (share: $0.share, table: ChanceTable($0.weights)) }
    self.init(
      tables[0].table.chances.indices.map { place in
        tables.reduce(0) { $0 + $1.share * $1.table.chances[place] }
      })
  }

  /// Draws a place.
  ///
  /// **Complexity**: O(log places).
  func draw(_ stream: inout RandomStream) -> Int {
    let share = stream.uniform()
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] >= share { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
