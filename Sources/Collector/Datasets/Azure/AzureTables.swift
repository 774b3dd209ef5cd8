/// The VM requests of one Azure region in a week of 2017, as their tables hold them.
///
/// **Source**: the public dataset V1 of Azure (Cortez et al., SOSP 2017) in the form of
/// `huaweicloud/trace_generation_rnn`.
package struct AzureTables: Sendable {
  /// Files of the set.
  package enum File {
    /// The requests with lifetimes.
    package static let vms = "vms_day24-30.csv.gz"
    /// The requests of the first weeks, without lifetimes; it may be absent.
    package static let arrivals = "arrivals_day0-21.csv.gz"
    /// The flavors.
    package static let flavors = "flavors.csv"
    /// The bins of lifetimes.
    package static let bins = "lifetime_bins.csv"
  }

  /// A size of VM.
  package struct Flavor: Sendable, Equatable {
    /// The name: a letter.
    package var name: String
    /// Virtual CPUs.
    package var vcpus: Int32
    /// Memory in MiB.
    package var memoryMiB: Int32
  }

  /// The lifetimes that are counted together, in seconds, both ends included.
  package struct LifetimeBin: Sendable, Equatable {
    /// The least.
    package var least: Int64
    /// The greatest.
    package var greatest: Int64

    /// The middle.
    package var middle: Double { Double(least + greatest) / 2 }
  }

  /// Requests in columns, in the order of the file.
  package struct Requests: Sendable, Equatable {
    /// End of the 300 s in which each arrived, in seconds since the trace began.
    package var arrivals: [Int64] = []
    /// Number of the tenant's burst.
    package var batches: [Int64] = []
    /// Index of the flavor.
    package var flavors: [Int] = []
    /// Index of the lifetime's bin; empty in the file without lifetimes.
    package var bins: [Int] = []
    /// Whether it still ran at the end; the bin then tells the time until there.
    package var isCensored: [Bool] = []

    /// None.
    package init() {}

    /// How many.
    package var count: Int { arrivals.count }
  }

  /// Length of the intervals in which Azure looked, in seconds.
  package static let sample: Int64 = 300
  /// Until when the trace tells, in seconds since it began.
  package static let end: Int64 = 2_591_400

  /// The flavors, in the order of their file.
  package private(set) var flavors: [Flavor] = []
  /// The bins, ascending and without gaps.
  package private(set) var bins: [LifetimeBin] = []
  /// The requests with lifetimes.
  package private(set) var vms = Requests()
  /// The requests of the first weeks; nil where the file is absent.
  package private(set) var firstWeeks: Requests?
  /// What was read.
  package private(set) var files: [DatasetFile] = []

  /// Reads the tables of a folder.
  ///
  /// **Errors**: `DatasetError` with file and line.
  package init(folder: String) throws(DatasetError) {
    try readFlavors(try table(File.flavors, in: folder))
    try readBins(try table(File.bins, in: folder))
    vms = try requests(of: try table(File.vms, in: folder), hasLifetimes: true)
    if DatasetFolder.found(File.arrivals, in: folder) != nil {
      firstWeeks = try requests(of: try table(File.arrivals, in: folder), hasLifetimes: false)
    }
  }

  /// The first instant at which a request of the week can have come: the start of its first 300 s.
  package var start: Int64 { (vms.arrivals.first ?? Self.sample) - Self.sample }

  private mutating func table(
    _ name: String, in folder: String
  ) throws(DatasetError) -> DatasetTable {
    let table = try DatasetTable(name, in: folder)
    files.append(table.file)
    return table
  }

  private mutating func readFlavors(_ table: DatasetTable) throws(DatasetError) {
    let (name, vcpus) = (try table.column("flavor"), try table.column("vcpus"))
    let memory = try table.column("memory_gib")
    var flavors: [Flavor] = []
    try table.forEachRow { row throws(DatasetError) in
      let flavor = try row.name(name)
      if flavors.contains(where: { $0.name == flavor }) { throw row.error(name, "a new name") }
      flavors.append(
        Flavor(
          name: flavor, vcpus: Int32(try row.whole(vcpus, atMost: 1 << 20)),
          memoryMiB: Int32(try row.mebibytes(ofGiB: memory))))
    }
    self.flavors = flavors
  }

  private mutating func readBins(_ table: DatasetTable) throws(DatasetError) {
    let (number, least) = (try table.column("bin"), try table.column("min_s"))
    let greatest = try table.column("max_s")
    var bins: [LifetimeBin] = []
    try table.forEachRow { row throws(DatasetError) in
      guard try row.whole(number) == bins.count else {
        throw row.error(number, "\(bins.count), the next number")
      }
      let bin = LifetimeBin(least: try row.whole(least), greatest: try row.whole(greatest))
      let before = bins.last.map { $0.greatest + Self.sample } ?? 0
      guard bin.least == before else {
        throw row.error(least, "\(before), one interval after the bin before")
      }
      guard bin.greatest >= bin.least, (bin.greatest - bin.least) % Self.sample == 0 else {
        throw row.error(greatest, "\(bin.least) or intervals of \(Self.sample) more")
      }
      bins.append(bin)
    }
    self.bins = bins
  }

  private func requests(
    of table: DatasetTable, hasLifetimes: Bool
  ) throws(DatasetError) -> Requests {
    let columns = try RequestColumns(table, hasLifetimes: hasLifetimes)
    let numbers = Dictionary(uniqueKeysWithValues: zip(flavors.map(\.name), flavors.indices))
    var found = Requests()
    try table.forEachRow { row throws(DatasetError) in
      let arrival = try row.whole(columns.arrival)
      guard arrival >= found.arrivals.last ?? 0 else {
        throw row.error(columns.arrival, "no less than in the row before")
      }
      guard let flavor = numbers[row.text(columns.flavor)] else {
        throw row.error(columns.flavor, "a flavor of \(File.flavors)")
      }
      found.arrivals.append(arrival)
      found.batches.append(try row.whole(columns.batch))
      found.flavors.append(flavor)
      guard hasLifetimes else { return }
      let bin = Int(try row.whole(columns.bin))
      guard bins.indices.contains(bin) else {
        throw row.error(columns.bin, "a bin of \(File.bins)")
      }
      guard arrival < Self.end else {
        throw row.error(columns.arrival, "before the trace's end at \(Self.end)")
      }
      found.bins.append(bin)
      found.isCensored.append(try row.flag(columns.censored))
    }
    return found
  }
}

/// Where the columns of a table of requests stand.
private struct RequestColumns {
  let arrival, batch, flavor: Int
  var bin = 0
  var censored = 0

  init(_ table: DatasetTable, hasLifetimes: Bool) throws(DatasetError) {
    arrival = try table.column("arrival_s")
    batch = try table.column("batch")
    flavor = try table.column("flavor")
    guard hasLifetimes else { return }
    bin = try table.column("lifetime_bin")
    censored = try table.column("censored")
  }
}
