/// What the VMs of one class, or of one service, lost in one replication.
package struct LossTally: Sendable, Equatable {
  /// How many VMs there are.
  package let vmCount: Int
  /// Microseconds that VMs were down, added up.
  package private(set) var lostMicroseconds: Int128 = 0
  /// The part of it in losses that planned work began.
  package private(set) var plannedMicroseconds: Int128 = 0
  /// Losses that ended on another host.
  package private(set) var recoveredElsewhere = 0
  /// Losses that ended on the host itself, as it came back.
  package private(set) var waitedForHost = 0
  /// Those of them for which no other host had room when it came back.
  package private(set) var withoutRoom = 0
  /// The longest loss that ended on another host, in microseconds.
  package private(set) var longestElsewhere: Int64 = 0
  /// Times from the loss until the VM ran again, of losses that ended.
  package private(set) var times = DurationHistogram()

  /// Nothing lost yet.
  init(vmCount: Int) {
    self.vmCount = vmCount
  }

  /// How a loss ended.
  enum Ending: Sendable {
    case elsewhere, atHome, withoutRoom
  }

  /// Adds a loss that ended: `lost` microseconds of it in the measured time.
  @inline(__always)
  mutating func add(_ length: Int64, lost: Int64, isPlanned: Bool, _ ending: Ending) {
    addLost(lost, isPlanned: isPlanned)
    times.add(length)
    switch ending {
    case .elsewhere:
      recoveredElsewhere += 1
      longestElsewhere = max(longestElsewhere, length)
    case .atHome: waitedForHost += 1
    case .withoutRoom:
      waitedForHost += 1
      withoutRoom += 1
    }
  }

  /// Adds microseconds lost.
  @inline(__always)
  mutating func addLost(_ microseconds: Int64, isPlanned: Bool) {
    lostMicroseconds += Int128(microseconds)
    if isPlanned { plannedMicroseconds += Int128(microseconds) }
  }

  /// This and another, of other VMs or of another replication of the same ones.
  func merged(_ other: LossTally, vmCount: Int) -> LossTally {
    var sum = LossTally(vmCount: vmCount)
    sum.lostMicroseconds = lostMicroseconds + other.lostMicroseconds
    sum.plannedMicroseconds = plannedMicroseconds + other.plannedMicroseconds
    sum.recoveredElsewhere = recoveredElsewhere + other.recoveredElsewhere
    sum.waitedForHost = waitedForHost + other.waitedForHost
    sum.withoutRoom = withoutRoom + other.withoutRoom
    sum.longestElsewhere = max(longestElsewhere, other.longestElsewhere)
    sum.times = times
    sum.times.merge(other.times)
    return sum
  }
}
