import CloudModel

/// The copying part of a live migration: the disk first, then the memory.
struct LiveTransfer {
  var disk: Bytes
  var memory: Bytes
  var diskSeconds: Double
  var memorySeconds: Double

  /// What a timeout leaves to send.
  struct Rest {
    var isCut: Bool
    var seconds: Double
    var amount: Bytes

    static let none = Rest(isCut: false, seconds: 0, amount: Bytes(0))
  }

  /// Ends the transfer after a time and says what is left.
  mutating func cut(after limit: Double) -> Rest {
    let whole = diskSeconds + memorySeconds
    guard whole > limit else { return .none }
    let total = disk.count + memory.count
    Self.shorten(&disk, &diskSeconds, to: limit)
    Self.shorten(&memory, &memorySeconds, to: limit - diskSeconds)
    return Rest(
      isCut: true, seconds: whole - limit, amount: Bytes(total - disk.count - memory.count))
  }

  private static func shorten(_ amount: inout Bytes, _ seconds: inout Double, to limit: Double) {
    guard seconds > limit else { return }
    let share = seconds.isFinite && seconds > 0 ? limit / seconds : 0
    amount = Bytes(Int64((Double(amount.count) * share).rounded()))
    seconds = limit
  }
}

/// Collects the phases of a move between hosts.
struct TimelineDraft {
  let factors: SpreadFactors
  let holdsSlot: Bool
  private(set) var phases: [MigrationPhase] = []

  init(factors: SpreadFactors, holdsSlot: Bool) {
    self.factors = factors
    self.holdsSlot = holdsSlot
  }

  /// Adds a phase that holds both hosts; a copy of nothing is left out.
  mutating func add(
    _ activity: MigrationActivity, _ state: MigrationState?, seconds: Double,
    sent: Bytes = Bytes(0), isOff: Bool = false, isKeptIfEmpty: Bool = false,
    holdsSlot: Bool? = nil
  ) {
    if activity == .copyDisk || activity == .copyMemory, seconds == 0, !isKeptIfEmpty { return }
    phases.append(
      MigrationPhase(
        activity: activity, state: state, duration: SimulatedDuration(seconds: seconds),
        sent: sent, holdsSource: true, holdsTarget: true, holdsSlot: holdsSlot ?? self.holdsSlot,
        isGuestOff: isOff))
  }
}
