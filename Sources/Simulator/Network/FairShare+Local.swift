/// Growth from the changed links, only as far as conditions broke.
///
/// The level of a link depends on the flows of other links only where they are slower. So links are
/// taken in the order of the lower of the level that they have and the one that they want: what
/// stands below it is final, as in the order in which progressive filling would meet them. Solving
/// a link takes the bounds of its flows as they are; another link is taken up only if the new
/// bounds leave it over its capacity, or not full.
extension FairShare {
  mutating func settleLocally() {
    guard effort.isWorthTrying else {
      effort.rest()
      settleComponent()
      return
    }
    effort.begin(cells: cellCount)
    for link in changedLinks { weigh(Int(link)) }
    while let link = queue.removeLeast() {
      guard effort.isWorthGoingOn else {
        queue.removeAll()
        effort.fail()
        settleComponent()
        return
      }
      solve(link)
    }
    effort.succeed()
  }

  /// Finds the level that a link wants, and queues it if it has another one.
  private mutating func weigh(_ link: Int) {
    let old = level[link]
    let new = wantedLevel(link)
    effort.spend(use.count[link])
    wanted[link] = new
    if new == old || (old.isFinite && abs(new - old) <= old * 0x1p-43) {
      queue.remove(link)
    } else {
      queue.set(link, key: min(old, new))
    }
  }

  /// Gives a link the level that it wants, and weighs the links that this reaches.
  private mutating func solve(_ link: Int) {
    let (old, new) = (level[link], wanted[link])
    level[link] = new
    effort.spend(LocalEffort.spreading * use.count[link])
    for cell in use.cells(of: link) {
      let bound = use.bound[cell]
      let flow = use.flow[cell]
      if min(bound, old) != min(bound, new) { touch(flow) }
      spread(flow, except: Int(use.part[cell]))
    }
    for link in affectedLinks {
      isLinkAffected[Int(link)] = false
      weigh(Int(link))
    }
    affectedLinks.removeAll(keepingCapacity: true)
  }

  /// Renews the bounds of a flow on its other links, and marks the links where that matters: not
  /// where the bound was above the wanted level and still is.
  @inline(__always)
  private mutating func spread(_ flow: Int32, except part: Int) {
    let base = FlowPath.longest * Int(flow)
    let path = base..<base + Int(pathCount[Int(flow)])
    let (least, second, place) = leastLevels(path, limit: limit[Int(flow)])
    for index in path where index != base + part {
      let cell = Int(pathCells[index])
      let link = Int(pathLinks[index])
      let new = index == place ? second : least
      let old = use.bound[cell]
      use.bound[cell] = new
      let wanted = wanted[link]
      if min(old, wanted) != min(new, wanted), !isLinkAffected[link] {
        isLinkAffected[link] = true
        affectedLinks.append(Int32(link))
      }
    }
  }

  /// The level at which the flows of a link, each up to its bound, fill it; infinite if they do not.
  ///
  /// Newton's method on a concave, piecewise linear sum: after the first step it comes from below
  /// and each step leaves out more flows, so that it ends after few sweeps.
  private func wantedLevel(_ link: Int) -> Double {
    let count = use.count[link]
    guard count > 0 else { return .infinity }
    let capacity = available[link]
    let even = capacity / Double(count)
    let cells = use.cells(of: link)
    var guess = level[link].isFinite ? max(level[link], even) : even
    var isFirst = true
    let bounds = use.bound.span
    while true {
      var (slower, sum) = (0, 0.0)
      for cell in cells {
        let bound = bounds[cell]
        let isSlower = bound < guess
        sum += isSlower ? bound : 0
        slower += isSlower ? 1 : 0
      }
      if slower == count {
        if sum <= capacity || !isFirst { return .infinity }
        guess = even
        isFirst = false
        continue
      }
      let next = max(even, (capacity - sum) / Double(count - slower))
      if next == guess || (!isFirst && next < guess) { return next }
      guess = next
      isFirst = false
    }
  }
}
