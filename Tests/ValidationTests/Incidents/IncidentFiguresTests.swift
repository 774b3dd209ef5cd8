import Foundation
import Stochastics
import TestSupport
import Testing
import Validation

/// The published figures of incidents, post-mortems and promises, from the tables as they lie there.
@Suite struct IncidentFiguresTests {
  private static func figures(_ name: String) throws -> RecordedFigures {
    let folder = try #require(Repository.shared("data/\(name)")).path
    return RecordedFigures(rows: try IncidentValidation(folder: folder).rows)
  }

  @Test(.enabled(if: Repository.shared("data/gcp-incidents") != nil))
  func `those of Google are reproduced`() throws {
    let figures = try Self.figures("gcp-incidents")
    try figures.expect("google/incidents", 627, within: 0)
    try figures.expect("google/duration_h.p50", 2.53, within: 0.005)
    try figures.expect("google/compute/incidents", 52, within: 0)
    try figures.expect("google/compute/duration_h.p50", 3.63, within: 0.005)
    for (reach, count) in [
      ("zone", 11.0), ("multi-zone", 3), ("region", 10), ("multi-region", 4), ("global", 11),
      ("unknown", 13),
    ] { try figures.expect("google/compute/reach/\(reach).count", count, within: 0) }
    try figures.expect("google/compute/known/one_zone.share", 0.28, within: 0.005)
    try figures.expect("google/compute/known/one_zone_hours.share", 0.09, within: 0.005)
    try Self.expectShare(
      figures, "google/compute/known", share: 0.718, low: 0.565, high: 0.840, seen: 0.884)
    try Self.expectShare(
      figures, "google/compute/region_or_smaller", share: 0.542, low: 0.347, high: 0.727,
      seen: 0.780)
    try figures.expect("google/compute/years", 3.0, within: 0.05)
    try figures.expect("google/compute/regions", 41, within: 0)
    try figures.expect("google/compute/region_per_region_year", 0.11, within: 0.005)
    try figures.expect("google/compute/region_h.p50", 2.7, within: 0.05)
    try figures.expect("google/compute/one_zone_per_zone_year", 0.030, within: 0.0005)
    try figures.expect("google/compute/global_per_year", 3.7, within: 0.05)
    try figures.expect("google/compute/global_h.p50", 10.8, within: 0.051)
    try figures.expect("google/compute/global_h_per_year", 53, within: 0.5)
    try figures.expect("google/compute/share_hit_allowed_by_99.99", 0.016, within: 0.0005)
    try figures.expect("google/identity/incidents", 16, within: 0)
    try figures.expect("google/identity/global.count", 10, within: 0)
    try figures.expect("google/identity/duration_h.p50", 1.5, within: 0.05)
  }

  private static func expectShare(
    _ figures: RecordedFigures, _ name: String, share: Double, low: Double, high: Double,
    seen: Double
  ) throws {
    try figures.expect("\(name)/beyond_zone.share", share, within: 0.0005)
    let interval = try #require(try figures.row("\(name)/beyond_zone.share").interval)
    #expect(abs(interval.low - low) <= 0.0005 && abs(interval.high - high) <= 0.0005)
    try figures.expect("\(name)/beyond_zone_seen_from_one.share", seen, within: 0.0005)
  }

