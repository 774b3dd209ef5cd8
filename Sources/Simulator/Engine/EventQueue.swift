package import CloudModel

/// The future event list: scheduled events in the order (time, kind, sequence of scheduling).
///
/// A heap of packed 16-byte keys with four children per node; the subject of an event lies in a
/// column beside it. Cancelling marks an event by raising the generation of its slot and leaves the
/// key in the heap; keys so marked are dropped when they come up, and all at once when they are more
/// than half. A slot is used again only when its key has left the heap, so a key needs no
/// generation of its own.
package struct EventQueue: Sendable {
  private var heap = KeyHeap()
  private var subjects: [Int32] = []
  /// Odd while the event of the slot is scheduled, even else.
  private var generations: [UInt32] = []
  private var freeSlots: [UInt32] = []
  private var stale = 0
  private var sequence: UInt32
  /// The greatest number given to an event before all are numbered anew.
  private let lastSequence: UInt32

  /// An empty queue.
  package init() {
    self.init(lastSequence: .max)
  }

  /// An empty queue that numbers its events anew after this many; a limit for tests, as 2^32
  /// events take minutes.
  package init(lastSequence: UInt32) {
    self.lastSequence = lastSequence
    sequence = 0
  }

  /// How many events are scheduled and not cancelled.
  package var count: Int { heap.keys.count - stale }

  /// Whether nothing is scheduled.
  package var isEmpty: Bool { count == 0 }

  /// How many entries, cancelled ones among them, are held: never more than twice `count` plus 64.
  package var entryCount: Int { heap.keys.count }

  /// Schedules an event; of events of one instant and kind the first scheduled comes first.
  ///
  /// **Shape**: the time is zero or later; up to 16.7 million events at once.
  ///
  /// **Complexity**: O(log count), no allocation once the columns have grown.
  @discardableResult
  package mutating func schedule(
    at time: SimulatedTime, kind: EventKind, subject: Int32
  ) -> EventHandle {
    precondition(time.microseconds >= 0, "Events are scheduled at or after the start.")
    if sequence == lastSequence { renumber() }
    let slot = takeSlot(for: subject)
    heap.insert(EventKey(time: time, kind: kind, sequence: sequence, slot: slot))
    sequence += 1
    return EventHandle(slot: slot, generation: generations[Int(slot)])
  }

  /// Cancels an event; false if it has happened or was cancelled before.
  ///
  /// **Complexity**: O(1) amortised.
  @discardableResult
  package mutating func cancel(_ handle: EventHandle) -> Bool {
    guard isScheduled(handle) else { return false }
    generations[Int(handle.slot)] &+= 1
    stale += 1
    compactIfMostlyStale()
    return true
  }

  /// Whether an event is still to come.
  package func isScheduled(_ handle: EventHandle) -> Bool {
    let slot = Int(handle.slot)
    return slot < generations.count && handle.generation & 1 == 1
      && generations[slot] == handle.generation
  }

  /// When the next event happens; nil if there is none.
  package mutating func nextTime() -> SimulatedTime? {
    dropStale()
    return heap.keys.first?.time
  }

  /// Takes the next event out; nil if there is none.
  ///
  /// **Complexity**: O(log count).
  package mutating func popNext() -> Event? {
    while let key = heap.removeFirst() {
      if let event = release(key) {
        compactIfMostlyStale()
        return event
      }
    }
    return nil
  }

  /// Takes the next event out if it happens at or before an instant.
  package mutating func popNext(through horizon: SimulatedTime) -> Event? {
    guard let time = nextTime(), time <= horizon else { return nil }
    return popNext()
  }

  /// Gives the slot of a key that has left the heap back; nil if its event was cancelled.
  private mutating func release(_ key: EventKey) -> Event? {
    let slot = Int(key.slot)
    freeSlots.append(key.slot)
    guard generations[slot] & 1 == 1 else {
      stale -= 1
      return nil
    }
    generations[slot] &+= 1
    return Event(time: key.time, subject: subjects[slot], kind: key.kind)
  }

  private mutating func dropStale() {
    while stale > 0, let first = heap.keys.first, generations[Int(first.slot)] & 1 == 0 {
      guard let key = heap.removeFirst() else { return }
      _ = release(key)
    }
  }

  private mutating func takeSlot(for subject: Int32) -> UInt32 {
    if let slot = freeSlots.popLast() {
      subjects[Int(slot)] = subject
      generations[Int(slot)] &+= 1
      return slot
    }
    let slot = UInt32(subjects.count)
    precondition(slot < EventKey.slotLimit, "The queue holds at most 2^24 events at once.")
    subjects.append(subject)
    generations.append(1)
    return slot
  }

  private mutating func compactIfMostlyStale() {
    if stale > 64, stale > heap.keys.count / 2 { compact() }
  }

  private mutating func compact() {
    var kept: [EventKey] = []
    kept.reserveCapacity(heap.keys.count - stale)
    for key in heap.keys {
      if generations[Int(key.slot)] & 1 == 1 {
        kept.append(key)
      } else {
        freeSlots.append(key.slot)
      }
    }
    stale = 0
    heap = KeyHeap(kept)
  }

  /// Numbers the scheduled events from zero in their order.
  private mutating func renumber() {
    compact()
    let ordered = heap.keys.sorted()
    precondition(
      ordered.count < Int(lastSequence), "More events are scheduled than sequence numbers exist.")
    // An ascending list is a heap.
    heap = KeyHeap(ordered.enumerated().map { $1.renumbered(UInt32($0)) })
    sequence = UInt32(ordered.count)
  }
}
