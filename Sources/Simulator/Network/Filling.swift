/// Working columns of progressive filling.
struct Filling: Sendable {
  /// Links that are filled, and whether a link is among them.
  private(set) var links: [Int32] = []
  private var hasLink: [Bool]
  /// Flows that are filled.
  private(set) var flows: [Int32] = []
  private var hasFlow: [Bool] = []
  /// Whether the rate of a flow still rises.
  private(set) var isRising: [Bool] = []
  /// How many flows still rise.
  private(set) var rising = 0
  /// The rate of each flow, where rates are not taken from levels.
  var rate: [Double] = []
  /// What is left of a link.
  private(set) var left: [Double]
  /// How many flows of a link still rise.
  private(set) var open: [Int]
  var heap: LinkHeap
  /// Flows with a limit of their own, greatest first.
  private var limited: [Int32] = []

  init(links count: Int) {
    hasLink = Array(repeating: false, count: count)
    left = Array(repeating: 0, count: count)
    open = Array(repeating: 0, count: count)
    heap = LinkHeap(links: count)
  }

  mutating func addFlow() {
    hasFlow.append(false)
    isRising.append(false)
    rate.append(0)
  }

  mutating func add(link: Int32) {
    if hasLink[Int(link)] { return }
    hasLink[Int(link)] = true
    links.append(link)
  }

  /// Adds a flow; false if it is among them.
  mutating func add(flow: Int32) -> Bool {
    if hasFlow[Int(flow)] { return false }
    hasFlow[Int(flow)] = true
    isRising[Int(flow)] = true
    flows.append(flow)
    return true
  }

  /// All flows rise.
  mutating func begin() { rising = flows.count }

  /// A flow rises no more.
  mutating func stop(_ flow: Int32) {
    isRising[Int(flow)] = false
    rising -= 1
  }

  mutating func open(_ link: Int, available: Double, flows: Int) {
    left[link] = available
    open[link] = flows
    if flows > 0 { heap.set(link, key: available / Double(flows)) }
  }

  /// What each flow of a link that still rises can get of what is left.
  func share(_ link: Int) -> Double { max(0, left[link]) / Double(open[link]) }

  mutating func take(_ rate: Double, from link: Int) {
    left[link] -= rate
    open[link] -= 1
  }

  /// Puts the flows with a limit in order.
  mutating func sortLimits(_ limit: [Double]) {
    for flow in flows where limit[Int(flow)].isFinite { limited.append(flow) }
    limited.sort { (limit[Int($0)], $0) > (limit[Int($1)], $1) }
  }

  /// Takes the rising flow with the least limit, if that is not above a share.
  mutating func takeLimited(upTo share: Double, _ limit: [Double]) -> Int32? {
    while let flow = limited.last {
      if isRising[Int(flow)], limit[Int(flow)] > share { return nil }
      limited.removeLast()
      if isRising[Int(flow)] { return flow }
    }
    return nil
  }

  /// Forgets links and flows.
  mutating func close() {
    for link in links { hasLink[Int(link)] = false }
    for flow in flows { hasFlow[Int(flow)] = false }
    links.removeAll(keepingCapacity: true)
    flows.removeAll(keepingCapacity: true)
    limited.removeAll(keepingCapacity: true)
    heap.removeAll()
  }
}