  @Test(.enabled(if: Repository.shared("data/aws-status-history") != nil))
  func `those of AWS are reproduced`() throws {
    let figures = try Self.figures("aws-status-history")
    try figures.expect("aws/incidents", 376, within: 0)
    try figures.expect("aws/compute/incidents", 63, within: 0)
    try figures.expect("aws/compute/reach/zone.count", 37, within: 0)
    try figures.expect("aws/compute/known/one_zone.share", 0.59, within: 0.005)
    let duration = "aws/compute/duration_h"
    try figures.expect("\(duration).p50", 58.5 / 60, within: 1e-9)
    try figures.expect("\(duration).p90", 160.0 / 60, within: 0.5 / 60)
    #expect(try figures.row("\(duration).p50").count == 46)
    try figures.expect("aws/compute/reach/zone/duration_h.p50", 87.5 / 60, within: 1e-9)
    try figures.expect("aws/compute/reach/beyond_zone/duration_h.p50", 42.5 / 60, within: 1e-9)
    try Self.expectShare(
      figures, "aws/compute/known", share: 0.413, low: 0.297, high: 0.536, seen: 0.678)
    try Self.expectShare(
      figures, "aws/compute/without_control_plane", share: 0.267, low: 0.135, high: 0.441,
      seen: 0.522)
    try figures.expect("aws/compute/years", 2.87, within: 0.005)
    try figures.expect("aws/compute/regions", 18, within: 0)
    try figures.expect("aws/compute/one_zone_per_zone_year", 0.24, within: 0.005)
    try figures.expect("aws/compute/beyond_zone_per_region_year", 0.50, within: 0.005)
    try figures.expect("aws/compute/control_plane_per_region_year", 0.35, within: 0.005)
    try figures.expect("aws/compute/control_plane_h.p50", 41.0 / 60, within: 0.5 / 60)
    try figures.expect("aws/compute/region_per_region_year", 0.16, within: 0.0051)
    try figures.expect("aws/identity/incidents", 12, within: 0)
    try figures.expect("aws/identity/per_year", 4.2, within: 0.05)
    // Regions fail together far more often than independent ones would.
    let pairs = try figures.row("aws/region_pairs/joint_over_product")
    #expect(try #require(pairs.interval).low > 1)
  }

  @Test(.enabled(if: Repository.shared("data/postmortems") != nil))
  func `those of post-mortems are reproduced`() throws {
    let figures = try Self.figures("postmortems")
    try figures.expect("postmortems/cases", 259, within: 0)
    for (provider, median, count) in [("aws", 393.5, 14), ("azure", 255, 174), ("google", 95, 69)] {
      try figures.expect("postmortems/\(provider)/duration_min.p50", median, within: 0)
      #expect(try figures.row("postmortems/\(provider)/duration_min.p50").count == count)
    }
    for (cause, count) in [
      ("cause/software bugs", 148.0), ("cause/hardware failures", 36), ("cause/unknown", 31),
      ("detail/software bugs/config", 71), ("detail/software bugs/code change", 30),
      ("detail/hardware failures/network", 17), ("detail/hardware failures/power outage", 12),
    ] { try figures.expect("postmortems/\(cause).count", count, within: 0) }
  }

  @Test(.enabled(if: Repository.shared("data/sla-commitments") != nil))
  func `promises give the known minutes and shares`() throws {
    let folder = try #require(Repository.shared("data/sla-commitments")).path
    let incidents = try #require(Repository.shared("data/aws-status-history")).path
    let validation = try PromiseValidation(folder: folder, incidents: incidents)
    let figures = RecordedFigures(rows: validation.rows)
    #expect(validation.rows.count { $0.name.hasSuffix("/uptime") } == 10)
    let zonal = "aws/ec2/two or more zones of a region"
    try figures.expect("\(zonal)/allowed_min_per_month", 4.4, within: 0.05)
    try figures.expect("\(zonal)/beta_allowed", 0.0152, within: 0.00005)
    let independent = try #require(try figures.row("\(zonal)/two_of_single").predicted)
    #expect(abs(independent - 0.999975) < 1e-12)
    let credits = try ["1_percent", "10_percent", "all"].map {
      try #require(
        try figures.row("aws/ec2/single instance/hit_\($0)/expected_credit.share").predicted)
    }
    #expect(credits[0] > 0 && credits[0] < credits[1] && credits[1] < credits[2], "\(credits)")
    let again = try PromiseValidation(folder: folder, incidents: incidents)
    #expect(again.rows == validation.rows, "the same seed gives the same months")
  }
}
