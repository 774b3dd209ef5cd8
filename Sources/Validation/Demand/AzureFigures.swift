import Collector

/// The figures of the requests of a week in Azure, from tables and from a replay alike: what is
/// compared was observed in the same way.
struct AzureFigures {
  let tables: AzureTables

  init(_ tables: AzureTables) {
    self.tables = tables
  }

  /// All figures, tables beside a replay.
  func figures(seed: UInt64) -> [DemandFigure] {
    let demand = tables.demand
    let replay = UnlimitedReplay(DemandDraws(demand, seed: seed))
    var measured = quantities(of: tables.vms, peak: measuredPeak)
    var predicted = quantities(
      of: observed(replay, batches: demand.batches), peak: replay.peak)
    if let first = tables.firstWeeks, let demand = tables.firstWeeksDemand {
      let replay = UnlimitedReplay(DemandDraws(demand, seed: seed))
      measured.append(Self.rate("day0-21/", first.arrivals, first.arrivals))
      predicted.append(
        Self.rate("day0-21/", replay.arrivals.map(Self.stamp), first.arrivals))
    }
    return DemandFigure.paired(measured, predicted)
  }

  /// The peak of the tables, every VM living as long as the middle of its bin.
  private var measuredPeak: PeakLoad {
    let vms = tables.vms
    let ends = (0..<vms.count).map { index -> Int64 in
      let bin = tables.bins[vms.bins[index]]
      // Twice the instant, so that the middle of a bin stays a whole number.
      return vms.isCensored[index]
        ? .max : 2 * vms.arrivals[index] + bin.least + bin.greatest
    }
    return PeakLoad(arrivals: vms.arrivals.map { 2 * $0 }, ends: ends) { vm in
      let flavor = tables.flavors[vms.flavors[vm]]
      return (Int64(flavor.vcpus) * 1000, Int64(flavor.memoryMiB))
    }
  }

  /// A replay as Azure would have recorded it: every instant moved to the end of its 300 s, lives
  /// counted in bins, those cut off that run on past the end.
  ///
  /// `batches` are those of the demand; events do not carry them, and only their sizes count.
  private func observed(_ replay: UnlimitedReplay, batches: [Int64]) -> AzureTables.Requests {
    var requests = AzureTables.Requests()
    requests.batches = batches
    for vm in replay.arrivals.indices {
      let arrival = tables.start + Self.stamp(replay.arrivals[vm])
      let end = replay.ends[vm]
      let left = end == .max ? Int64.max : tables.start + Self.stamp(end)
      requests.arrivals.append(arrival)
      requests.flavors.append(Int(replay.requests[vm]))
      requests.isCensored.append(left > AzureTables.end)
      requests.bins.append(bin(of: min(left, AzureTables.end) - arrival))
    }
    return requests
  }

  /// The end of the interval that an instant in microseconds lies in, in seconds.
  private static func stamp(_ instant: Int64) -> Int64 {
    let interval = AzureTables.sample * 1_000_000
    return (instant + interval - 1) / interval * AzureTables.sample
  }

  /// The bin of a lifetime in seconds; beyond the last bin the last.
  private func bin(of life: Int64) -> Int {
    var (low, high) = (0, tables.bins.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if tables.bins[middle].greatest < life { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func quantities(of vms: AzureTables.Requests, peak: PeakLoad) -> Quantities {
    var quantities = Self.rate("", vms.arrivals, tables.vms.arrivals)
    quantities.append(sizes(of: vms))
    quantities.append(lives(of: vms))
    quantities.append(Self.bursts(vms.batches))
    quantities.append(Self.arrivals(vms.arrivals, window: tables.vms.arrivals))
    quantities.add("peak_vms", peak.vms, of: vms.count)
    quantities.add("peak_vcpus", Double(peak.milliCPU) / 1000, of: vms.count)
    quantities.add("peak_memory_gib", Double(peak.memoryMiB) / 1024, of: vms.count)
    return quantities
  }

  /// Count and rate over the window from the first interval to the last.
  private static func rate(
    _ prefix: String, _ arrivals: [Int64], _ window: [Int64]
  ) -> Quantities {
    var quantities = Quantities()
    let seconds = (window.last ?? 0) - (window.first ?? 0) + AzureTables.sample
    quantities.add("\(prefix)vms", arrivals.count, of: arrivals.count)
    quantities.add(
      "\(prefix)vms_per_h", Double(arrivals.count) * 3600 / Double(seconds), of: arrivals.count)
    return quantities
  }

  private func sizes(of vms: AzureTables.Requests) -> Quantities {
    var quantities = Quantities()
    var counts = [Int](repeating: 0, count: tables.flavors.count)
    for flavor in vms.flavors { counts[flavor] += 1 }
    let total = Double(vms.count)
    for vcpus in Set(tables.flavors.map(\.vcpus)).sorted() {
      let count = zip(tables.flavors, counts).reduce(0) {
        $0 + ($1.0.vcpus == vcpus ? $1.1 : 0)
      }
      quantities.add("vcpus_\(vcpus).share", Double(count) / total, of: vms.count)
    }
    let sums = zip(tables.flavors, counts).reduce((vcpus: 0.0, memory: 0.0)) { sums, entry in
      let count = Double(entry.1)
      return (
        sums.vcpus + Double(entry.0.vcpus) * count,
        sums.memory + Double(entry.0.memoryMiB) * count
      )
    }
    quantities.add("vcpus.mean", sums.vcpus / total, of: vms.count)
    quantities.add("memory_gib.mean", sums.memory / 1024 / total, of: vms.count)
    return quantities
  }
}
