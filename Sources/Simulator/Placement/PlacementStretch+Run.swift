import CloudModel

extension PlacementStretch {
  /// Takes plain events until one is not plain.
  ///
  /// The columns come one by one, as a span of one of them excludes access to what holds it; those
  /// of hosts are empty if the fleet is seen.
  static func run(
    _ state: inout PlacementStretch, _ block: DemandBlock, _ plans: [RequestPlan],
    _ requests: [PlacementRequest], _ predicates: [HostPredicate], _ eligible: [Int32],
    fleet: inout Fleet, cpu: inout [Int32], memory: inout [Int32], vmCount: inout [Int32],
    links: inout [ResidualIndex.Link], tops: inout [Int32], words: inout [UInt64],
    entries: inout [VMTable.Entry], groups: inout [DepartureHeap.Group],
    tallies: inout [PlacementMeasures.Tally], decisions: inout [Int32]
  ) -> StretchPause {
    var cpu = cpu.mutableSpan
    var memory = memory.mutableSpan
    var vmCount = vmCount.mutableSpan
    var links = links.mutableSpan
    var tops = tops.mutableSpan
    var words = words.mutableSpan
    var entries = entries.mutableSpan
    var groups = groups.mutableSpan
    var tallies = tallies.mutableSpan
    let types = plans.span
    let demands = requests.span
    let eligible = eligible.span
    let times = block.times.span
    let kinds = block.kinds.span
    let asked = block.requests.span
    let lives = block.lives.span
    let keys = block.keys.span
    var stretch = state
    defer { state = stretch }

    while stretch.position < times.count {
      let position = stretch.position
      let time = times[position]
      guard time <= stretch.limit, time >= stretch.now, kinds[position] == .arrival,
        keys[position] < 0
      else { return .event }
      while DepartureHeap.time(of: stretch.root) <= time {
        let slot = DepartureHeap.slot(of: stretch.root)
        let entry = entries[slot]
        let (host, request) = (Int(entry.host), Int(entry.request))
        let plan = types[request]
        if host < 0 || plan.hasDevices { return .event }
        stretch.now = DepartureHeap.time(of: stretch.root)
        stretch.counts.departures &+= 1
        stretch.change(
          host, request, plan, isMore: false, end: 0, &fleet, &cpu, &memory, &vmCount, &links,
          &tops, &words, &tallies)
        entries[slot] = VMTable.Entry(host: -1, request: stretch.firstFree)
        stretch.firstFree = Int32(truncatingIfNeeded: slot)
        DepartureHeap.removeFirst(of: &groups, &stretch.root, &stretch.rest)
      }
      let request = Int(asked[position])
      let plan = types[request]
      if plan.hasDevices { return .event }
      guard stretch.firstFree >= 0, stretch.rest >> 2 < groups.count else { return .room }
      // Not in a function of its own: it would be given copies of the fleet and of the numbers.
      let host: Int
      if View.isSeen, plan.isChecked {
        host = OrderedPlacer.firstAccepted(
          plan, request, demands, fleet, predicates.span, stretch.order, stretch.grid, eligible,
          links.span, tops.span, words.span, stretch.wordCount)
      } else if stretch.order.isTightestFirst {
        host = OrderedPlacer.tightest(
          plan, stretch.grid, eligible, tops.span, words.span, stretch.wordCount)
      } else {
        host = OrderedPlacer.first(
          plan, stretch.order, stretch.grid, eligible, links.span, tops.span, words.span,
          stretch.wordCount
        ) { _ in true }
      }
      // A refusal is taken apart; it needs a reason.
      if host < 0 { return .event }
      stretch.now = time
      stretch.hash = PlacementSimulation.hash(stretch.hash, host)
      if stretch.keepsDecisions { decisions.append(Int32(truncatingIfNeeded: host)) }
      let sequence = UInt64(truncatingIfNeeded: stretch.counts.arrivals)
      stretch.counts.arrivals &+= 1
      stretch.counts.placed &+= 1
      let end = PlacementSimulation.end(of: lives[position], from: time)
      stretch.change(
        host, request, plan, isMore: true, end: end, &fleet, &cpu, &memory, &vmCount, &links,
        &tops, &words, &tallies)
      let slot = Int(stretch.firstFree)
      stretch.firstFree = entries[slot].request
      entries[slot] = VMTable.Entry(
        host: Int32(truncatingIfNeeded: host), request: Int32(truncatingIfNeeded: request))
      if end < .max {
        DepartureHeap.insert(
          time: end, sequence: sequence, slot: slot, into: &groups, &stretch.root, &stretch.rest)
      }
      stretch.position = position &+ 1
    }
    return .end
  }
}
