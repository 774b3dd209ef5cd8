import Simulator

/// An event of a demand that waits for those that may come before it.
struct WaitingEvent: Sendable {
  /// Time, kind and sequence, so that one comparison decides.
  private let order: UInt128
  /// How long an arrival stays, or -1.
  let life: Int64
  /// Index of the type of request, or -1.
  let request: Int32
  /// Which VM.
  let key: Int32

  init(
    time: Int64, kind: DemandKind, sequence: UInt64, request: Int32, life: Int64 = -1,
    key: Int32 = -1
  ) {
    order =
      UInt128(UInt64(time)) << 64 | UInt128(kind.rawValue) << 62
      | UInt128(sequence & (1 << 62 - 1))
    self.life = life
    self.request = request
    self.key = key
  }

  /// When it happens.
  var time: Int64 { Int64(truncatingIfNeeded: order >> 64) }

  /// What happens.
  var kind: DemandKind {
    switch UInt8(truncatingIfNeeded: order >> 62) & 3 {
    case 0: .departure
    case 1: .resize
    default: .arrival
    }
  }

  static func < (left: Self, right: Self) -> Bool { left.order < right.order }
}

/// Events of a demand, earliest first: of one instant departures, then resizes, then arrivals, each
/// in the order of their rows.
struct ReorderHeap: Sendable {
  private var events: [WaitingEvent] = []

  /// How many wait.
  var count: Int { events.count }

  /// The earliest.
  var first: WaitingEvent? { events.first }

  mutating func insert(_ event: WaitingEvent) {
    events.append(event)
    var hole = events.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !(event < events[parent]) { break }
      events[hole] = events[parent]
      hole = parent
    }
    events[hole] = event
  }

  mutating func removeFirst() {
    guard let last = events.popLast(), !events.isEmpty else { return }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= events.count { break }
      if child + 1 < events.count, events[child + 1] < events[child] { child += 1 }
      if !(events[child] < last) { break }
      events[hole] = events[child]
      hole = child
    }
    events[hole] = last
  }
}
