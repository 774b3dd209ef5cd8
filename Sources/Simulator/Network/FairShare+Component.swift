/// Progressive filling of everything reachable from the changed links.
extension FairShare {
  mutating func settleComponent() {
    reach()
    for link in filling.links {
      let index = Int(link)
      filling.open(index, available: available[index], flows: use.count[index])
      level[index] = .infinity
      touch(link: index)
    }
    filling.sortLimits(limit)
    fill()
    for flow in filling.flows { touch(flow) }
    // The methods that never grow do without bounds.
    if method == .local { renewBounds() }
    filling.close()
  }

  /// Collects the links and flows of the components of the changed links.
  private mutating func reach() {
    for link in changedLinks { filling.add(link: link) }
    var next = 0
    while next < filling.links.count {
      let link = Int(filling.links[next])
      next += 1
      for cell in use.cells(of: link) {
        let flow = use.flow[cell]
        guard filling.add(flow: flow) else { continue }
        let base = FlowPath.longest * Int(flow)
        for index in base..<base + Int(pathCount[Int(flow)]) { filling.add(link: pathLinks[index]) }
      }
    }
  }

  /// Raises all rates together; a flow stops at its limit or where a link is full.
  ///
  /// The share of a link never sinks while others fill up, so a key in the heap is a lower bound
  /// and is corrected only when it comes up.
  private mutating func fill() {
    filling.begin()
    while filling.rising > 0, let link = filling.heap.least {
      guard filling.open[link] > 0 else {
        filling.heap.remove(link)
        continue
      }
      let share = filling.share(link)
      if share > filling.heap.secondKey {
        filling.heap.set(link, key: share)
      } else if let flow = filling.takeLimited(upTo: share, limit) {
        freeze(flow, at: limit[Int(flow)])
      } else {
        filling.heap.remove(link)
        level[link] = share
        for cell in use.cells(of: link) where filling.isRising[Int(use.flow[cell])] {
          freeze(use.flow[cell], at: share)
        }
      }
    }
  }

  private mutating func freeze(_ flow: Int32, at rate: Double) {
    filling.stop(flow)
    let base = FlowPath.longest * Int(flow)
    for index in base..<base + Int(pathCount[Int(flow)]) {
      filling.take(rate, from: Int(pathLinks[index]))
    }
  }
}
