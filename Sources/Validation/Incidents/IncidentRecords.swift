/// The incidents and post-mortems of a folder.
struct IncidentRecords {
  private(set) var histories: [IncidentHistory] = []
  private(set) var postMortems: PostMortems?

  /// Reads every table of the known kinds that lies in the folder.
  ///
  /// **Errors**: `RecordError` with file and line; `noTable` where none lies there.
  init(folder: String) throws(RecordError) {
    let google = try RecordFolder.tables("incidents", in: folder)
    let aws = try RecordFolder.tables("events", in: folder)
    let cases = try RecordFolder.tables("postmortems", in: folder)
    if google.isEmpty, aws.isEmpty, cases.isEmpty {
      throw .noTable(folder: folder, needed: ["incidents.csv", "events.csv", "postmortems.csv"])
    }
    if !google.isEmpty { histories.append(try .google(google)) }
    if !aws.isEmpty { histories.append(try .aws(aws)) }
    if !cases.isEmpty { postMortems = try PostMortems(cases) }
  }

  /// Every figure that the records say.
  var figures: [RecordedFigure] {
    histories.flatMap { IncidentFigures($0).figures + RegionCoincidence.figures($0) }
      + (postMortems?.figures ?? [])
  }

  /// Durations in hours to which distributions are fitted, by their names.
  var durations: [(name: String, hours: [Double])] {
    var found = histories.flatMap { history in
      let compute = history.compute
      let zone = compute.filter { $0.reach.isBeyondZone == false }
      let beyond = compute.filter { $0.reach.isBeyondZone == true }
      let name = "\(history.provider)/compute"
      return [
        (name, compute), ("\(name)/reach/zone", zone), ("\(name)/reach/beyond_zone", beyond),
      ].map { (name: $0.0, hours: Self.positive($0.1.compactMap(\.hours))) }
    }
    let byProvider = Dictionary(grouping: postMortems?.cases ?? [], by: \.provider)
    found += byProvider.sorted { $0.key < $1.key }.map { provider, cases in
      (
        name: "postmortems/\(provider)",
        hours: Self.positive(cases.compactMap(\.minutes).map { $0 / 60 })
      )
    }
    return found
  }

  /// Durations told as zero say nothing of a distribution of times.
  private static func positive(_ hours: [Double]) -> [Double] { hours.filter { $0 > 0 } }
}
