/// Methods to compare with: the textbook's, and an approximation.
extension FairShare {
  /// Progressive filling of all links; each round looks at all links and all limits.
  mutating func settleAll() {
    for flow in 0..<flowLimit where pathCount[flow] > 0 {
      _ = filling.add(flow: Int32(flow))
      touch(Int32(flow))
    }
    for link in 0..<linkCount {
      level[link] = .infinity
      touch(link: link)
      filling.open(link, available: available[link], flows: use.count[link])
    }
    let hasLimits = filling.flows.contains { limit[Int($0)].isFinite }
    filling.begin()
    while filling.rising > 0 {
      if hasLimits, let flow = leastLimit(), limit[Int(flow)] <= leastShare().share {
        stop(flow, at: limit[Int(flow)])
        continue
      }
      let (link, share) = leastShare()
      level[link] = share
      for cell in use.cells(of: link) where filling.isRising[Int(use.flow[cell])] {
        stop(use.flow[cell], at: share)
      }
    }
    filling.close()
  }

  private func leastShare() -> (link: Int, share: Double) {
    var (found, least) = (0, Double.infinity)
    for link in 0..<linkCount where filling.open[link] > 0 && filling.share(link) < least {
      (found, least) = (link, filling.share(link))
    }
    return (found, least)
  }

  private func leastLimit() -> Int32? {
    filling.flows.lazy.filter { filling.isRising[Int($0)] }.min {
      limit[Int($0)] < limit[Int($1)]
    }
  }

  private mutating func stop(_ flow: Int32, at rate: Double) {
    filling.stop(flow)
    let base = FlowPath.longest * Int(flow)
    for index in base..<base + Int(pathCount[Int(flow)]) {
      filling.take(rate, from: Int(pathLinks[index]))
    }
  }

  /// Each link shared evenly, whether its flows can use their parts or not.
  mutating func settleEqually() {
    for link in changedLinks {
      for cell in use.cells(of: Int(link)) {
        let flow = use.flow[cell]
        let base = FlowPath.longest * Int(flow)
        var rate = limit[Int(flow)]
        for index in base..<base + Int(pathCount[Int(flow)]) {
          let link = Int(pathLinks[index])
          rate = min(rate, available[link] / Double(use.count[link]))
        }
        filling.rate[Int(flow)] = rate
        touch(flow)
      }
    }
  }
}
