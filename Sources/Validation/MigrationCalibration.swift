import Documents
import Migration
package import Scenarios
import Stochastics

/// The numbers of the migration model as a data set gives them, ready for scenarios.
package struct MigrationCalibration: Sendable {
  /// The name of the data set.
  package let dataset: String
  /// The fitted numbers of each campaign.
  package let parameters: [FittedParameter]
  /// Those that a scenario uses, each a copy of one of `parameters` under the model's own name.
  package let chosen: [FittedParameter]
  /// Migrations left out because they were aborted.
  package let aborted: Int
  /// What else a reader has to know, as sentences.
  package private(set) var notes: [String] = []

  /// Fits to a data set in a folder.
  ///
  /// **Errors**: those of `MigrationMeasurements`; `nothingToFit` without serial migrations.
  package init(folder: String) throws(ValidationError) {
    let name = folder.split(separator: "/").last.map(String.init) ?? folder
    try self.init(MigrationMeasurements(folder: folder), dataset: name)
  }

  /// Fits to a data set of some name.
  ///
  /// **Errors**: `nothingToFit`.
  package init(_ data: MigrationMeasurements, dataset: String) throws(ValidationError) {
    let groups = MigrationGroup.groups(of: data)
    let fits = MigrationGroup.campaignFits(of: groups)
    guard !fits.isEmpty else { throw .nothingToFit(file: dataset) }
    self.dataset = dataset
    parameters = FittedParameter.distinguished(fits.flatMap(\.parameters))
    aborted = data.unmeasured + groups.reduce(0) { $0 + $1.outliers }
    let shared = Self.best(fits.filter { !$0.campaign.copiesDisk })
    let block = Self.best(fits.filter { $0.campaign.copiesDisk })
    let batches = Self.best(fits.filter { $0.contention != nil })
    let main = shared ?? block
    chosen = [
      Self.number("overhead_shared", of: shared), Self.number("overhead_block", of: block),
      Self.number("stream_rate", of: main),
      Self.number("gap", of: main), Self.number("contention", of: batches),
      Self.number("spread", of: main),
    ].compactMap { $0 }
    notes = Self.notes(main, block, batches)
  }

  /// The campaign for a scenario: not tunnelled, as Nova's default is, then more sizes, then more
  /// migrations, then the first.
  private static func best(_ fits: [CampaignFit]) -> CampaignFit? {
    func rank(_ fit: CampaignFit) -> [Int] {
      [fit.campaign.tunnelled == "off" ? 1 : 0, fit.fit.sizes, fit.fit.count]
    }
    return fits.reduce(nil) { (best: CampaignFit?, fit) in
      guard let best else { return fit }
      return rank(best).lexicographicallyPrecedes(rank(fit)) ? fit : best
    }
  }

  /// A number that the data says; nil for one that is a default all the same.
  private static func number(_ name: String, of fit: CampaignFit?) -> FittedParameter? {
    guard let fit, var found = fit.parameters.first(where: { $0.parameter == name }) else {
      return nil
    }
    if name == fit.overheadName, fit.fit.method == .defaultOverhead { return nil }
    if name == "stream_rate", fit.fit.method == .noSlope { return nil }
    found.name = name
    found.source = "run \(fit.campaign.run): \(found.source)"
    return found
  }

  private static func notes(
    _ main: CampaignFit?, _ block: CampaignFit?, _ batches: CampaignFit?
  ) -> [String] {
    var notes = [
      "stream_rate is that of all memory of a flavor and half of a copied disk: with it "
        + "memory_share stays 1 and disk_share 0.5"
    ]
    if let main, main.fit.sizes == 1 {
      notes.append("one size only: the overhead is the default of the model, not fitted")
    }
    if let main, main.fit.sizes == 2 {
      notes.append("two sizes fit any line: only a third would test it")
    }
    if let main, let block, main.campaign != block.campaign {
      let other = 1024 / block.fit.secondsPerGiB
      notes.append(
        "overhead_block was fitted together with \(rounded(other)) MiB/s of its own runs; scenarios "
          + "have one rate, that of run \(main.campaign.run)")
    }
    if let main, let batches, main.campaign != batches.campaign {
      notes.append("contention is of run \(batches.campaign.run), whose hosts may be others")
    } else if batches == nil {
      notes.append("no batches: contention is not fitted")
    }
    return notes
  }

  private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

extension MigrationCalibration {
  /// The numbers as a scenario holds them in its section `migration`, to thousandths.
  package var record: MigrationRecord {
    var record = MigrationRecord()
    for entry in chosen {
      record[parameter: entry.parameter] = (entry.value * 1000).rounded() / 1000
    }
    record.source = "fitted by berth calibrate to \(dataset)"
    return record
  }

  /// The parameter file: what a scenario names as `migration.parameters`, or copies.
  package var yaml: String {
    var text = "# Numbers of the migration model, fitted to \(dataset) by `berth calibrate`.\n"
    text += "# A scenario uses them with `migration: {parameters: THIS FILE}`, or as a copy.\n"
    for entry in chosen {
      let place = entry.interval.map { interval in
        let (low, high) = (Self.shown(interval.low), Self.shown(interval.high))
        let unit = entry.unit.isEmpty ? "" : " \(entry.unit)"
        return "95 % interval \(low) to \(high)\(unit); "
      }
      text += "# \(entry.parameter): \(place ?? "")\(entry.source)\n"
    }
    for note in notes { text += "# note: \(note)\n" }
    return text + values.yaml()
  }

  /// The values in their own units, as people write them.
  private var values: Document {
    let record = record
    var members: [(String, Document)] = chosen.map { entry in
      let value = Document.number(record[parameter: entry.parameter] ?? entry.value)
      return (
        entry.parameter, entry.unit.isEmpty ? value : .text("\(value.json()) \(entry.unit)")
      )
    }
    members.append(("source", record.source.map { .text($0) } ?? .null))
    return .fields(members)
  }

  private static func shown(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
