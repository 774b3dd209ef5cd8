package import Documents

/// How an estimate's VM is moved, as files spell it.
package enum EstimateMode: String, Sendable, CaseIterable {
  /// While it runs.
  case live
  /// Shut down, and booted at its destination.
  case cold
  /// Paused, and its memory sent.
  case stopCopy = "stop_copy"
}

/// What is done at the horizon, as files spell it.
package enum EstimateAction: String, Sendable, CaseIterable {
  /// Given up.
  case abort
  /// Paused, and the rest sent.
  case pause
  /// Switched to the destination.
  case postCopy = "post_copy"
}

/// A dirty curve in its two-class form.
package struct DirtyRecord: Sendable, Equatable {
  /// Slowly spreading writes, in MiB/s.
  package var c = 0.0
  /// The hot set, in MiB.
  package var h = 0.0
  /// The time in which the hot set is rewritten, in seconds.
  package var s = 1.0

  /// A guest that writes nothing.
  package init() {}
}

/// The ramp on which the allowed downtime is raised.
package struct DowntimeStepsRecord: Sendable, Equatable {
  /// What the last step allows, in milliseconds.
  package var ms = 500.0
  /// The number of steps after the first.
  package var steps: Int64 = 10
  /// The time between two steps for each GiB, in seconds.
  package var delay = 75.0
  /// The size of the data, in GiB; nil: that of the VM.
  package var gib: Double?

  /// Nova's defaults.
  package init() {}
}

/// A passed-through device.
package struct DeviceRecord: Sendable, Equatable {
  /// Its state, in MiB; nil: not known.
  package var state: Double?
  /// What it writes while it is copied in rounds; nil: it cannot be.
  package var dirty: DirtyRecord?

  /// A device of which nothing is known.
  package init() {}
}

/// One move to be estimated, as its file says it.
///
/// **Units**: MiB, MiB/s, seconds, as the keys say.
package struct EstimateRecord: Sendable, Equatable {
  /// The name in the answer.
  package var id = ""
  /// How it is moved.
  package var mode = EstimateMode.live
  /// The memory that is not all zero.
  package var memory: Double?
  /// Pages of 4 KiB that are all zero.
  package var zeroPages: Int64 = 0
  /// The rate of one stream.
  package var rate: Double?
  /// The number of streams.
  package var streamCount: Int64 = 1
  /// What the link gives to this migration.
  package var link: Double?
  /// The limit of the operator.
  package var cap: Double?
  /// Whether the stream is encrypted.
  package var isEncrypted = false
  /// The rate of an encrypting thread.
  package var encryptionRate = 300.0
  /// MiB written for each MiB sent.
  package var compression = 1.0
  /// The rate of the last part.
  package var line: Double?
  /// The allowed pause.
  package var downtimeLimit: Double?
  /// The ramp of the allowed pause.
  package var downtimeSteps: DowntimeStepsRecord?
  /// The time of a stop beside the copy.
  package var stop: Double?
  /// What the guest writes.
  package var dirty: DirtyRecord?
  /// The same as measured points.
  package var points: [[Double]]?
  /// When the guest stops writing.
  package var loadEnd: Double?
  /// Whether the guest may be throttled.
  package var autoConverge = false
  /// When the guest is switched to its destination.
  package var postCopyAt: Double?
  /// The rate of the rest after the switch.
  package var postCopyRate: Double?
  /// The time between switch and first page.
  package var postCopyDelay: Double?
  /// When the time is over.
  package var horizon: Double?
  /// What is done then.
  package var action = EstimateAction.abort
  /// How long the rest may go without a new low.
  package var progressTimeout: Double?
  /// The allocated part of a copied disk.
  package var disk: Double?
  /// The rate of the disks.
  package var diskRate: Double?
  /// What the guest writes to the disk meanwhile.
  package var diskWrites = 0.0
  /// A passed-through device.
  package var device: DeviceRecord?
  /// Checks, claims, ports and clean-up.
  package var overhead = 0.0
  /// From the request to a guest that is off.
  package var shutdown = 1.5
  /// Definition of the guest before it boots.
  package var define = 1.2
  /// From power on to service.
  package var boot = 12.0
  /// From service to the confirmation.
  package var confirm: Double?
  /// Where it stands in its file.
  package var place = Place.none

  /// A record without values.
  package init() {}
}
