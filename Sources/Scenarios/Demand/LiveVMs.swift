/// The VMs that later rows may name, each with a number that is used again when it is gone.
///
/// **Complexity**: about 80 bytes for a VM that is there, and 16 for one that left before its
/// longest life until that would have ended.
struct LiveVMs: Sendable {
  /// What is known of a VM.
  struct Facts: Sendable {
    /// Its id.
    var id: Fingerprint
    /// When something last happened to it.
    var last: Int64
    /// When its life ends; the greatest number if that has no end.
    var end: Int64
    /// Until when a row may name it, in the time of the file: the longest life that it could have.
    var bound: Int64
    /// Index of its zone, or -1.
    var zone: Int32
    /// Whether it is a part of the demand, or was left out.
    var isKept: Bool
  }

  private struct Release: Sendable {
    var time: Int64
    var key: Int32
    /// The turn of the key that is meant; a later one has it for another VM.
    var turn: UInt32
  }

  private var keys = FingerprintTable<Int32>()
  private var facts: [Facts] = []
  private var turns: [UInt32] = []
  private var free: [Int32] = []
  private var releases: [Release] = []

  /// VMs that are there, keys that exist, and releases that wait.
  var heldCount: Int { keys.count + facts.count + releases.count }

  /// The key of a VM that is there at a time of the file.
  func key(of id: Fingerprint, at time: Int64) -> Int32? {
    guard let key = keys[id], time <= facts[Int(key)].bound else { return nil }
    return key
  }

  /// What is known of the VM with a key.
  subscript(key: Int32) -> Facts {
    get { facts[Int(key)] }
    set { facts[Int(key)] = newValue }
  }

  /// Adds a VM that is gone by itself at a time, unless that is the greatest number; returns its
  /// key.
  mutating func insert(_ vm: Facts, goneAt time: Int64) -> Int32 {
    let key: Int32
    if let old = free.popLast() {
      key = old
      facts[Int(key)] = vm
      turns[Int(key)] += 1
    } else {
      key = Int32(facts.count)
      facts.append(vm)
      turns.append(0)
    }
    _ = keys.insert(vm.id, key)
    if time < .max { schedule(key, at: time) }
    return key
  }

  /// Takes a VM out; its key becomes free when everything before a time is done.
  mutating func remove(_ key: Int32, at time: Int64) {
    forget(key)
    turns[Int(key)] += 1
    schedule(key, at: time)
  }

  /// Makes the keys free whose time has come.
  mutating func release(upTo time: Int64) {
    while let first = releases.first, first.time <= time {
      removeFirstRelease()
      guard turns[Int(first.key)] == first.turn else { continue }
      forget(first.key)
      turns[Int(first.key)] += 1
      free.append(first.key)
    }
  }

  private mutating func forget(_ key: Int32) {
    let id = facts[Int(key)].id
    if keys[id] == key { keys.remove(id) }
  }

  private mutating func schedule(_ key: Int32, at time: Int64) {
    releases.append(Release(time: time, key: key, turn: turns[Int(key)]))
    var hole = releases.count - 1
    while hole > 0, releases[hole].time < releases[(hole - 1) / 2].time {
      releases.swapAt(hole, (hole - 1) / 2)
      hole = (hole - 1) / 2
    }
  }

  private mutating func removeFirstRelease() {
    releases.swapAt(0, releases.count - 1)
    releases.removeLast()
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= releases.count { return }
      if child + 1 < releases.count, releases[child + 1].time < releases[child].time { child += 1 }
      if releases[hole].time <= releases[child].time { return }
      releases.swapAt(hole, child)
      hole = child
    }
  }
}
