/// What a settling has changed: rates, levels and bottlenecks.
extension FairShare {
  /// A difference of rounding is none: nothing is planned anew for less than this part.
  private static let noise = 0x1p-40

  /// Remembers that the rate or the bottleneck of a flow may be another one.
  @inline(__always)
  mutating func touch(_ flow: Int32) {
    if isFlowTouched[Int(flow)] { return }
    isFlowTouched[Int(flow)] = true
    touchedFlows.append(flow)
  }

  /// Remembers that the level of a link may be another one.
  @inline(__always)
  mutating func touch(link: Int) {
    if isLinkTouched[link] { return }
    isLinkTouched[link] = true
    touchedLinks.append(Int32(link))
  }

  /// Compares the touched links and flows with what was settled before.
  mutating func reportChanges() {
    changedLevels.removeAll(keepingCapacity: true)
    changedFlows.removeAll(keepingCapacity: true)
    movedFlows.removeAll(keepingCapacity: true)
    for link in touchedLinks { report(link: Int(link)) }
    touchedLinks.removeAll(keepingCapacity: true)
    for flow in touchedFlows { report(flow) }
    touchedFlows.removeAll(keepingCapacity: true)
  }

  private mutating func report(link: Int) {
    isLinkTouched[link] = false
    let (old, new) = (settledLevel[link], level[link])
    if old == new || (old.isFinite && abs(new - old) <= old * Self.noise) { return }
    settledLevel[link] = new
    changedLevels.append(Int32(link))
  }

  private mutating func report(_ flow: Int32) {
    let index = Int(flow)
    isFlowTouched[index] = false
    guard pathCount[index] > 0 else { return }
    let rate: Double
    if method == .equalShare {
      rate = filling.rate[index]
    } else {
      let base = FlowPath.longest * index
      let (least, _, place) = leastLevels(
        base..<base + Int(pathCount[index]), limit: limit[index])
      rate = least
      setBottleneck(of: flow, to: place < 0 ? -1 : pathLinks[place], level: least)
    }
    if abs(rate - rates[index]) > rates[index] * Self.noise {
      rates[index] = rate
      changedFlows.append(flow)
    }
  }

  /// Of several links at the level of a flow the one stays its bottleneck that was it.
  @inline(__always)
  private mutating func setBottleneck(of flow: Int32, to link: Int32, level least: Double) {
    let old = bottlenecks[Int(flow)]
    if old == link || (old >= 0 && level[Int(old)] == least) { return }
    bottlenecks[Int(flow)] = link
    movedFlows.append(flow)
  }
}
