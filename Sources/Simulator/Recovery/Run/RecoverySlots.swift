import CloudModel

/// The recoveries under way, up to a number at a time.
///
/// With a fixed service they end as they began, so that their ends need no heap: a line of ends with
/// one event of the engine for each instant at which some end.
struct RecoverySlots: Sendable {
  /// A recovery.
  struct Slot: Sendable {
    /// -1 while the slot is free.
    var vm: Int32 = -1
    /// The new host.
    var host: Int32 = -1
    /// Raised when the recovery ends or is given up, so that its entries elsewhere count no longer.
    var generation: UInt32 = 0
    var isCopying = false
    /// The end of a drawn service.
    var end = EventHandle.none
  }

  /// The end of the service of a slot.
  struct End: Sendable {
    var time: Int64
    var slot: Int32
    var generation: UInt32
  }

  private(set) var slots: [Slot]
  private var freeSlots: [Int32]
  var ends = Line<End>()

  /// So many free slots.
  init(count: Int) {
    slots = [Slot](repeating: Slot(), count: count)
    freeSlots = (0..<Int32(count)).reversed()
  }

  /// Whether another recovery can begin.
  var hasFree: Bool { !freeSlots.isEmpty }

  /// How many are under way.
  var busyCount: Int { slots.count - freeSlots.count }

  /// Takes a slot for a recovery; there is a free one.
  @inline(__always)
  mutating func take(vm: Int, host: Int) -> Int {
    guard let slot = freeSlots.popLast() else { preconditionFailure("All slots are taken.") }
    slots[Int(slot)].vm = Int32(vm)
    slots[Int(slot)].host = Int32(host)
    return Int(slot)
  }

  /// Frees a slot.
  @inline(__always)
  mutating func free(_ slot: Int) {
    slots[slot].vm = -1
    slots[slot].generation &+= 1
    slots[slot].isCopying = false
    freeSlots.append(Int32(slot))
  }

  /// Notes the event that ends a drawn service.
  mutating func setEnd(_ handle: EventHandle, of slot: Int) { slots[slot].end = handle }

  /// Notes that the service is over and the copy begins.
  mutating func beginCopy(_ slot: Int) { slots[slot].isCopying = true }

  /// Adds the end of a fixed service; true if it is the first to end at its instant.
  @inline(__always)
  mutating func add(endOf slot: Int, at time: Int64) -> Bool {
    let isFirst = ends.last?.time != time
    ends.push(End(time: time, slot: Int32(slot), generation: slots[slot].generation))
    return isFirst
  }

  /// Takes the next slot out whose service ends at or before an instant; nil if there is none.
  @inline(__always)
  mutating func nextEnd(through time: Int64) -> Int? {
    while let end = ends.first, end.time <= time {
      ends.removeFirst()
      if slots[Int(end.slot)].generation == end.generation { return Int(end.slot) }
    }
    return nil
  }
}
