package import CloudModel

/// How long it takes to empty one host, in closed form.
///
/// Requests beyond the slots of the source queue; they do not share. So asking for more at once
/// than there are slots shortens nothing and costs contention on each migration.
///
/// **Source**: `docs/physics.md`, evacuation of one host; OSIC live-migration benchmark 2017.
package struct HostEvacuationEstimate: Sendable, Hashable {
  /// From the end of one batch to the start of the next.
  package var gap: SimulatedDuration
  /// Added to each migration while more are requested than there are slots.
  package var contention: SimulatedDuration
  /// Migrations that run at once.
  package var slots: Int
  /// Migrations requested at once; the next are requested when all of them are over.
  package var requestedAtOnce: Int

  /// An estimate; slots and requests at once are 1 or more.
  package init(
    gap: SimulatedDuration, contention: SimulatedDuration, slots: Int = 1,
    requestedAtOnce: Int = 1
  ) {
    precondition(slots > 0 && requestedAtOnce > 0, "At least one migration at a time is needed.")
    self.gap = gap
    self.contention = contention
    self.slots = slots
    self.requestedAtOnce = requestedAtOnce
  }

  /// An estimate with the numbers of the model.
  package init(_ parameters: MigrationParameters, requestedAtOnce: Int? = nil) {
    let slots = Int(parameters.slotsPerSource.value)
    self.init(
      gap: SimulatedDuration(seconds: parameters.gap.value),
      contention: SimulatedDuration(seconds: parameters.contention.value), slots: slots,
      requestedAtOnce: requestedAtOnce ?? slots)
  }

  /// What queueing adds to each migration.
  package var addedPerMigration: SimulatedDuration {
    requestedAtOnce > slots ? contention : .zero
  }

  /// The time to empty a host whose migrations take these durations, in this order.
  ///
  /// For equal durations T and one slot: E(N, n) = N (T + delta [n > 1]) + ceil(N/n) g.
  ///
  /// **Shape**: with more than one slot each migration has its duration, so bandwidth must suffice
  /// for as many at once; compare with `EvacuationBounds`.
  ///
  /// **Complexity**: O(migrations x slots).
  package func total(_ durations: [SimulatedDuration]) -> SimulatedDuration {
    var clock = SimulatedDuration.zero
    for start in stride(from: 0, to: durations.count, by: requestedAtOnce) {
      let end = min(start + requestedAtOnce, durations.count)
      let batch = finishTimes(Array(durations[start..<end]))
      clock += (batch.max() ?? .zero) + gap
    }
    return clock
  }

  /// When each migration of one batch ends, from the request on, in the order of the requests.
  ///
  /// For equal durations T and one slot the k-th ends at k (T + delta).
  package func finishTimes(_ batch: [SimulatedDuration]) -> [SimulatedDuration] {
    var free = Array(repeating: SimulatedDuration.zero, count: min(slots, max(1, batch.count)))
    return batch.map { duration in
      var earliest = 0
      for slot in free.indices where free[slot] < free[earliest] { earliest = slot }
      free[earliest] += duration + addedPerMigration
      return free[earliest]
    }
  }
}
