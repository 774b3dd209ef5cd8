/// When work may happen, and how long before it tenants are told.
package struct CalendarRecord: Sendable, Equatable {
  /// When the tenants are told, in microseconds since 1970; nil: no date yet.
  package var told: Int64?
  /// When hosts may be out; none: at any time.
  package var windows: [WindowRecord] = []
  /// When no host may be out, whatever the windows say.
  package var excluded: [ExcludedTimeRecord] = []
  /// How long before it is touched the tenant of a VM is told.
  package var notices = NoticesRecord()
  /// Whether hosts that can be done are done where others cannot.
  package var isPartialWorkAllowed = false

  /// No dates, and the usual notices.
  package init() {}
}

/// A time in which hosts may be out.
package struct WindowRecord: Sendable, Equatable {
  /// Microseconds since 1970.
  package var start: Int64 = 0
  /// Microseconds since 1970.
  package var end: Int64 = 0
  /// Names of the zones whose hosts are meant; none: of all.
  package var zones: [String] = []
  /// Patterns for the names of the hosts that are meant; none: all.
  package var hosts: [String] = []

  /// An empty window.
  package init() {}
}

/// A time in which no host may be out.
package struct ExcludedTimeRecord: Sendable, Equatable {
  /// Microseconds since 1970.
  package var start: Int64 = 0
  /// Microseconds since 1970.
  package var end: Int64 = 0
  /// Why, in words.
  package var reason = ""

  /// No time.
  package init() {}
}

/// The notice of each policy class, in microseconds.
///
/// **Source**: the defaults are those of the proposed SCS migration scheme, `docs/policy-classes.md`.
package struct NoticesRecord: Sendable, Equatable {
  /// Of VMs that are moved while they run.
  package var live: Int64 = 0
  /// Of VMs that are shut down, moved and started.
  package var cold: Int64 = 3 * 86_400_000_000
  /// Of VMs that are stopped for the work.
  package var stop: Int64 = 3 * 86_400_000_000
  /// Of VMs that are ended and made anew.
  package var none: Int64 = 0
  /// Of VMs whose owners have to agree first.
  package var hold: Int64 = 14 * 86_400_000_000

  /// The usual notices.
  package init() {}
}
