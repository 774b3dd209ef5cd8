/// What a quantity measures: its units and what it is counted in.
package struct Dimension: Sendable, Equatable {
  /// One unit and how many base units it is.
  package struct Unit: Sendable, Equatable {
    /// The unit as it is written.
    package let name: String
    /// Base units in one of it.
    package let factor: Double
  }

  /// The name with its article, such as "an amount of memory or disk".
  package let name: String
  /// A quantity as one would write it.
  package let example: String
  /// The units from large to small, those that are written first.
  package let units: [Unit]
  /// Further spellings that are read.
  let spellings: [Unit]

  private init(
    _ name: String, example: String, units: [(String, Double)], spellings: [(String, Double)]
  ) {
    self.name = name
    self.example = example
    self.units = units.map { Unit(name: $0.0, factor: $0.1) }
    self.spellings = spellings.map { Unit(name: $0.0, factor: $0.1) }
  }

  /// Amounts of data in bytes.
  package static let bytes = Dimension(
    "an amount of data with its unit", example: "64 GiB",
    units: [
      ("TiB", 1_099_511_627_776), ("GiB", 1_073_741_824), ("MiB", 1_048_576), ("KiB", 1024),
      ("B", 1),
    ],
    spellings: [
      ("PiB", 1_125_899_906_842_624), ("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6),
      ("kB", 1e3),
    ])

  /// Durations in microseconds.
  package static let duration = Dimension(
    "a duration with its unit", example: "4 h",
    units: [
      ("d", 86_400e6), ("h", 3600e6), ("min", 60e6), ("s", 1e6), ("ms", 1e3), ("us", 1),
    ], spellings: [("w", 604_800e6), ("µs", 1), ("μs", 1)])

  /// Rates of data in bytes per second.
  package static let bandwidth = Dimension(
    "a rate of data with its unit", example: "25 Gbit/s",
    units: [
      ("Gbit/s", 125e6), ("MiB/s", 1_048_576), ("Mbit/s", 125e3), ("kbit/s", 125), ("B/s", 1),
    ],
    spellings: [
      ("Tbit/s", 125e9), ("bit/s", 0.125), ("GiB/s", 1_073_741_824), ("KiB/s", 1024),
      ("GB/s", 1e9), ("MB/s", 1e6), ("kB/s", 1e3),
    ])

  /// The unit of a name, or nil.
  func unit(named name: some StringProtocol) -> Unit? {
    units.first { $0.name == name } ?? spellings.first { $0.name == name }
  }

  /// All names of units, from the dimension's own to further spellings.
  package var unitNames: [String] { (units + spellings).map(\.name) }

  /// The dimension in words with its range, to follow "must be".
  func words(_ range: ClosedRange<Double>) -> String {
    let low = range.lowerBound > 0 ? "at least \(written(range.lowerBound))" : "not negative"
    let high = range.upperBound < 9e17 ? ", at most \(written(range.upperBound))" : ""
    return "\(name), such as \(example), \(low)\(high)"
  }

  /// A whole amount of base units with the largest unit that keeps it whole.
  package func written(whole amount: Int64) -> String {
    for unit in units where amount != 0 && amount % Int64(unit.factor) == 0 {
      return "\(amount / Int64(unit.factor)) \(unit.name)"
    }
    return "\(amount) \(units.last?.name ?? "")"
  }

  /// An amount of base units with the largest unit that keeps it exact and whole.
  package func written(_ amount: Double) -> String {
    for unit in units {
      let count = (amount / unit.factor).rounded()
      if count >= 1, count < 1e15, count * unit.factor == amount {
        return "\(Int64(count)) \(unit.name)"
      }
    }
    let base = units.last?.name ?? ""
    if amount == amount.rounded(), abs(amount) < 1e15 { return "\(Int64(amount)) \(base)" }
    return "\(amount) \(base)"
  }
}
