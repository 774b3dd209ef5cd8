import CloudModel

/// A tree over the hosts of a partition that finds the first one with enough left.
///
/// Each node knows the most virtual CPUs and the most memory that any host below has left. These
/// need not be of one host, so a search may have to turn back; it meets hosts in ascending order.
///
/// **Complexity**: 16 to 32 bytes a host; a change O(log hosts), a search typically so.
struct FirstFitTree: Sendable {
  /// What is left on the best hosts below a node; negative where there is none.
  struct Room: Sendable, Equatable {
    var milliCPU: Int32
    var memoryMiB: Int32

    static let none = Room(milliCPU: .min, memoryMiB: .min)

    @inline(__always)
    func holds(_ need: Room) -> Bool { milliCPU >= need.milliCPU && memoryMiB >= need.memoryMiB }
  }

  private var rooms: [Room]
  /// Number of leaves, a power of two; leaf i is node `leaves + i`, and 1 is the root.
  private let leaves: Int

  /// A tree of so many hosts, all without room.
  init(count: Int) {
    var size = 1
    while size < count { size *= 2 }
    leaves = size
    rooms = [Room](repeating: .none, count: 2 * size)
  }

  /// The most of each resource that any host has left.
  var most: Room { rooms[1] }

  /// What the host at a position has left.
  func room(at position: Int) -> Room { rooms[leaves + position] }

  /// Notes what the host at a position has left now.
  mutating func set(_ position: Int, _ room: Room) {
    var node = leaves + position
    var rooms = rooms.mutableSpan
    rooms[node] = room
    while node > 1 {
      node >>= 1
      let (left, right) = (rooms[2 * node], rooms[2 * node + 1])
      let most = Room(
        milliCPU: max(left.milliCPU, right.milliCPU),
        memoryMiB: max(left.memoryMiB, right.memoryMiB))
      if rooms[node] == most { return }
      rooms[node] = most
    }
  }

  /// The first position at or after another whose host has a need left; -1 if there is none.
  func first(from position: Int, need: Room) -> Int {
    guard position < leaves else { return -1 }
    var node = position == 0 ? 1 : leaves + position
    while true {
      if rooms[node].holds(need) {
        if node >= leaves { return node - leaves }
        node *= 2
        continue
      }
      // To the next subtree on the right.
      while node & 1 == 1 {
        node >>= 1
        if node <= 1 { return -1 }
      }
      if node <= 1 { return -1 }
      node += 1
    }
  }

  /// Whether every node is the greatest of its children.
  var isConsistent: Bool {
    (1..<leaves).allSatisfy { node in
      let (left, right) = (rooms[2 * node], rooms[2 * node + 1])
      return rooms[node].milliCPU == max(left.milliCPU, right.milliCPU)
        && rooms[node].memoryMiB == max(left.memoryMiB, right.memoryMiB)
    }
  }
}
