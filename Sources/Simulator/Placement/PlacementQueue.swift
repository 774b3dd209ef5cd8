import CloudModel

/// Requests that wait to be placed together.
struct PlacementQueue: Sendable {
  /// A VM that waits.
  struct Entry: Sendable, Equatable {
    var request: Int32
    var key: Int32
    var life: Int64
    /// When it was asked for.
    var asked: Int64
    /// Whether it ended before it was placed.
    var isWithdrawn = false
  }

  private var placer: (any QueuePlacer)?
  private let every: Int64
  private let atMost: Int
  private(set) var entries: [Entry] = []
  private var asked: [PlacementRequest] = []
  /// When the queue is placed; `Int64.max` while it is empty.
  private(set) var flushTime: Int64 = .max

  /// No queue.
  init() {
    (every, atMost) = (0, 1)
  }

  /// A queue that is placed a time after its first request came, or when it holds so many.
  init(placer: any QueuePlacer, every: Int64, atMost: Int) {
    precondition(every >= 0 && atMost > 0, "A queue waits for zero or more and holds one or more.")
    (self.placer, self.every, self.atMost) = (placer, every, atMost)
  }

  var isFull: Bool { entries.count >= atMost }

  mutating func add(_ entry: Entry) {
    if entries.isEmpty {
      let (time, overflow) = entry.asked.addingReportingOverflow(every)
      flushTime = overflow ? .max - 1 : time
    }
    entries.append(entry)
  }

  /// Withdraws the VM with a key; false if none waits.
  mutating func withdraw(_ key: Int) -> Bool {
    guard let place = place(of: key) else { return false }
    entries[place].isWithdrawn = true
    return true
  }

  /// Changes what the VM with a key asks for; false if none waits.
  mutating func change(_ key: Int, to request: Int) -> Bool {
    guard let place = place(of: key) else { return false }
    entries[place].request = Int32(request)
    return true
  }

  private func place(of key: Int) -> Int? {
    key < 0 ? nil : entries.lastIndex { $0.key == Int32(key) && !$0.isWithdrawn }
  }

  /// Empties the queue.
  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    flushTime = .max
  }

  /// What the policy decides about requests in a row; one host or -1 for each.
  mutating func place(
    _ requests: [PlacementRequest], _ fleet: Fleet, _ moment: PlacementMoment
  ) -> [Int32] {
    let hosts = placer?.place(requests, in: fleet, at: moment) ?? []
    precondition(
      hosts.count == requests.count,
      "A policy answered another number of requests than it was asked.")
    return hosts
  }

  /// What the policy decides about one request outside the queue, as for a VM that is resized.
  mutating func placeOne(
    _ request: PlacementRequest, _ fleet: Fleet, _ moment: PlacementMoment
  ) -> Int {
    guard let host = place([request], fleet, moment).first, host >= 0 else {
      return OrderedPlacer.none
    }
    return Int(host)
  }
}

extension PlacementSimulation {
  /// Places what waits; the lives of the VMs begin now.
  ///
  /// Decisions are noted in the order of arrival, those about withdrawn requests as refusals.
  mutating func flushQueue() {
    let entries = queue.entries
    queue.removeAll()
    let waiting = entries.filter { !$0.isWithdrawn }
    let first = UInt64(measures.arrivals - entries.count)
    measures.flushes += 1
    let hosts =
      waiting.isEmpty
      ? []
      : queue.place(
        waiting.map { requests[Int($0.request)] }, fleet,
        PlacementMoment(now: now, sequence: first))
    var next = 0
    var refused: [Int] = []
    for (offset, entry) in entries.enumerated() {
      if entry.isWithdrawn {
        note(-1)
        continue
      }
      measures.totalWaiting += now - entry.asked
      measures.longestWaiting = max(measures.longestWaiting, now - entry.asked)
      let (host, request) = (Int(hosts[next]), Int(entry.request))
      next += 1
      note(host)
      guard host >= 0 else {
        refused.append(request)
        continue
      }
      precondition(
        host < fleet.count && fleet.takes(requests[request], on: host),
        "A policy placed a VM of its queue on a host that cannot take it.")
      start(
        request, on: host, life: entry.life, key: Int(entry.key), sequence: first + UInt64(offset))
    }
    // Reasons are looked for once all that could be placed has its place.
    for request in refused { refuse(request, isDeclined: false) }
  }
}
