import CloudModel

extension PlacementSimulation {
  /// Takes plain events of a block as long as there are some.
  mutating func takeStretch(
    of block: DemandBlock, through horizon: Int64
  ) -> StretchPause {
    guard hasStretches, !vms.hasKeys, blocks.isEmpty else { return .event }
    if isFleetSeen {
      var none = (cpu: [Int32](), memory: [Int32](), vmCount: [Int32]())
      return takeStretch(
        SeenFleet.self, of: block, through: horizon, &none.cpu, &none.memory, &none.vmCount)
    }
    var free = (cpu: [Int32](), memory: [Int32](), vmCount: [Int32]())
    exchange(&free.cpu, &free.memory, &free.vmCount)
    let pause = takeStretch(
      UnseenFleet.self, of: block, through: horizon, &free.cpu, &free.memory, &free.vmCount)
    exchange(&free.cpu, &free.memory, &free.vmCount)
    return pause
  }

  private mutating func takeStretch<View: FleetView>(
    _: View.Type, of block: DemandBlock, through horizon: Int64, _ cpu: inout [Int32],
    _ memory: inout [Int32], _ vmCount: inout [Int32]
  ) -> StretchPause {
    var stretch = PlacementStretch<View>(
      grid: placer.index.grid, wordCount: placer.index.wordCount, order: placer.buckets,
      limit: min(horizon, nextSample - 1, .max - 1), zoneCount: measures.zoneCount,
      isMeasured: options.isMeasured, tracksEnds: tracksEnds,
      keepsDecisions: options.keepsDecisions, position: position, now: now, hash: placementHash,
      firstFree: vms.firstFree, root: departures.root, rest: departures.rest,
      counts: measures.counts)
    let pause = PlacementStretch.run(
      &stretch, block, plans, requests, placer.predicates, placer.eligible, fleet: &fleet,
      cpu: &cpu, memory: &memory, vmCount: &vmCount, links: &placer.index.links,
      tops: &placer.index.tops, words: &placer.index.words, entries: &vms.entries,
      groups: &departures.groups, tallies: &measures.tallies, decisions: &decisions)
    (position, now, placementHash) = (stretch.position, stretch.now, stretch.hash)
    vms.firstFree = stretch.firstFree
    (departures.root, departures.rest) = (stretch.root, stretch.rest)
    measures.counts = stretch.counts
    return pause
  }

  private mutating func exchange(
    _ cpu: inout [Int32], _ memory: inout [Int32], _ vmCount: inout [Int32]
  ) {
    swap(&fleet.freeMilliCPU, &cpu)
    swap(&fleet.freeMemoryMiB, &memory)
    swap(&fleet.vmCount, &vmCount)
  }
}
