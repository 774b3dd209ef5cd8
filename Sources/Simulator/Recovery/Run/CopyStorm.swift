import CloudModel

/// Copies that share one bandwidth alike: processor sharing.
///
/// Each copy gets the same number of bytes at all times. So they end in the order of the bytes that
/// a copy under way since the beginning would have got, and one number that grows says it all.
struct CopyStorm: Sendable {
  private let bytesPerSecond: Double
  private var heap = KeyHeap()
  /// Bytes that a copy has got since the storm began.
  private var progress = 0.0
  /// When that was, in microseconds.
  private var updated: Int64 = 0
  private(set) var count = 0
  /// The event of the next end.
  var next = EventHandle.none

  /// No copies.
  init(bytesPerSecond: Double) {
    self.bytesPerSecond = bytesPerSecond
  }

  /// Begins a copy of some bytes for a slot.
  ///
  /// **Complexity**: O(log copies).
  mutating func begin(_ slot: RecoverySlots.End, bytes: Int64) {
    advance(to: slot.time)
    if count == 0 {
      progress = 0
      heap = KeyHeap()
    }
    count += 1
    let end = SimulatedTime(microseconds: Int64(progress.rounded(.up)) + bytes)
    heap.insert(
      EventKey(
        time: end, kind: EventKind(rawValue: 0), sequence: slot.generation,
        slot: UInt32(slot.slot)))
  }

  /// Gives a copy up; its key stays until it comes up.
  mutating func giveUp(at time: Int64) {
    advance(to: time)
    count -= 1
  }

  /// When the next copy ends, in microseconds; nil if there is none.
  mutating func nextEnd(_ slots: RecoverySlots) -> Int64? {
    dropStale(slots)
    guard let first = heap.keys.first else { return nil }
    let bytes = max(0, Double(first.time.microseconds) - progress)
    let seconds = bytes * Double(count) / bytesPerSecond
    return updated + SimulatedDuration(seconds: seconds).microseconds
  }

  /// Takes the slots out whose copies end now; the first ends even if rounding left a rest.
  mutating func takeEnded(at time: Int64, _ slots: RecoverySlots) -> [Int] {
    advance(to: time)
    var ended: [Int] = []
    dropStale(slots)
    if let first = heap.keys.first {
      progress = max(progress, Double(first.time.microseconds))
    }
    while let first = heap.keys.first, Double(first.time.microseconds) <= progress {
      _ = heap.removeFirst()
      count -= 1
      ended.append(Int(first.slot))
      dropStale(slots)
    }
    return ended
  }

  private mutating func dropStale(_ slots: RecoverySlots) {
    while let first = heap.keys.first,
      slots.slots[Int(first.slot)].generation != first.sequence
    { _ = heap.removeFirst() }
  }

  private mutating func advance(to time: Int64) {
    if count > 0 {
      progress += Double(time - updated) / 1e6 * bytesPerSecond / Double(count)
    }
    updated = time
  }
}

extension EventKey {
  /// The number that orders events of one instant and kind.
  fileprivate var sequence: UInt32 { UInt32(truncatingIfNeeded: bits >> 24) }
}
