import Simulator
import Stochastics

/// What becomes of each row.
extension DemandFile {
  /// Takes a row: checks it against those before and puts its event among those that wait.
  mutating func take(_ row: DemandEntry) throws(DemandError) {
    lastTime = row.time
    if let until = replay.until, row.time - max(reach, row.within) >= until {
      end()
      return
    }
    try extendReach(row)
    settled = max(settled, instant(row.time - max(reach, 1) + 1))
    live.release(upTo: settled - 1)
    switch row.kind {
    case .arrival: try arrive(row)
    case .departure: try depart(row)
    case .resize: try resize(row)
    }
  }

  private mutating func extendReach(_ row: DemandEntry) throws(DemandError) {
    guard row.within > reach else { return }
    if instant(row.time - row.within + 1) < settled {
      throw DemandError(
        .malformed(
          found: "a bin of \(DemandRowReader.shown(row.within)) s",
          allowed: "bins that begin no earlier than those of rows before"),
        line: rows.line, column: DemandColumn.within.rawValue)
    }
    reach = row.within
  }

  private mutating func arrive(_ row: DemandEntry) throws(DemandError) {
    guard seen.insert(row.vm) else {
      throw DemandError(
        .duplicate(vm: rows.vmName), line: rows.line, column: DemandColumn.vm.rawValue)
    }
    let time = drawnInstant(row)
    let isInside = time >= replay.from && time < replay.until ?? .max
    let isKept = isInside && isDrawn(row.batch?.whole ?? row.vm.whole)
    if !isKept, !keepsVMs { return }
    let at = instant(time)
    let life = drawnLife(row)
    var key: Int32 = -1
    if keepsVMs { key = remember(row, at: at, life: life, isKept: isKept) }
    if isKept {
      insert(.arrival, at: at, request: type(row.flavor, row.zone), life: life, key: key)
    }
  }

  /// Remembers a VM for rows that name it: as long as the file lets it live, and as long as it does
  /// live if the time of the file is pressed together.
  private mutating func remember(
    _ row: DemandEntry, at time: Int64, life: Int64, isKept: Bool
  ) -> Int32 {
    var vm = LiveVMs.Facts(
      id: row.vm.whole, last: time, end: .max, bound: .max, zone: row.zone, isKept: isKept)
    guard life >= 0 else { return live.insert(vm, goneAt: .max) }
    vm.end = time + life
    vm.bound = row.time + row.longestLife
    return live.insert(vm, goneAt: max(instant(vm.bound), vm.end))
  }

  private mutating func depart(_ row: DemandEntry) throws(DemandError) {
    let (key, at) = try named(row)
    let vm = live[key]
    if isBeforeUntil(row), vm.isKept, at < vm.end {
      insert(.departure, at: at, request: -1, key: key)
    }
    // One whose end lies beyond the demand stays, and keeps its key.
    let gone = isBeforeUntil(row) ? min(at, vm.end) : .max
    live.remove(key, at: vm.isKept ? gone : 0)
  }

  private mutating func resize(_ row: DemandEntry) throws(DemandError) {
    let (key, at) = try named(row)
    let vm = live[key]
    guard isBeforeUntil(row), vm.isKept, at < vm.end else { return }
    insert(.resize, at: at, request: type(row.flavor, vm.zone), key: key)
    live[key].last = at
  }

  /// The VM that a row names a second time, and when the row happens to it: after what happened to
  /// it before, if need be a microsecond later, since at one instant departures go first.
  private func named(_ row: DemandEntry) throws(DemandError) -> (key: Int32, time: Int64) {
    guard let key = live.key(of: row.vm.whole, at: row.time) else {
      throw DemandError(
        .notThere(vm: rows.vmName), line: rows.line, column: DemandColumn.vm.rawValue)
    }
    return (key, max(instant(row.time), live[key].last + 1))
  }

  private func isBeforeUntil(_ row: DemandEntry) -> Bool { row.time < replay.until ?? .max }

  private mutating func insert(
    _ kind: DemandKind, at time: Int64, request: Int32, life: Int64 = -1, key: Int32
  ) {
    waiting.insert(
      WaitingEvent(
        time: time, kind: kind, sequence: rows.rowCount, request: request, life: life, key: key))
  }

  private func type(_ flavor: Int32, _ zone: Int32) -> Int32 {
    flavor * typesPerFlavor + (typesPerFlavor > 1 ? zone + 1 : 0)
  }

  /// An instant uniform in the bin, which ends at the row's time and begins at zero at the earliest.
  private func drawnInstant(_ row: DemandEntry) -> Int64 {
    let width = min(row.within, row.time)
    if width == 0 { return row.time }
    var draws = stream(.arrivals, subject: rows.rowCount)
    return row.time - width + Int64((draws.uniform() * Double(width)).rounded(.up))
  }

  private func drawnLife(_ row: DemandEntry) -> Int64 {
    if row.longestLife == row.life { return row.life }
    var draws = stream(.lifetimes, subject: rows.rowCount)
    return row.life + Int64((draws.uniform() * Double(row.longestLife - row.life)).rounded())
  }

  /// Whether a burst is among those that are kept.
  private func isDrawn(_ batch: Fingerprint) -> Bool {
    if replay.keep >= 1 { return true }
    var draws = stream(.generation, subject: UInt64(truncatingIfNeeded: batch))
    return draws.uniform() <= replay.keep
  }
}
