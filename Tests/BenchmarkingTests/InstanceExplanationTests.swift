import Benchmarking
import Foundation
import TestSupport
import Testing

/// Why VMs of shared instances stay without a place.
@Suite struct InstanceExplanationTests {
  /// 37 VMs stay; without the limit of memory one would, without CPU needs 13, without pins 24.
  @Test(
    .enabled(
      if: Repository.shared("data/placement-instances") != nil,
      "skipped: there is no folder ../shared"))
  func `memory costs most where hosts are full`() throws {
    let file = try #require(Repository.shared("data/placement-instances/evac-50-over.json"))
    let instance = try PlacementInstance(json: Array(try Data(contentsOf: file)))
    let explanation = InstanceExplanation(of: instance)
    #expect(explanation.leftBehind == 37)
    let left = Dictionary(
      uniqueKeysWithValues: explanation.families.map { ($0.family, $0.leftBehindWithout) })
    #expect(explanation.families.first?.family == "memory")
    #expect(left["memory"] == 1 && left["cpu_model"] == 13 && left["zone"] == 24)
    #expect(left["device"] == 35 && left["vcpu"] == 37 && left["disk"] == 37)
    #expect(explanation.conflict.contains { $0.family == "memory" })
    // Nothing short of several families at once is enough here.
    #expect(explanation.families.allSatisfy { $0.change == nil })
  }

  /// Nobody stays: nothing to explain.
  @Test(
    .enabled(
      if: Repository.shared("data/placement-instances") != nil,
      "skipped: there is no folder ../shared"))
  func `an instance that fits has no conflict`() throws {
    let file = try #require(Repository.shared("data/placement-instances/evac-50-easy.json"))
    let instance = try PlacementInstance(json: Array(try Data(contentsOf: file)))
    let explanation = InstanceExplanation(of: instance)
    #expect(explanation.leftBehind == 0)
    #expect(explanation.conflict.isEmpty && explanation.families.isEmpty)
  }
}
