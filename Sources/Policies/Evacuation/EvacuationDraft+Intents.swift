package import CloudModel

extension EvacuationDraft {
  /// What is meant to happen with a VM, from its class and state.
  ///
  /// **Source**: Nova's API: live migration of active and paused servers, cold migration of active
  /// and stopped ones, stop of active ones.
  package static func intent(for vm: Int, resolved: ResolvedClass, in cloud: Cloud) -> Intent {
    let state = cloud.vms.state[vm]
    if cloud.hosts.state[cloud.vms.host[vm]] == .down {
      return .stay(
        .state, advice: "its host is down: it must be rebuilt elsewhere, not moved")
    }
    if let blocking = resolved.ceiling.blockingState {
      return .stay(.state, advice: advice(for: blocking))
    }
    switch resolved.effective {
    case .live:
      return .move(.running)
    case .cold:
      return state == .paused ? .stay(.state, advice: "unpause it first") : .move(.stopped)
    case .stop:
      return state == .paused ? .stay(.state, advice: "unpause it first") : .stop
    case .none:
      return state == .paused ? .stay(.state, advice: "unpause it first") : .recreate
    case .hold:
      return hold(resolved)
    }
  }

  private static func hold(_ resolved: ResolvedClass) -> Intent {
    guard resolved.wish.wished != .hold else {
      return .stay(.policyClass, advice: "its owner must agree to a stop or a move")
    }
    let reason = resolved.ceiling.decisive?.reason
    if reason == .pci || reason == .vgpu {
      return .stay(
        .rule(.device),
        advice: "its owner must agree to a stop, or a host needs a free device, or another host"
          + " must be taken first")
    }
    return .stay(.policyClass, advice: "its owner must agree to less than live migration")
  }

  private static func advice(for state: VMState) -> String {
    switch state {
    case .suspended: "resume it first"
    case .resized: "confirm or revert its resize first"
    case .error: "repair or reset its state first"
    case .busy: "wait until its running task is over"
    case .unknown: "find out what its state means"
    case .active, .paused, .stopped, .shelved: "look at its state"
    }
  }

  /// What would help a VM that hosts refuse, by the rule that decides.
  package static func advice(for rule: RejectionRule?) -> String {
    switch rule {
    case .zone: "it is tied to its zone: free or add a host there, or ask its owner to untie it"
    case .aggregate: "add a host to the aggregate that its flavor asks for"
    case .trait: "no other host has what its flavor or image asks for: add one, or ask its owner"
    case .cpuModel: "no other host has its CPU: permit `fallback: cold`, or ask its owner"
    case .device: "free a device elsewhere, or ask its owner to agree to a stop"
    case .memory, .vcpu, .disk: "free room elsewhere, take fewer hosts at once, or permit a stop"
    case .group: "take one host after the other, or free a host for its group"
    case .out, nil: "no host is open to take it: open one"
    case .numa, .reserve, .bandwidth, .time, .notice, .budget: "ask its owner"
    }
  }
}
