/// Which flows cross each link: a row of cells for each link, all in one pool of columns.
///
/// A cell belongs to one flow on one link and holds the bound of the flow there, the most that its
/// own limit and its other links allow. Rows are contiguous, so that the level of a link is found in
/// one sweep over numbers; a full row moves to the end of the pool with twice the room.
struct LinkUse: Sendable {
  private(set) var first: [Int]
  private(set) var count: [Int]
  private var room: [Int]
  /// Bound of the flow of a cell in bytes per second.
  private(set) var bound: [Double] = []
  /// Flow of a cell.
  private(set) var flow: [Int32] = []
  /// Which link of its flow a cell is about, from 0.
  private(set) var part: [Int32] = []

  /// What the slower flows of each link take.
  var balance: [LinkBalance]

  init(links: Int) {
    first = Array(repeating: 0, count: links)
    balance = Array(repeating: LinkBalance(), count: links)
    count = first
    room = first
  }

  /// The cells of a link.
  func cells(of link: Int) -> Range<Int> { first[link]..<first[link] + count[link] }

  /// Adds a cell for a flow and tells where it lies; `places` are the cells of all flows.
  mutating func add(
    _ flow: Int32, part: Int, to link: Int, places: inout [Int32]
  ) -> Int {
    if count[link] == room[link] { enlarge(link, places: &places) }
    let cell = first[link] + count[link]
    count[link] += 1
    bound[cell] = .infinity
    self.flow[cell] = flow
    self.part[cell] = Int32(part)
    return cell
  }

  /// Gives a cell of a link another bound.
  @inline(__always)
  mutating func setBound(_ new: Double, at cell: Int, of link: Int) {
    balance[link].replace(bound[cell], by: new)
    bound[cell] = new
  }

  /// Gives a cell a bound that the balance of its link does not count.
  mutating func setUncountedBound(_ new: Double, at cell: Int) { bound[cell] = new }

  /// Removes a cell; the last one of the row takes its place.
  mutating func remove(_ cell: Int, from link: Int, places: inout [Int32]) {
    count[link] -= 1
    balance[link].remove(bound[cell])
    if count[link] == 0 { balance[link] = LinkBalance() }
    let last = first[link] + count[link]
    if cell != last { move(last, to: cell, places: &places) }
  }

  /// Looks at all bounds of a link.
  ///
  /// **Complexity**: O(flows of the link).
  func sweep(_ link: Int, below cut: Double) -> LinkBalance.Sweep {
    var result = LinkBalance.Sweep(cut: cut)
    let bounds = bound.span
    for cell in cells(of: link) {
      let bound = bounds[cell]
      let isSlow = bound < cut
      result.sum += isSlow ? bound : 0
      result.slow += isSlow ? 1 : 0
      result.greatestSlow = max(result.greatestSlow, isSlow ? bound : -.infinity)
      result.leastFast = min(result.leastFast, isSlow ? .infinity : bound)
    }
    return result
  }

  private mutating func enlarge(_ link: Int, places: inout [Int32]) {
    let (old, start) = (cells(of: link), bound.count)
    room[link] = max(4, 2 * room[link])
    bound.append(contentsOf: repeatElement(.infinity, count: room[link]))
    flow.append(contentsOf: repeatElement(-1, count: room[link]))
    part.append(contentsOf: repeatElement(0, count: room[link]))
    first[link] = start
    for (offset, cell) in old.enumerated() {
      move(cell, to: start + offset, places: &places)
    }
  }

  private mutating func move(_ from: Int, to: Int, places: inout [Int32]) {
    bound[to] = bound[from]
    flow[to] = flow[from]
    part[to] = part[from]
    places[FlowPath.longest * Int(flow[to]) + Int(part[to])] = Int32(to)
  }
}
