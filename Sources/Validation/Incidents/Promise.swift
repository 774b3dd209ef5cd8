/// What a provider promises for VMs.
struct Promise: Sendable, Equatable {
  var provider: String
  var service: String
  var deployment: String
  /// The share of a month, at most one.
  var uptime: Double
  var origin: String
  var asOf: String

  /// Hours of a month of a twelfth of a year.
  static let hoursOfMonth = HostFailures.hoursOfYear / 12

  var name: String { "\(provider)/\(service)/\(deployment)" }

  /// Whether it asks for VMs in several zones.
  var isZonal: Bool { deployment.contains("zones") }

  /// Whether it is for one VM.
  var isSingle: Bool { deployment.contains("single") }

  /// Reads the promises of a folder.
  ///
  /// **Errors**: `RecordError` with file and line.
  static func read(folder: String) throws(RecordError) -> [Promise] {
    let paths = try RecordFolder.tables("sla", in: folder)
    guard !paths.isEmpty else { throw .noTable(folder: folder, needed: ["sla.csv"]) }
    var promises: [Promise] = []
    for path in paths {
      let table = try RecordTable(path: path)
      let (provider, service) = (try table.column("provider"), try table.column("service"))
      let deployment = try table.column("deployment")
      let percent = try table.column("monthly_uptime_pct")
      let (origin, asOf) = (try table.column("origin"), try table.column("as_of"))
      for row in 0..<table.count {
        guard let share = try table.number(row, percent), share > 0, share <= 100 else {
          throw table.badField(row, percent, "a percentage above 0 and at most 100")
        }
        promises.append(
          Promise(
            provider: try table.name(row, provider), service: try table.name(row, service),
            deployment: try table.name(row, deployment), uptime: share / 100,
            origin: table.text(row, origin), asOf: table.text(row, asOf)))
      }
    }
    return promises
  }
}
