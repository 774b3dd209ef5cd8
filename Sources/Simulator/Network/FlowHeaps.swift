/// A heap of flows for each link, least key first; a flow lies in one of them at most.
struct FlowHeaps: Sendable {
  private var heaps: [[HeapEntry]]
  /// Where each flow lies in its heap.
  private var places: [Int32] = []

  init(links count: Int) {
    heaps = Array(repeating: [], count: count)
  }

  mutating func addFlow() { places.append(-1) }

  func isEmpty(_ link: Int) -> Bool { heaps[link].isEmpty }

  func least(_ link: Int) -> HeapEntry? { heaps[link].first }

  mutating func insert(_ flow: Int32, key: Double, into link: Int) {
    let entry = HeapEntry(key: key, item: flow)
    heaps[link].append(entry)
    HeapOrder.rise(entry, from: heaps[link].count - 1, &heaps[link], &places)
  }

  /// Takes a flow out of the heap that it lies in and tells its key.
  mutating func remove(_ flow: Int32, from link: Int) -> Double {
    let place = Int(places[Int(flow)])
    let key = heaps[link][place].key
    places[Int(flow)] = -1
    if let last = heaps[link].popLast(), place < heaps[link].count {
      HeapOrder.settle(last, at: place, &heaps[link], &places)
    }
    return key
  }
}
