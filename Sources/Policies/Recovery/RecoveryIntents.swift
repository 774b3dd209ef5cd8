package import CloudModel

/// What is meant to happen to each VM of a cloud when its host fails, whichever host that is.
package struct RecoveryIntents: Sendable {
  /// What is meant to happen to a VM.
  package enum Way: Sendable, Equatable {
    /// The cloud makes it anew elsewhere.
    case rebuild
    /// Its orchestrator makes another one.
    case recreate
    /// It waits for its host.
    case wait
  }

  /// By VM.
  package private(set) var ways: [Way] = []
  /// By VM, its place in the line: 0 goes first. What gave service goes before what did not, and of
  /// these the class decides, as in a plan of a recovery.
  package private(set) var priorities: [UInt8] = []

  /// The intents of all VMs.
  ///
  /// **Errors**: `RecoveryError` as for a plan of a recovery.
  package init(
    _ cloud: Cloud, rules: ClassRules, losesLocalDisks: Bool = false
  ) throws(RecoveryError) {
    let resolver = ClassResolver(cloud: cloud, rules: rules, out: [])
    let targets = TargetRules(cloud: cloud, out: [])
    for vm in 0..<cloud.vms.count {
      let resolved: ResolvedClass
      do { resolved = try resolver.resolve(vm) } catch { throw .policyClass(error) }
      let candidate = try RecoveryCandidate(
        vm, resolved: resolved, rules: targets, losesLocalDisks: losesLocalDisks)
      ways.append(candidate.isRebuilt ? .rebuild : candidate.isRecreated ? .recreate : .wait)
      priorities.append(UInt8(candidate.ran ? 0 : 4) + UInt8(candidate.classPlace))
    }
  }
}
