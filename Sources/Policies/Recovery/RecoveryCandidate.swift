import CloudModel

/// What the tag `scs:evacuate` may say about a VM whose host has failed.
package enum EvacuateWish: String, Sendable, CaseIterable {
  /// It is made anew on another host.
  case rebuild
  /// It waits for its host.
  case wait
  /// Nothing is done.
  case none

  /// The wish in a VM's tags; nil if they say nothing.
  ///
  /// **Errors**: `unknownWish` for another word.
  static func stated(for vm: Int, in cloud: Cloud) throws(RecoveryError) -> EvacuateWish? {
    let prefix = "scs:evacuate="
    let tags = cloud.labels[cloud.vms.labels[vm]].tags
    guard let tag = tags.first(where: { $0.hasPrefix(prefix) }) else { return nil }
    let value = String(tag.dropFirst(prefix.count))
    guard let wish = EvacuateWish(rawValue: value) else {
      throw .unknownWish(vm: cloud.label(ofVM: vm), value: value)
    }
    return wish
  }
}

/// A VM on a failed host and what is meant to happen with it.
struct RecoveryCandidate {
  /// What is meant to happen.
  enum Intent {
    /// It is made anew elsewhere by the cloud.
    case rebuild
    /// It is made anew by its orchestrator.
    case recreate
    /// It stays, for a reason.
    case stay(LeftReason, advice: String)
  }

  let vm: Int
  let source: Int
  let resolved: ResolvedClass
  let requirement: Requirement
  let intent: Intent
  /// Whether it gave service before the failure.
  let ran: Bool
  /// Whether a disk of it was on its host.
  let hasLocalDisk: Bool

  init(
    _ vm: Int, resolved: ResolvedClass, rules: TargetRules, losesLocalDisks: Bool
  ) throws(RecoveryError) {
    let cloud = rules.cloud
    self.vm = vm
    self.resolved = resolved
    source = cloud.vms.host[vm]
    requirement = rules.requirement(of: vm)
    ran = cloud.vms.state[vm] == .active
    hasLocalDisk = cloud.localDisk(ofVM: vm).count > 0
    let standard: EvacuateWish = hasLocalDisk && !losesLocalDisks ? .wait : .rebuild
    let stated = try EvacuateWish.stated(for: vm, in: cloud)
    if stated == nil, resolved.effective == .none {
      intent = .recreate
    } else {
      intent = Self.intent(of: vm, wish: stated ?? standard, isStated: stated != nil, in: cloud)
    }
  }

  private static func intent(
    of vm: Int, wish: EvacuateWish, isStated: Bool, in cloud: Cloud
  ) -> Intent {
    switch wish {
    case .none:
      return .stay(.waits, advice: "its tag scs:evacuate=none says that nothing is done")
    case .wait where isStated:
      return .stay(.waits, advice: "its tag scs:evacuate=wait says that it waits for its host")
    case .wait:
      return .stay(
        .waits,
        advice: "its local disk would be lost: repair its host, or give it the tag"
          + " scs:evacuate=rebuild")
    case .rebuild: break
    }
    if let advice = adviceAboutState(cloud.vms.state[vm]) { return .stay(.state, advice: advice) }
    if hasVirtualTPM(vm, in: cloud) {
      return .stay(
        .refused,
        advice: "Nova does not rebuild a VM with a virtual TPM: repair its host, or make it anew")
    }
    return .rebuild
  }

  /// What would let Nova rebuild a VM in a state; nil if it does already.
  ///
  /// **Source**: Nova's API: evacuate of active, stopped and broken servers.
  private static func adviceAboutState(_ state: VMState) -> String? {
    switch state {
    case .active, .stopped, .error: nil
    case .paused, .suspended, .resized, .busy, .unknown:
      "an administrator can reset its state to error, and then it can be rebuilt"
    case .shelved: "unshelve it: it needs no rebuild"
    }
  }

  private static func hasVirtualTPM(_ vm: Int, in cloud: Cloud) -> Bool {
    let image = cloud.vms.image[vm]
    return cloud.flavors[cloud.vms.flavor[vm]].extraSpecs["hw:tpm_version"] != nil
      || (image >= 0 && cloud.images[image].properties["hw_tpm_version"] != nil)
  }

  var isRebuilt: Bool { if case .rebuild = intent { true } else { false } }
  var isRecreated: Bool { if case .recreate = intent { true } else { false } }

  /// What the order of rebuilds goes by: what gave service first, then the class, the larger first.
  func isBefore(_ other: RecoveryCandidate, in cloud: Cloud) -> Bool {
    key(in: cloud) < other.key(in: cloud)
  }

  /// The place of its class in the order of rebuilds.
  var classPlace: Int {
    switch resolved.effective {
    case .live, .hold: 0
    case .cold: 1
    case .stop: 2
    case .none: 3
    }
  }

  private func key(in cloud: Cloud) -> (Int, Int, Int64, Int) {
    (ran ? 0 : 1, classPlace, -cloud.vms.demand[vm].memoryMiB, vm)
  }
}
