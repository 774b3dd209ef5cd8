package import CloudModel
package import Migration

/// One step of a plan as the simulator carries it out.
package struct ExecutionStep: Sendable {
  /// Index of the VM.
  package var vm: Int
  /// What is done.
  package var action: MoveAction
  /// Index of the host it is on.
  package var source: Int
  /// Index of the host it goes to, or nil.
  package var target: Int?
  /// The wave it belongs to, from 1.
  package var wave: Int
  /// What the migration model is asked.
  package var request: MigrationRequest
  /// Whether the VM gives service now, so that it is started again after the work if it is stopped.
  package var isRunning: Bool
  /// What its owner permits if a live migration is given up; nil: it stays.
  package var fallback: Fallback?
}

/// What a run asks about a step again and again, without what its model is asked once.
struct ExecutionRoute: Sendable {
  let vm: Int
  let action: MoveAction
  let source: Int
  let target: Int?
  let isRunning: Bool
  let fallback: Fallback?

  init(_ step: ExecutionStep) {
    vm = step.vm
    action = step.action
    source = step.source
    target = step.target
    isRunning = step.isRunning
    fallback = step.fallback
  }
}

/// What is known of the guests of a cloud beside their flavors.
package struct GuestTable: Sendable {
  /// The loads that occur.
  package var loads: [GuestLoad]
  /// The load of each VM, by index.
  package var load: [Int32]
  /// What the operator permits and does for some VMs, by index; the others are handled as all.
  package var handling: [Int: LiveHandling] = [:]

  /// Guests that all have one load.
  package init(all load: GuestLoad, count: Int) {
    loads = [load]
    self.load = Array(repeating: 0, count: count)
  }

  /// The load of a VM.
  package subscript(vm: Int) -> GuestLoad { loads[Int(load[vm])] }
}

extension MigrationRequest {
  /// What the model is asked about a step with a VM.
  package init(_ kind: MigrationKind, ofVM vm: Int, in cloud: Cloud, guests: GuestTable) {
    let disk = cloud.localDisk(ofVM: vm)
    self.init(
      kind: kind, memory: .mebibytes(cloud.vms.demand[vm].memoryMiB), disk: disk,
      storage: disk.count > 0 ? .block : .shared, load: guests[vm],
      vcpus: cloud.vms.demand[vm].vcpus)
    isPaused = cloud.vms.state[vm] == .paused
    hasDevices = cloud.hasDevices(vm)
    handling = guests.handling[vm]
  }
}

extension MoveAction {
  /// The word of the migration model.
  package var kind: MigrationKind {
    switch self {
    case .live: .live
    case .cold: .cold
    case .stop: .stop
    case .recreate: .recreate
    case .rebuild: .rebuild
    }
  }
}
