/// The tables of the providers.
extension IncidentHistory {
  /// Google's incidents.
  ///
  /// **Source**: status.cloud.google.com, by the history that `outages/gcp-outages` keeps of it.
  static func google(_ paths: [String]) throws(RecordError) -> IncidentHistory {
    var incidents: [Incident] = []
    for path in paths {
      let table = try RecordTable(path: path)
      let (begin, seconds) = (try table.column("begin"), try table.column("duration_s"))
      let (impact, compute) = (try table.column("impact"), try table.column("compute_engine"))
      let (products, regions) = (try table.column("products"), try table.column("regions"))
      let scope = try table.column("scope")
      let words = IncidentReach.allCases.map(\.rawValue)
      for row in 0..<table.count {
        let reach = try table.word(row, scope, among: words)
        let isCompute = try table.word(row, compute, among: ["0", "1"]) == "1"
        let disturbed = ["SERVICE_DISRUPTION", "SERVICE_OUTAGE"].contains(table.text(row, impact))
        incidents.append(
          Incident(
            begin: try table.instant(row, begin),
            hours: try table.number(row, seconds).map { $0 / 3600 },
            reach: IncidentReach(rawValue: reach) ?? .unknown,
            regions: parts(of: table.text(row, regions)), isCompute: isCompute && disturbed,
            isControlPlane: false,
            isIdentity: parts(of: table.text(row, products))
              .contains("Identity and Access Management")))
      }
    }
    return IncidentHistory(provider: "google", incidents: incidents, knowsControlPlanes: false)
  }

  /// Events of AWS; what is not said to be in one zone counts for the region.
  ///
  /// **Source**: status.aws.amazon.com, by the history that `outages/aws-outages` keeps of it.
  static func aws(_ paths: [String]) throws(RecordError) -> IncidentHistory {
    var incidents: [Incident] = []
    for path in paths {
      let table = try RecordTable(path: path)
      let (service, region) = (try table.column("service"), try table.column("region"))
      let (posted, minutes) = (try table.column("posted"), try table.column("stated_duration_min"))
      let (scope, kind) = (try table.column("az_scope"), try table.column("kind"))
      for row in 0..<table.count {
        let reach: IncidentReach
        switch try table.word(row, scope, among: ["single", "multiple", "named", ""]) {
        case "single": reach = .zone
        case "multiple": reach = .multiZone
        case "named": reach = .unknown
        default: reach = table.text(row, region).isEmpty ? .global : .region
        }
        incidents.append(
          Incident(
            begin: try table.instant(row, posted),
            hours: try table.number(row, minutes).map { $0 / 60 }, reach: reach,
            regions: parts(of: table.text(row, region)),
            isCompute: try table.name(row, service) == "ec2",
            isControlPlane: table.text(row, kind) == "control-plane",
            isIdentity: table.text(row, service) == "iam"))
      }
    }
    return IncidentHistory(provider: "aws", incidents: incidents, knowsControlPlanes: true)
  }

  private static func parts(of text: String) -> [String] {
    text.split(separator: "|").map(String.init)
  }
}
