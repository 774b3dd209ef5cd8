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
  var bound: [Double] = []
  /// Flow of a cell.
  private(set) var flow: [Int32] = []
  /// Which link of its flow a cell is about, from 0.
  private(set) var part: [Int32] = []

  init(links: Int) {
    first = Array(repeating: 0, count: links)
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

  /// Removes a cell; the last one of the row takes its place.
  mutating func remove(_ cell: Int, from link: Int, places: inout [Int32]) {
    count[link] -= 1
    let last = first[link] + count[link]
    if cell != last { move(last, to: cell, places: &places) }
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
