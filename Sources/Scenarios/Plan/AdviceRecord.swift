package import CloudModel

/// What advice about live migrations is about.
package enum AdviceKind: String, Sendable, CaseIterable {
  /// The allowed pause rises so slowly that a small hot set waits for it.
  case downtimeRamp = "downtime_ramp"
  /// The guest writes as fast as its memory is sent.
  case notConvergent = "not_convergent"
  /// It ends, but would not with a tenth less rate.
  case edge
}

/// A setting with which some live migrations would end, or end sooner.
package struct AdviceRecord: Sendable, Equatable {
  /// What it is about.
  package var kind = AdviceKind.notConvergent
  /// The VMs.
  package var vms: [String] = []
  /// The longest of their transfers and overheads as they are, in seconds; nil: one does not end.
  package var duration: Double?
  /// What to change, in words of Nova or of the operator.
  package var change = ""
  /// The same as overrides of a scenario.
  package var set: [String] = []
  /// The longest with it, in seconds, confirmed by rounds; nil: not confirmed.
  package var durationWith: Double?

  /// No advice yet.
  package init() {}
}

/// A load and how many guests that are moved live were taken to have it.
package struct PlanLoadRecord: Sendable, Equatable {
  /// The load.
  package var load = ""
  /// How it is known.
  package var evidence = Evidence.assumed
  /// How many guests.
  package var vms: Int64 = 0

  /// No guest yet.
  package init() {}
}
