/// What a finding about a plan is about.
package enum PlanFindingKind: String, Sendable, CaseIterable {
  /// A host that the plan names is not there.
  case hostGone = "host_gone"
  /// A host that the plan uses is closed or down.
  case hostState = "host_state"
  /// A VM of the plan is not there.
  case vmGone = "vm_gone"
  /// A VM is on a host to empty, and the plan says nothing of it.
  case vmNew = "vm_new"
  /// A VM is not where the plan takes it from.
  case vmMoved = "vm_moved"
  /// A VM is on its target already.
  case vmThere = "vm_there"
  /// A VM does something else than when the plan was made.
  case vmState = "vm_state"
  /// A VM has another flavor.
  case vmFlavor = "vm_flavor"
  /// A VM has another policy class.
  case vmClass = "vm_class"
  /// A VM that was to be left behind is on the host no more.
  case vmLeft = "vm_left"
  /// A target refuses a VM when its wave comes.
  case targetRefuses = "target_refuses"
  /// A server group is broken, or would be.
  case group
  /// Something that is no VM holds a place on a host to empty.
  case held
  /// The journal and the cloud do not say the same.
  case journal
}

/// One thing that is no more as a plan takes it to be.
package struct PlanFinding: Sendable, Equatable {
  /// What it is about.
  package var kind: PlanFindingKind
  /// The VM as people see it, if it is about one.
  package var vm: String?
  /// The host it is about.
  package var host: String?
  /// The wave in which it shows.
  package var wave: Int64?
  /// What the plan says.
  package var planned: String?
  /// What is so now.
  package var now: String?
  /// Whether the plan as it is cannot be carried out, or leaves a host that is not empty.
  package var stops: Bool
  /// What to do about it.
  package var advice: String

  /// A finding.
  package init(
    _ kind: PlanFindingKind, vm: String? = nil, host: String? = nil, wave: Int64? = nil,
    planned: String? = nil, now: String? = nil, stops: Bool, advice: String
  ) {
    self.kind = kind
    self.vm = vm
    self.host = host
    self.wave = wave
    self.planned = planned
    self.now = now
    self.stops = stops
    self.advice = advice
  }
}
