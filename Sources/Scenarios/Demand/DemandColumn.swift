/// A column of a demand in CSV, or a key in JSON Lines.
enum DemandColumn: String, CaseIterable, Sendable {
  /// When, in seconds since the start.
  case time = "time_s"
  /// What happens: arrive, depart or resize.
  case event = "event"
  /// Id of the VM.
  case vm = "vm"
  /// Name of the flavor.
  case flavor = "flavor"
  /// How long the VM stays, in seconds.
  case life = "lifetime_s"
  /// How long it stays at most.
  case longestLife = "lifetime_max_s"
  /// Length of the bin in which it arrives.
  case within = "within_s"
  /// Name of the zone.
  case zone = "zone"
  /// Id of the burst.
  case batch = "batch"

  /// The place of the column among all.
  var index: Int {
    switch self {
    case .time: 0
    case .event: 1
    case .vm: 2
    case .flavor: 3
    case .life: 4
    case .longestLife: 5
    case .within: 6
    case .zone: 7
    case .batch: 8
    }
  }

  /// Those that every demand needs.
  static let required: [DemandColumn] = [.time, .vm, .flavor]
}
