/// The subsets of a size of ascending numbers, in the order of their sums.
///
/// A subset is the list of its positions, ascending. Each is reached from the first by moving one
/// position up by one at a time, and sums never fall on the way, so a heap of those reached gives
/// the next.
struct SubsetOrder {
  private struct Entry {
    let sum: Int
    let positions: [Int]

    func comesBefore(_ other: Entry) -> Bool {
      sum != other.sum ? sum < other.sum : positions.lexicographicallyPrecedes(other.positions)
    }
  }

  private let numbers: [Int]
  private var heap: [Entry] = []
  private var seen: Set<[Int]> = []

  /// The subsets of `size` of the numbers, which must not be negative.
  init(of numbers: [Int], size: Int) {
    precondition(
      zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }, "The numbers must ascend.")
    self.numbers = numbers
    if size <= numbers.count { push(Array(0..<size)) }
  }

  /// The sum of the next subset; nil if there is none.
  var nextSum: Int? { heap.first?.sum }

  /// The next subset.
  ///
  /// - Complexity: O(size * (log subsets + size))
  mutating func next() -> [Int]? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    for index in first.positions.indices {
      var moved = first.positions
      moved[index] += 1
      let isFree =
        index + 1 < moved.count ? moved[index] < moved[index + 1] : moved[index] < numbers.count
      if isFree { push(moved) }
    }
    return first.positions
  }

  private mutating func push(_ positions: [Int]) {
    guard seen.insert(positions).inserted else { return }
    heap.append(
      Entry(sum: positions.reduce(0) { $0 + numbers[$1] }, positions: positions))
    var child = heap.count - 1
    while child > 0, heap[child].comesBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func sink() {
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1].comesBefore(heap[child]) { child += 1 }
      guard heap[child].comesBefore(heap[parent]) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
