import Foundation
import Testing
import Validation

/// Incidents and promises made here, with answers that are known, and what is wrong with others.
@Suite struct IncidentRecordTests {
  private static let aws =
    "service,region,posted,status,stated_duration_min,az_scope,kind,cause_words,summary\n"
  private static let sla =
    "provider,service,deployment,monthly_uptime_pct,origin,as_of,terms_url\n"

  private static func events(_ scopes: [String], service: String = "ec2") -> String {
    aws
      + scopes.enumerated().map { day, scope in
        "\(service),r\(day % 2),2020-01-\(10 + day)T00:00:00+00:00,1,\(10 + day),\(scope),other,,x\n"
      }.joined()
  }

  private func fails(
    _ expected: String, _ body: () throws(RecordError) -> Void
  ) {
    do throws(RecordError) {
      try body()
      Issue.record("nothing was refused")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }

  @Test func `reach is counted among those that tell it`() throws {
    let folder = try RecordFiles(["events.csv": Self.events(["single", "multiple", "named", ""])])
    let figures = RecordedFigures(rows: try IncidentValidation(folder: folder.path).rows)
    try figures.expect("aws/compute/incidents", 4, within: 0)
    try figures.expect("aws/compute/known/one_zone.share", 1.0 / 3, within: 1e-12)
    try figures.expect(
      "aws/compute/known/beyond_zone_seen_from_one.share", 2 / (2 + 1.0 / 3), within: 1e-12)
    let share = try figures.row("aws/compute/known/one_zone.share")
    #expect(share.naive == 1 && share.naiveError == 2)
  }

  @Test func `another part of the records predicts this one`() throws {
    let folder = try RecordFiles(["events_b.csv": Self.events(["single", "", "", ""])])
    let source = try RecordFiles(["events_a.csv": Self.events(["single", "", "single", ""])])
    let figures = RecordedFigures(
      rows: try IncidentValidation(folder: folder.path, fittedTo: source.path).rows)
    let share = try figures.row("aws/compute/known/one_zone.share")
    #expect(share.predicted == 0.5 && share.measured == 0.25 && !share.fitted)
    let count = try figures.row("aws/compute/reach/zone.count")
    #expect(count.predicted == 2 && count.measured == 1)
    #expect(try figures.row("aws/compute/years").predicted == nil)
  }

  @Test func `groups without incidents are stated`() throws {
    let folder = try RecordFiles(["events.csv": Self.events(["single", ""], service: "rds")])
    let validation = try IncidentValidation(folder: folder.path)
    #expect(validation.notes.contains { $0.hasPrefix("aws: no incident about VMs") })
    #expect(!validation.rows.contains { $0.name.hasSuffix("one_zone.share") })
    let single = try RecordFiles(["events.csv": Self.events(["single", "single"])])
    let notes = try IncidentValidation(folder: single.path).notes
    #expect(notes.contains("aws: no incident about VMs beyond one zone"))
  }

  @Test func `what cannot be read is named`() throws {
    let empty = try RecordFiles([:])
    fails("noTable") { () throws(RecordError) in _ = try IncidentValidation(folder: empty.path) }
    fails("noTable") { () throws(RecordError) in _ = try PromiseValidation(folder: empty.path) }
    for (tables, expected) in [
      (["events.csv": "service,region\nec2,r\n"], "posted"),
      (["events.csv": Self.events(["everywhere"])], "everywhere"),
      (["incidents.csv": "id,begin\n1,2\n"], "duration_s"),
      (["postmortems.csv": "provider\naws\n"], "duration_min"),
    ] {
      let folder = try RecordFiles(tables)
      fails(expected) { () throws(RecordError) in
        _ = try IncidentValidation(folder: folder.path)
      }
    }
    let folder = try RecordFiles(["sla.csv": Self.sla + "a,b,c,101,o,2023,\n"])
    fails("101") { () throws(RecordError) in _ = try PromiseValidation(folder: folder.path) }
    let events = try RecordFiles(["events.csv": Self.events(["single", ""])])
    let cases = try RecordFiles([
      "postmortems.csv": "provider,duration_min,root_cause,zone_words\naws,5,unknown,\n"
    ])
    fails("differentKinds") { () throws(RecordError) in
      _ = try IncidentValidation(folder: events.path, fittedTo: cases.path)
    }
  }

  @Test func `a month with certain long outages misses every promise`() throws {
    let sla = Self.sla + "aws,ec2,single instance,99.9,o,2023,\n"
    let folder = try RecordFiles(["sla.csv": sla])
    // Twenty events within three weeks at two regions, each of two hours and more.
    let events = try RecordFiles([
      "events.csv": Self.aws
        + (0..<40).map { number in
          "ec2,r\(number % 2),2020-01-\(10 + number % 20)T00:00:00+00:00,1,\(120 + number),"
            + "\(number < 20 ? "single" : ""),other,,x\n"
        }.joined()
    ])
    let figures = RecordedFigures(
      rows: try PromiseValidation(folder: folder.path, incidents: events.path).rows)
    let missed = try figures.row("aws/ec2/single instance/hit_all/month_missed.probability")
    #expect(try #require(missed.predicted) > 0.99)
    let credit = try figures.row("aws/ec2/single instance/hit_all/expected_credit.share")
    #expect(try #require(credit.predicted) > 0.2)
  }
}
