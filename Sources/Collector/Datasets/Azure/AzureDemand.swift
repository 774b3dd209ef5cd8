import Scenarios

extension AzureTables {
  /// The requests as a demand, time counted from the window's start.
  ///
  /// An arrival is known to 300 s and lies uniformly in its interval. A lifetime is the difference
  /// of two instants that were each moved to the end of their 300 s, so that the true one lies
  /// about the recorded one: uniform from half an interval below its bin to half an interval above,
  /// never below zero, and never beyond the end of the trace for those that were seen to end. VMs
  /// that still ran at the end stay.
  package var demand: ConvertedDemand {
    var demand = ConvertedDemand(flavors: flavors.map(\.converted))
    let half = Self.sample / 2
    for index in 0..<vms.count {
      let bin = bins[vms.bins[index]]
      let least = max(0, bin.least - half)
      let rest = Self.end - vms.arrivals[index]
      demand.append(
        time: vms.arrivals[index] - start, within: Self.sample, flavor: vms.flavors[index],
        lifetime: vms.isCensored[index]
          ? nil : least...max(least, min(bin.greatest + half, rest)),
        batch: vms.batches[index])
    }
    return demand
  }

  /// The requests of the first weeks as a demand of VMs that stay; nil where they are absent.
  package var firstWeeksDemand: ConvertedDemand? {
    guard let firstWeeks else { return nil }
    var demand = ConvertedDemand(flavors: flavors.map(\.converted))
    for index in 0..<firstWeeks.count {
      demand.append(
        time: firstWeeks.arrivals[index], within: Self.sample, flavor: firstWeeks.flavors[index],
        lifetime: nil, batch: firstWeeks.batches[index])
    }
    return demand
  }
}

extension AzureTables.Flavor {
  fileprivate var converted: DemandFlavor {
    DemandFlavor(name: name, milliCPU: vcpus * 1000, memoryMiB: memoryMiB)
  }
}
