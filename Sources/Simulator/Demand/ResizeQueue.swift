import CloudModel
import Stochastics

/// The VMs of a generated demand that will be resized, and when.
///
/// **Complexity**: O(log VMs in it) each; a VM that is not resized before its end is never in it.
struct ResizeQueue: Sendable {
  private static let release = EventKind(rawValue: 0)
  private static let resize = EventKind(rawValue: 1)

  /// Mean time between two resizes of a VM, in seconds; nil: none.
  private let gap: Double?
  private let until: Int64
  private let seed: UInt64
  private let replication: UInt64
  private var events = KeyHeap()
  /// For each key the draws of its VM, and when that ends.
  private var streams: [RandomStream] = []
  private var ends: [Int64] = []
  private var free: [Int32] = []
  private var count: UInt64 = 0
  private var sequence: UInt32 = 0

  init(gap: Double?, until: Int64, seed: UInt64, replication: UInt64) {
    self.gap = gap
    self.until = until
    self.seed = seed
    self.replication = replication
  }

  /// VMs and events that are held.
  var heldCount: Int { streams.count + events.keys.count }

  /// When something is next due.
  var nextTime: Int64? { events.keys.first?.time.microseconds }

  /// The draws of the VM with a key.
  subscript(key: Int32) -> RandomStream {
    get { streams[Int(key)] }
    set { streams[Int(key)] = newValue }
  }

  /// Takes note of a VM that arrives; its key, or -1 if it will not be resized.
  mutating func insert(at time: Int64, life: Int64) -> Int32 {
    guard let gap else { return -1 }
    count += 1
    var stream = RandomStream(
      seed: seed, replication: replication, purpose: .sizes, subject: count)
    let end = life < 0 ? .max : time + life
    let first = Self.later(time, by: stream.exponential(mean: gap))
    guard first < end, first < until else { return -1 }
    let key: Int32
    if let old = free.popLast() {
      key = old
      streams[Int(key)] = stream
      ends[Int(key)] = end
    } else {
      key = Int32(streams.count)
      streams.append(stream)
      ends.append(end)
    }
    schedule(Self.resize, key, at: first)
    return key
  }

  /// Takes what is next due: the key of a VM that is resized, or nil if one only ends.
  mutating func take() -> Int32? {
    guard let event = events.removeFirst() else { return nil }
    let key = Int32(event.slot)
    guard event.kind == Self.resize else {
      free.append(key)
      return nil
    }
    let end = ends[Int(key)]
    let next = Self.later(
      event.time.microseconds, by: streams[Int(key)].exponential(mean: gap ?? 0))
    if next < end {
      schedule(Self.resize, key, at: next)
    } else if end < .max {
      schedule(Self.release, key, at: end)
    }
    return key
  }

  /// A time at least a microsecond later, at which no arrival of the same VM can be.
  private static func later(_ time: Int64, by seconds: Double) -> Int64 {
    time + max(1, Int64(min(seconds * 1_000_000, 4e18).rounded()))
  }

  private mutating func schedule(_ kind: EventKind, _ key: Int32, at time: Int64) {
    sequence &+= 1
    events.insert(
      EventKey(
        time: SimulatedTime(microseconds: time), kind: kind, sequence: sequence, slot: UInt32(key)))
  }
}
