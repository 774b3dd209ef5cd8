/// What only the plan of a recovery has.
package struct RecoveryRecord: Sendable, Equatable {
  /// The zone that failed; nil: single hosts.
  package var zone: String?
  /// VMs on the failed hosts.
  package var vms: Int64 = 0
  /// Those of them that gave service before the failure.
  package var ran: Int64 = 0
  /// How long it takes until shares of those give service again.
  package var back: [BackRecord] = []
  /// VMs that are made anew without the data of a local disk.
  package var dataLost: [String] = []

  /// Nothing failed yet.
  package init() {}
}

/// When a share of the VMs that ran gives service again, in seconds after the failure.
package struct BackRecord: Sendable, Equatable {
  /// The share.
  package var share = 0.0
  /// Without spread; nil: never.
  package var nominal: Double?
  /// The median; nil: never.
  package var p50: Double?
  /// The 95 % quantile; nil: never.
  package var p95: Double?

  /// No share yet.
  package init() {}
}

extension PlanKeys {
  static let recovery = Section<RecoveryRecord>(
    "recovery", "What only the plan of a recovery has.", make: RecoveryRecord.init
  ) {
    Key("zone", \.zone, Codec<String>.text().optional, "zone that failed; null: single hosts")
    Key("vms", \.vms, .count, "VMs on the failed hosts")
    Key("ran", \.ran, .count, "those of them that gave service before")
    Key(
      "back", \.back, .list(of: .section(back)), "when shares of those give service again")
    Key(
      "data_lost", \.dataLost, .texts, "VMs that are made anew without the data of a local disk")
  }

  static let back = Section<BackRecord>(
    "back", "When a share of the VMs that ran gives service again.", make: BackRecord.init
  ) {
    Key("share", \.share, .fraction, "the share")
    Key(
      "nominal_s", \.nominal, Codec.seconds.optional,
      "time after the failure, without spread; null: never")
    Key("p50_s", \.p50, Codec.seconds.optional, "median of it; null: never")
    Key("p95_s", \.p95, Codec.seconds.optional, "95 % quantile; null: never")
  }
}
