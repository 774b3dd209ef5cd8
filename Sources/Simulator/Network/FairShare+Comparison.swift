/// Methods to compare with: the textbook's, and an approximation.
extension FairShare {
  /// Progressive filling of all links; each round looks at all links and all limits.
  mutating func settleAll() {
    for flow in 0..<flowLimit where pathCount[flow] > 0 {
      _ = filling.add(flow: Int32(flow))
      touch(Int32(flow))
    }
    for link in 0..<linkCount {
      filling.open(link, available: available[link], flows: use.count[link])
    }
    let hasLimits = filling.flows.contains { limit[Int($0)].isFinite }
    var rising = filling.flows.count
    while rising > 0 {
      if hasLimits, let flow = leastLimit(), limit[Int(flow)] <= leastShare().share {
        rising -= stop(flow, at: limit[Int(flow)])
        continue
      }
      let (link, share) = leastShare()
      for cell in use.cells(of: link) where filling.isRising[Int(use.flow[cell])] {
        rising -= stop(use.flow[cell], at: share)
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

  private mutating func stop(_ flow: Int32, at rate: Double) -> Int {
    filling.isRising[Int(flow)] = false
    filling.rate[Int(flow)] = rate
    let base = FlowPath.longest * Int(flow)
    for index in base..<base + Int(pathCount[Int(flow)]) {
      filling.take(rate, from: Int(pathLinks[index]))
    }
    return 1
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
