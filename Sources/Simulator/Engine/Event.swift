package import CloudModel

/// What kind of event happens; of events at one instant the kind with the lower code goes first.
///
/// Kinds are declared where they are handled, as static members in an extension. Codes decide the
/// order of simultaneous events: what frees capacity has a lower code than what takes it.
package struct EventKind: RawRepresentable, Hashable, Comparable, Sendable {
  /// The code, which is the priority among events of one instant.
  package let rawValue: UInt8

  /// A kind by its code.
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Order by code.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One event that happens now.
///
/// **Shape**: 16 bytes; what more there is to know stands in columns of its subject.
package struct Event: Hashable, Sendable {
  /// When it happens.
  package let time: SimulatedTime
  /// Index of what it happens to, as given to `schedule`.
  package let subject: Int32
  /// What happens.
  package let kind: EventKind
}

/// Names a scheduled event, so that it can be cancelled; outlives the event without harm.
package struct EventHandle: Hashable, Sendable {
  let slot: UInt32
  let generation: UInt32

  /// Names no event; cancelling it does nothing.
  package static let none = EventHandle(slot: .max, generation: 0)
}

/// The place of an event in the total order, packed so that one comparison decides.
///
/// From the top: 64 bits of time, 8 of kind, 32 of sequence, 24 of slot. The sequence makes the
/// order total before the slot is reached, so that equal instants are served as scheduled.
struct EventKey: Comparable {
  let bits: UInt128

  /// One more than the greatest slot.
  static let slotLimit: UInt32 = 1 << 24

  init(time: SimulatedTime, kind: EventKind, sequence: UInt32, slot: UInt32) {
    let order = UInt64(kind.rawValue) << 56 | UInt64(sequence) << 24 | UInt64(slot)
    bits = UInt128(UInt64(bitPattern: time.microseconds)) << 64 | UInt128(order)
  }

  var time: SimulatedTime {
    SimulatedTime(microseconds: Int64(bitPattern: UInt64(truncatingIfNeeded: bits >> 64)))
  }

  var kind: EventKind {
    EventKind(rawValue: UInt8(truncatingIfNeeded: bits >> 56))
  }

  var slot: UInt32 { UInt32(truncatingIfNeeded: bits) & (Self.slotLimit - 1) }

  /// The same event with another sequence number.
  func renumbered(_ sequence: UInt32) -> EventKey {
    EventKey(time: time, kind: kind, sequence: sequence, slot: slot)
  }

  @inline(__always)
  static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}
