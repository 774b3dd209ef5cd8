import Stochastics

/// Migrations and evacuations of one campaign, flavor and number at once.
struct MigrationGroup {
  let campaign: MigrationCampaign
  let flavor: String
  let parallel: Int
  /// All migrations, aborted ones among them.
  let measured: [MeasuredMigration]
  /// The migrations; without outliers if they were requested one at a time.
  let migrations: [MeasuredMigration]
  /// The complete evacuations.
  let evacuations: [MeasuredEvacuation]
  /// The complete batches, durations ascending; none if requested one at a time.
  let batches: [Batch]
  let outliers: Int
  let incompleteEvacuations: Int
  let incompleteBatches: Int

  /// Migrations requested together.
  struct Batch {
    var iteration: Int
    var seconds: [Double]
  }

  /// What distinguishes the groups.
  private struct Key: Hashable {
    var campaign: MigrationCampaign
    var flavor: String
    var parallel: Int
  }

  /// All groups, in the order of the files.
  static func groups(of data: MigrationMeasurements) -> [MigrationGroup] {
    var migrations: [Key: [MeasuredMigration]] = [:]
    var evacuations: [Key: [MeasuredEvacuation]] = [:]
    var keys: [Key] = []
    for entry in data.migrations {
      let key = Key(campaign: entry.campaign, flavor: entry.flavor, parallel: entry.parallel)
      keys.append(key)
      migrations[key, default: []].append(entry)
    }
    for entry in data.evacuations {
      let key = Key(campaign: entry.campaign, flavor: entry.flavor, parallel: entry.parallel)
      keys.append(key)
      evacuations[key, default: []].append(entry)
    }
    return uniqued(keys).map { MigrationGroup($0, migrations[$0] ?? [], evacuations[$0] ?? []) }
  }

  /// What each campaign with serial migrations gives, in the order of the data.
  static func campaignFits(of groups: [MigrationGroup]) -> [CampaignFit] {
    uniqued(groups.map(\.campaign)).compactMap { campaign in
      CampaignFit(campaign, groups.filter { $0.campaign == campaign })
    }
  }

  private init(_ key: Key, _ all: [MeasuredMigration], _ moves: [MeasuredEvacuation]) {
    campaign = key.campaign
    flavor = key.flavor
    parallel = key.parallel
    let median = Quantile.median(all.map(\.seconds)) ?? 0
    let limit = key.parallel == 1 ? median * MigrationValidation.outlierFactor : .infinity
    measured = all
    migrations = all.filter { $0.seconds <= limit }
    outliers = all.count - migrations.count
    evacuations = moves.filter(\.isComplete)
    incompleteEvacuations = moves.count - evacuations.count
    batches = key.parallel > 1 ? Self.batches(of: all, size: key.parallel) : []
    incompleteBatches = key.parallel > 1 ? all.count - batches.count * key.parallel : 0
  }

  /// The migrations of serial groups, none of others.
  var serial: [MeasuredMigration] { parallel == 1 ? migrations : [] }

  /// The migrations that were not aborted, also where most were.
  ///
  /// A quarter of them at least is taken to have ended well: the shortest quarter, or the first of
  /// each batch, says how long one takes, and the last of a batch takes as often as long as there
  /// are members.
  var completed: [MeasuredMigration] { measured.filter { $0.seconds <= abortLimit } }

  /// The complete evacuations in which no migration was aborted.
  var undisturbed: [MeasuredEvacuation] {
    let aborted = measured.filter { $0.seconds > abortLimit }
    return evacuations.filter { entry in
      !aborted.contains {
        $0.iteration == entry.iteration && $0.direction == entry.direction
      }
    }
  }

  /// The seconds beyond which a migration was aborted.
  private var abortLimit: Double {
    guard !measured.isEmpty else { return .infinity }
    let sorted = measured.map(\.seconds).sorted()
    // Not between two of them: where a quarter ended well, the next is an aborted one.
    let short = sorted[(sorted.count - 1) / (4 * parallel)]
    return short * Double(parallel) * MigrationValidation.abortFactor
  }

  /// The columns that define the group, then a part and the quantity.
  func name(_ quantity: String, part: String? = nil) -> String {
    var parts = [
      campaign.storage, campaign.tunnelled, campaign.completionTimeout, flavor, String(parallel),
    ]
    if let part { parts.append(part) }
    return (parts + [quantity]).joined(separator: "/")
  }

  /// VMs are requested in the order of their numbers, a batch when the one before is over.
  private static func batches(of all: [MeasuredMigration], size: Int) -> [Batch] {
    struct Place: Hashable {
      var iteration: Int
      var direction: String
      var batch: Int
    }
    var members: [Place: [Double]] = [:]
    var places: [Place] = []
    for entry in all {
      let place = Place(
        iteration: entry.iteration, direction: entry.direction, batch: (entry.vm - 1) / size)
      places.append(place)
      members[place, default: []].append(entry.seconds)
    }
    return uniqued(places).compactMap { place in
      guard let seconds = members[place], seconds.count == size else { return nil }
      return Batch(iteration: place.iteration, seconds: seconds.sorted())
    }
  }
}
