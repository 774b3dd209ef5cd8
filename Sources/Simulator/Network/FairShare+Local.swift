/// Growth from the changed links, only as far as conditions broke.
///
/// The level of a link depends on the flows of other links only where they are slower. So links are
/// taken in the order of the lower of the level that they have and the one that they want: what
/// stands below it is final, as in the order in which progressive filling would meet them. Solving
/// a link takes the bounds of its flows as they are; another link is taken up only if the new
/// bounds leave it over its capacity, or not full. Most levels follow from the balance of the link;
/// its bounds are swept only where one of them came between.
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
    effort.spend(1)
    let count = use.count[link]
    let new =
      count == 0
      ? .infinity
      : use.balance[link].level(count: count, capacity: available[link]) ?? sweptLevel(link)
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
    touch(link: link)
    effort.spend(LocalEffort.spreading * use.count[link])
    let least = min(old, new)
    for cell in use.cells(of: link) {
      let flow = use.flow[cell]
      if use.bound[cell] >= least { touch(flow) }
      let place = FlowPath.longest * Int(flow) + Int(use.part[cell])
      if pathCount[Int(flow)] == 2 {
        let other = use.part[cell] == 0 ? place + 1 : place - 1
        spread(min(limit[Int(flow)], new), to: other)
      } else {
        spread(flow, except: place)
      }
    }
    for link in affectedLinks {
      isLinkAffected[Int(link)] = false
      weigh(Int(link))
    }
    affectedLinks.removeAll(keepingCapacity: true)
  }

  /// Renews the bounds of a flow on its links but one.
  private mutating func spread(_ flow: Int32, except skipped: Int) {
    let base = FlowPath.longest * Int(flow)
    let path = base..<base + Int(pathCount[Int(flow)])
    let (least, second, place) = leastLevels(path, limit: limit[Int(flow)])
    for index in path where index != skipped { spread(index == place ? second : least, to: index) }
  }

  /// Gives a flow another bound at a place of its path, and marks the link where that matters: not
  /// where the bound was above the wanted level and still is.
  @inline(__always)
  private mutating func spread(_ new: Double, to place: Int) {
    let (link, cell) = (Int(pathLinks[place]), Int(pathCells[place]))
    let old = use.bound[cell]
    if old == new { return }
    use.setBound(new, at: cell, of: link)
    let wanted = wanted[link]
    if min(old, wanted) != min(new, wanted), !isLinkAffected[link] {
      isLinkAffected[link] = true
      affectedLinks.append(Int32(link))
    }
  }

  /// The level at which the flows of a link, each up to its bound, fill it; infinite if they do not.
  ///
  /// Newton's method on a concave, piecewise linear sum: after the first step it comes from below
  /// and each step leaves out more flows, so that it ends after few sweeps.
  private mutating func sweptLevel(_ link: Int) -> Double {
    let (count, capacity) = (use.count[link], available[link])
    let even = capacity / Double(count)
    var guess = level[link].isFinite ? max(level[link], even) : even
    var isFirst = true
    while true {
      effort.spend(count)
      let sweep = use.sweep(link, below: guess)
      if sweep.slow == count {
        if sweep.sum <= capacity || !isFirst {
          use.balance[link] = LinkBalance(sweep)
          return .infinity
        }
        guess = even
        isFirst = false
        continue
      }
      let next = max(even, (capacity - sweep.sum) / Double(count - sweep.slow))
      if next == guess || (!isFirst && next < guess) {
        use.balance[link] = LinkBalance(sweep)
        return next
      }
      guess = next
      isFirst = false
    }
  }
}
