/// How long a guest may be paused at the end of a pre-copy.
package enum DowntimeLimit: Sendable, Hashable {
  /// The same time throughout, in seconds.
  case fixed(Double)
  /// Raised in steps as time goes by.
  case steps(DowntimeSteps)

  /// The limit in force at a time after the start, in seconds.
  package func seconds(at time: Double) -> Double {
    switch self {
    case .fixed(let seconds): seconds
    case .steps(let steps): Double(steps.milliseconds(at: time)) / 1000
    }
  }

  /// When another limit is in force next; infinite where none is.
  func nextChange(after time: Double) -> Double {
    guard case .steps(let steps) = self, steps.secondsBetween > 0 else { return .infinity }
    let next = ((time + 1e-9) / steps.secondsBetween).rounded(.down) + 1
    return next <= Double(steps.count) ? next * steps.secondsBetween : .infinity
  }
}

/// The ramp on which Nova raises the allowed downtime.
///
/// Step i of 0...n comes after `int(int(delay * gib) * i)` seconds and sets
/// `int(dt/n + i (dt - dt/n)/n)` milliseconds.
///
/// **Source**: Nova options `live_migration_downtime`, `live_migration_downtime_steps` and
/// `live_migration_downtime_delay`, module `nova.virt.libvirt.migration`.
package struct DowntimeSteps: Sendable, Hashable {
  /// What the last step allows, in milliseconds.
  package var milliseconds: Double
  /// The number of steps after the first.
  package var count: Int
  /// The time between two steps for each GiB of data, in seconds.
  package var delayPerGibibyte: Double
  /// The size of the data, in GiB.
  package var gibibytes: Double

  /// A ramp; Nova's defaults but for the size.
  package init(
    milliseconds: Double = 500, count: Int = 10, delayPerGibibyte: Double = 75, gibibytes: Double
  ) {
    precondition(count > 0, "A ramp has one step or more.")
    self.milliseconds = milliseconds
    self.count = count
    self.delayPerGibibyte = delayPerGibibyte
    self.gibibytes = gibibytes
  }

  /// The whole seconds between two steps; 0: all steps are taken at once.
  package var secondsBetween: Double { (delayPerGibibyte * gibibytes).rounded(.down) }

  /// What is allowed at a time after the start, in whole milliseconds.
  package func milliseconds(at time: Double) -> Int {
    let passed = secondsBetween > 0 ? ((time + 1e-9) / secondsBetween).rounded(.down) : .infinity
    let step = min(Double(count), max(0, passed))
    let first = milliseconds / Double(count)
    // Whole milliseconds, and never none: with no pause at all no transfer could end.
    return max(1, Int(first + step * (milliseconds - first) / Double(count)))
  }
}

/// The size of data by which Nova measures times: memory and each copied disk, at least 2 GiB each.
///
/// **Source**: Nova, `nova.virt.libvirt.driver`, `_live_migration_data_gb`.
package enum TransferSize {
  /// The size in GiB; disks that are not copied are left out.
  package static func gibibytes(memory: Double, disks: [Double] = []) -> Double {
    disks.reduce(max(2, memory)) { $0 + max(2, $1) }
  }
}
