/// The VMs that run, in slots that are used again, so that they stay dense.
///
/// **Complexity**: 8 bytes a slot, 16 more where a demand names its VMs.
struct VMTable: Sendable {
  /// Where a VM runs and what it asks for.
  struct Entry: Sendable, Equatable {
    /// Its host; -1 if it has left while its slot is still named by an end to come.
    var host: Int32
    /// Index of its type of request; in a free slot the next free one, or -1.
    var request: Int32
  }

  var entries: [Entry] = []
  /// The free slot that is used next; -1 if there is none.
  var firstFree: Int32 = -1
  /// The key by which the demand names the VM of a slot, -1 if it does not; shorter than `entries`
  /// until a VM has a key.
  private var keyOfSlot: [Int32] = []
  /// When the VM of a slot with a key ends, `Int64.max` if that is not known.
  private var endOfSlot: [Int64] = []
  /// The slot of the VM with a key, or -1.
  private var slotOfKey: [Int32] = []

  /// The slot of a new VM.
  @inline(__always)
  mutating func add(host: Int, request: Int) -> Int {
    let entry = Entry(
      host: Int32(truncatingIfNeeded: host), request: Int32(truncatingIfNeeded: request))
    if firstFree < 0 { grow() }
    let slot = Int(firstFree)
    firstFree = entries[slot].request
    entries[slot] = entry
    return slot
  }

  /// Whether the next VM needs no new slot.
  @inline(__always)
  var hasRoom: Bool { firstFree >= 0 }

  /// Whether any VM was ever named by a key.
  @inline(__always)
  var hasKeys: Bool { !keyOfSlot.isEmpty }

  /// Adds free slots to a full table, so many that adding one VM after another costs O(1) each.
  mutating func grow() {
    let count = entries.count
    let added = min(64 + count / 2, DepartureHeap.slotLimit - count)
    precondition(added > 0, "More than 2^28 VMs run at once.")
    for slot in count..<count + added {
      entries.append(Entry(host: -1, request: Int32(slot + 1)))
    }
    entries[count + added - 1].request = -1
    firstFree = Int32(count)
  }

  /// Gives a slot back.
  @inline(__always)
  mutating func free(_ slot: Int) {
    entries[slot] = Entry(host: -1, request: firstFree)
    firstFree = Int32(truncatingIfNeeded: slot)
  }

  /// Marks a VM as gone whose slot an end to come still names.
  mutating func vacate(_ slot: Int) { entries[slot].host = -1 }

  /// Notes that a VM has another host or size.
  mutating func change(_ slot: Int, host: Int, request: Int) {
    entries[slot] = Entry(host: Int32(host), request: Int32(request))
  }

  /// The slot of the VM with a key; nil if no such VM runs.
  func slot(ofKey key: Int) -> Int? {
    guard key >= 0, key < slotOfKey.count, slotOfKey[key] >= 0 else { return nil }
    return Int(slotOfKey[key])
  }

  /// Names the VM of a slot by a key, and notes its end if that is known.
  mutating func name(_ slot: Int, key: Int, end: Int64) {
    while slotOfKey.count <= key { slotOfKey.append(-1) }
    while keyOfSlot.count <= slot {
      keyOfSlot.append(-1)
      endOfSlot.append(.max)
    }
    slotOfKey[key] = Int32(slot)
    keyOfSlot[slot] = Int32(key)
    endOfSlot[slot] = end
  }

  /// When the VM of a slot with a key ends; `Int64.max` if that is not known.
  func end(_ slot: Int) -> Int64 { endOfSlot[slot] }

  /// Forgets the key of a slot's VM, if it has one.
  @inline(__always)
  mutating func forgetKey(of slot: Int) {
    guard slot < keyOfSlot.count, keyOfSlot[slot] >= 0 else { return }
    slotOfKey[Int(keyOfSlot[slot])] = -1
    keyOfSlot[slot] = -1
  }

  /// The slots of the VMs that run, ascending.
  ///
  /// **Complexity**: O(slots).
  var occupied: [Int] {
    var isFree = [Bool](repeating: false, count: entries.count)
    var slot = firstFree
    while slot >= 0 {
      isFree[Int(slot)] = true
      slot = entries[Int(slot)].request
    }
    return entries.indices.filter { !isFree[$0] && entries[$0].host >= 0 }
  }
}
