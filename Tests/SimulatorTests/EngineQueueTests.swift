import CloudModel
import Simulator
import Testing

/// A list that is sorted anew for each question: slow and obvious.
private struct SortedModel {
  struct Entry {
    var time: Int64
    var kind: UInt8
    var order: Int
    var subject: Int32
  }

  var entries: [Entry] = []
  var scheduled = 0

  mutating func schedule(time: Int64, kind: UInt8, subject: Int32) -> Int {
    scheduled += 1
    entries.append(Entry(time: time, kind: kind, order: scheduled, subject: subject))
    return scheduled
  }

  mutating func cancel(_ order: Int) -> Bool {
    guard let index = entries.firstIndex(where: { $0.order == order }) else { return false }
    entries.remove(at: index)
    return true
  }

  mutating func popNext() -> Entry? {
    let least = entries.indices.min {
      let (left, right) = (entries[$0], entries[$1])
      return (left.time, left.kind, left.order) < (right.time, right.kind, right.order)
    }
    return least.map { entries.remove(at: $0) }
  }
}

/// A generator that a seed rebuilds.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}

@Suite struct EngineQueueTests {
  @Test(arguments: UInt64(1)...40)
  func agreesWithSortedList(seed: UInt64) {
    var random = Seeded(state: seed)
    // A small limit of sequence numbers makes the queue number its events anew many times.
    var queue = EventQueue(lastSequence: seed % 2 == 0 ? .max : 700)
    var model = SortedModel()
    var handles: [(EventHandle, Int)] = []
    let cancelShare = Int(seed % 5)
    for step in 0..<1500 {
      let growing = step % 500 < 300
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<(growing ? 6 : 3):
        let time = Int64.random(in: 0..<50, using: &random)
        let kind = UInt8.random(in: 0..<3, using: &random)
        let subject = Int32.random(in: .min ... .max, using: &random)
        let handle = queue.schedule(
          at: SimulatedTime(microseconds: time), kind: EventKind(rawValue: kind),
          subject: subject)
        handles.append((handle, model.schedule(time: time, kind: kind, subject: subject)))
      case 6..<(6 + min(cancelShare, 4)) where !handles.isEmpty:
        let pick = handles[Int.random(in: 0..<handles.count, using: &random)]
        let cancelled = queue.cancel(pick.0)
        let expected = model.cancel(pick.1)
        #expect(cancelled == expected, "seed \(seed) step \(step)")
        #expect(!queue.isScheduled(pick.0), "seed \(seed) step \(step)")
      default:
        let found = queue.popNext()
        let expected = model.popNext()
        #expect(found?.time.microseconds == expected?.time, "seed \(seed) step \(step)")
        #expect(found?.kind.rawValue == expected?.kind, "seed \(seed) step \(step)")
        #expect(found?.subject == expected?.subject, "seed \(seed) step \(step)")
      }
      #expect(queue.count == model.entries.count, "seed \(seed) step \(step)")
      #expect(queue.entryCount <= 2 * queue.count + 65, "seed \(seed) step \(step)")
    }
    while let expected = model.popNext() {
      let time = queue.nextTime()
      let event = queue.popNext()
      #expect(time?.microseconds == expected.time, "seed \(seed)")
      #expect(event?.subject == expected.subject, "seed \(seed)")
    }
    let last = queue.popNext()
    #expect(last == nil && queue.isEmpty, "seed \(seed)")
  }

  @Test func cancellingManyKeepsTheQueueSmall() {
    var queue = EventQueue()
    let kind = EventKind(rawValue: 1)
    for round in 0..<10_000 {
      let handle = queue.schedule(
        at: SimulatedTime(microseconds: Int64(round)), kind: kind, subject: 0)
      let isCancelled = queue.cancel(handle)
      #expect(isCancelled)
    }
    #expect(queue.isEmpty)
    #expect(queue.entryCount <= 66)
  }

  @Test func oldHandlesNameNothing() {
    var queue = EventQueue()
    let kind = EventKind(rawValue: 1)
    let first = queue.schedule(at: .start, kind: kind, subject: 1)
    let event = queue.popNext()
    #expect(event?.subject == 1)
    let second = queue.schedule(at: .start, kind: kind, subject: 2)
    let cancelled = [queue.cancel(first), queue.cancel(.none)]
    #expect(cancelled == [false, false])
    #expect(queue.isScheduled(second))
    let next = queue.popNext(through: .start)
    #expect(next?.subject == 2)
  }

  @Test func eventsAreSixteenBytes() {
    #expect(MemoryLayout<Event>.size <= 16)
    #expect(MemoryLayout<EventHandle>.size == 8)
  }

  @Test func farInstantsKeepTheirOrder() {
    var queue = EventQueue()
    let kind = EventKind(rawValue: 255)
    queue.schedule(at: SimulatedTime(microseconds: .max), kind: kind, subject: .min)
    queue.schedule(at: SimulatedTime(microseconds: .max - 1), kind: kind, subject: .max)
    let first = queue.popNext()
    #expect(first?.time.microseconds == .max - 1 && first?.subject == .max)
    let second = queue.popNext()
    #expect(second?.time.microseconds == .max && second?.subject == .min)
    #expect(second?.kind == kind)
  }
}
