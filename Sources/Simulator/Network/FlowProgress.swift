import CloudModel

/// What flows have left, and when each ends at the rates that it has.
///
/// Flows at the level of a link all run at one rate, so the order in which they end is fixed as they
/// join: each has a mark on the count of bytes that the link has given to any one of them. A change
/// of the level changes neither marks nor order, and only the least mark of a link is planned. A
/// flow that no link holds is planned by itself. Counts are in Double; the instant of an end is
/// rounded once, to a microsecond.
struct FlowProgress: Sendable {
  /// The flows at the level of one link.
  private struct Progress {
    /// Bytes that each of them has got up to `since`, from the first one on.
    var served = 0.0
    var rate = 0.0
    var since = SimulatedTime.start
    var plan = EventHandle.none

    func served(at now: SimulatedTime) -> Double { served + rate * (now - since).seconds }
  }

  private var queue = EventQueue()
  private var links: [Progress]
  private var heaps: FlowHeaps
  private var isOutdated: [Bool]
  private var outdated: [Int32] = []
  /// The link whose flows are ending.
  private var ending: Int32 = -1

  /// Columns of flows: the link that holds each, -1 for none; and where none does, bytes left, rate,
  /// since when, and the planned end.
  private var holder: [Int32] = []
  private var left: [Double] = []
  private var rate: [Double] = []
  private var since: [SimulatedTime] = []
  private var plan: [EventHandle] = []

  init(links count: Int) {
    links = Array(repeating: Progress(), count: count)
    heaps = FlowHeaps(links: count)
    isOutdated = Array(repeating: false, count: count)
  }

  /// Begins a flow, at a rate of zero.
  mutating func start(_ flow: Int32, bytes: Bytes, at now: SimulatedTime) {
    if Int(flow) == left.count {
      holder.append(-1)
      left.append(0)
      rate.append(0)
      since.append(now)
      plan.append(.none)
      heaps.addFlow()
    }
    left[Int(flow)] = Double(bytes.count)
    rate[Int(flow)] = 0
    since[Int(flow)] = now
  }

  /// When the next flow ends; nil if none does at the present rates.
  mutating func nextTime() -> SimulatedTime? { queue.nextTime() }

  /// Takes out a flow that ends at an instant, which is the next; nil if there is none.
  mutating func nextEnd(at now: SimulatedTime) -> Int32? {
    if ending >= 0 {
      let link = Int(ending)
      if let least = heaps.least(link), end(link, mark: least.key) <= now {
        return release(least.item, from: link)
      }
      outdate(link)
      ending = -1
    }
    guard queue.nextTime() == now, let event = queue.popNext() else { return nil }
    guard event.kind == .linkEnd else {
      plan[Int(event.subject)] = .none
      return event.subject
    }
    let link = Int(event.subject)
    links[link].plan = .none
    ending = event.subject
    return heaps.least(link).map { release($0.item, from: link) }
  }

  private mutating func release(_ flow: Int32, from link: Int) -> Int32 {
    _ = heaps.remove(flow, from: link)
    holder[Int(flow)] = -1
    return flow
  }

  /// Goes on at the rates that were settled last.
  mutating func follow(_ share: FairShare, at now: SimulatedTime) {
    for flow in share.movedFlows { detach(flow, at: now) }
    for link in share.changedLevels { setRate(of: Int(link), share.level(of: link), at: now) }
    for flow in share.changedFlows where holder[Int(flow)] < 0 {
      detach(flow, at: now)
      rate[Int(flow)] = share.rate(of: flow).bytesPerSecond
    }
    for flow in share.movedFlows { attach(flow, share, at: now) }
    for flow in share.changedFlows where holder[Int(flow)] < 0 { planAlone(flow, at: now) }
    for link in outdated { planLeast(of: Int(link), at: now) }
    outdated.removeAll(keepingCapacity: true)
  }

  /// Brings what a flow has left up to date, and takes it from the link that holds it.
  private mutating func detach(_ flow: Int32, at now: SimulatedTime) {
    let index = Int(flow)
    let link = Int(holder[index])
    if link >= 0 {
      let mark = heaps.remove(flow, from: link)
      left[index] = max(0, mark - links[link].served(at: now))
      holder[index] = -1
      outdate(link)
    } else {
      left[index] = max(0, left[index] - rate[index] * (now - since[index]).seconds)
      queue.cancel(plan[index])
      plan[index] = .none
    }
    rate[index] = 0
    since[index] = now
  }

  private mutating func setRate(of link: Int, _ rate: Bandwidth, at now: SimulatedTime) {
    links[link].served = heaps.isEmpty(link) ? 0 : links[link].served(at: now)
    links[link].rate = rate.bytesPerSecond
    links[link].since = now
    outdate(link)
  }

  /// Gives a flow to its bottleneck, or plans it alone.
  private mutating func attach(_ flow: Int32, _ share: FairShare, at now: SimulatedTime) {
    guard let link = share.bottleneck(of: flow) else {
      rate[Int(flow)] = share.rate(of: flow).bytesPerSecond
      return planAlone(flow, at: now)
    }
    holder[Int(flow)] = link
    heaps.insert(flow, key: links[Int(link)].served(at: now) + left[Int(flow)], into: Int(link))
    outdate(Int(link))
  }

  private mutating func planAlone(_ flow: Int32, at now: SimulatedTime) {
    let length = SimulatedDuration(seconds: left[Int(flow)] / rate[Int(flow)])
    queue.cancel(plan[Int(flow)])
    plan[Int(flow)] = .none
    // A flow at a rate of zero ends only if the rate changes.
    if length.microseconds < .max {
      plan[Int(flow)] = queue.schedule(at: now + length, kind: .flowEnd, subject: flow)
    }
  }

  private mutating func outdate(_ link: Int) {
    if isOutdated[link] { return }
    isOutdated[link] = true
    outdated.append(Int32(link))
  }

  private mutating func planLeast(of link: Int, at now: SimulatedTime) {
    isOutdated[link] = false
    queue.cancel(links[link].plan)
    links[link].plan = .none
    guard let least = heaps.least(link) else { return }
    let time = end(link, mark: least.key)
    if time.microseconds < .max {
      links[link].plan = queue.schedule(
        at: max(now, time), kind: .linkEnd, subject: Int32(link))
    }
  }

  /// When a link has given as much as a mark says.
  private func end(_ link: Int, mark: Double) -> SimulatedTime {
    let progress = links[link]
    return progress.since
      + SimulatedDuration(seconds: max(0, mark - progress.served) / progress.rate)
  }
}

extension EventKind {
  /// The last byte of a flow has arrived.
  static let flowEnd = EventKind(rawValue: 20)
  /// The last byte of the flow with the least mark of a link has arrived.
  static let linkEnd = EventKind(rawValue: 21)
}
