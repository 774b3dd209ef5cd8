import CloudModel

/// Nova's words for what a server is doing, as states of a VM.
enum ServerStates {
  private static let states: [String: VMState] = [
    "ACTIVE": .active, "PAUSED": .paused, "SHUTOFF": .stopped, "SUSPENDED": .suspended,
    "SHELVED": .shelved, "SHELVED_OFFLOADED": .shelved, "VERIFY_RESIZE": .resized,
    "ERROR": .error, "SOFT_DELETED": .stopped,
    // Words that name the task instead of a state.
    "BUILD": .busy, "HARD_REBOOT": .busy, "MIGRATING": .busy, "PASSWORD": .busy,
    "REBOOT": .busy, "REBUILD": .busy, "RESCUE": .busy, "RESIZE": .busy, "REVERT_RESIZE": .busy,
  ]

  /// The state; nil for a word that is not known.
  ///
  /// **Source**: Nova API, server concepts: status and task state.
  static func state(status: String, task: String?) -> VMState? {
    guard let state = states[status] else { return nil }
    return task == nil || state == .error ? state : .busy
  }
}
