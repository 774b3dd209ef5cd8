/// Bounds of flows: what their own limits and their other links leave them on a link.
extension FairShare {
  /// Sets the bound of a flow on each of its links: its limit and the least level of the others.
  mutating func setBounds(of flow: Int32) {
    let base = FlowPath.longest * Int(flow)
    let end = base + Int(pathCount[Int(flow)])
    let (least, second, place) = leastLevels(base..<end, limit: limit[Int(flow)])
    for index in base..<end {
      use.setBound(
        index == place ? second : least, at: Int(pathCells[index]), of: Int(pathLinks[index]))
    }
  }

  /// Sets the bounds of all flows of some links, whose balances are found anew when next needed.
  mutating func renewBounds() {
    for link in filling.links {
      use.balance[Int(link)].forget()
      wanted[Int(link)] = level[Int(link)]
    }
    for flow in filling.flows {
      let base = FlowPath.longest * Int(flow)
      let end = base + Int(pathCount[Int(flow)])
      let (least, second, place) = leastLevels(base..<end, limit: limit[Int(flow)])
      for index in base..<end {
        use.setUncountedBound(index == place ? second : least, at: Int(pathCells[index]))
      }
    }
  }

  /// The least and the second least of a limit and the levels of the links of a path, and where
  /// the least stands; -1 if it is the limit.
  @inline(__always)
  func leastLevels(
    _ path: Range<Int>, limit: Double
  ) -> (least: Double, second: Double, place: Int) {
    var (least, second, place) = (limit, Double.infinity, -1)
    for index in path {
      let value = level[Int(pathLinks[index])]
      if value < least {
        (second, least, place) = (least, value, index)
      } else if value < second {
        second = value
      }
    }
    return (least, second, place)
  }
}
