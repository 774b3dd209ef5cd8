import Benchmarking
import Policies
import Testing

/// Headroom instances: their proven values, and what is refused.
@Suite struct HeadroomInstanceTests {
  /// Zone 0 has 6 and 4 GiB left and a GPU host that does not count; zone 1 has 16 GiB.
  private static let text = """
    {"name": "tiny", "problem": "headroom",
     "flavors": [{"name": "a", "vcpu": 1, "ram_gib": 2, "disk_gib": 0, "gpu": 0},
                 {"name": "b", "vcpu": 1, "ram_gib": 4, "disk_gib": 0, "gpu": 0},
                 {"name": "none", "vcpu": 0, "ram_gib": 0, "disk_gib": 0, "gpu": 0}],
     "host_classes": [{"name": "x", "cpu_vendor": "amd", "cpu_gen": 3}],
     "host_columns": ["id", "az", "rack", "class", "cap_vcpu", "cap_ram_gib", "cap_disk_gib",
                      "cap_gpu", "drain"],
     "vm_columns": ["id", "flavor", "host", "policy", "cpu_need", "az_pinned", "group"],
     "hosts": [[0, 0, 0, 0, 8, 8, 0, 0, 0], [1, 0, 0, 0, 8, 8, 0, 0, 0],
               [2, 0, 0, 0, 8, 64, 0, 2, 0], [3, 1, 0, 0, 8, 16, 0, 0, 0]],
     "vms": [[0, 0, 0, "live", "any", 0, -1], [1, 1, 1, "none", "any", 0, -1]],
     "mix": [{"flavor": "a", "count": 1}, {"flavor": "b", "count": 1}]}
    """

  private func report(_ text: String) throws(PlacementInstanceError) -> SolveReport {
    try SolveReport(json: [UInt8](text.utf8))
  }

  @Test func tinyInstance() throws {
    let report = try report(Self.text)
    guard case .headroom(let zones, let counts) = report.answer else {
      Issue.record("the answer is of another problem")
      return
    }
    #expect(report.name == "tiny" && report.problem == "headroom")
    #expect(zones.map(\.zone) == [0, 1])
    #expect(zones.map(\.value) == [1, 2])
    #expect(report.isProven && report.figures.totals.map(\.gap) == [0])
    #expect(counts.filter { $0.host == 3 }.map(\.count) == [2, 2])
    #expect(!counts.contains { $0.host == 2 })
  }

  @Test(arguments: [
    (#"{"flavor": "a", "count": 1}"#, #"{"flavor": "z", "count": 1}"#, "mix[0].flavor"),
    (#"{"flavor": "a", "count": 1}"#, #"{"flavor": "none", "count": 1}"#, "mix[0].flavor"),
    (#"{"flavor": "a", "count": 1}"#, #"{"flavor": "a", "count": -1}"#, "mix[0].count"),
  ])
  func mixesThatAreRefused(old: String, new: String, place: String) {
    let text = Self.text.split(separator: old, omittingEmptySubsequences: false)
      .joined(separator: new)
    let error = #expect(throws: PlacementInstanceError.self) { try report(text) }
    guard case .outOfRange(let path, _, _)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(path == place)
  }

  @Test func otherProblemsAreRefused() {
    let text = #"{"name": "x", "problem": "rolling"}"#
    #expect(throws: PlacementInstanceError.otherProblem(found: "rolling")) {
      try report(text)
    }
  }

  @Test(
    .enabled(if: SharedInstances.folder != nil, "the shared instances are not here"),
    arguments: [("headroom-120", [24, 12, 14]), ("headroom-30", [5, 3, 5])])
  func provenBatches(name: String, batches: [Int]) throws {
    let report = try SolveReport(json: SharedInstances.read(name))
    guard case .headroom(let zones, _) = report.answer else {
      Issue.record("the answer is of another problem")
      return
    }
    #expect(zones.map(\.value) == batches)
    #expect(zones.map(\.bound) == batches)
    #expect(report.isProven)
  }

  @Test(.enabled(if: SharedInstances.folder != nil, "the shared instances are not here"))
  func evacuationsHaveAnAssignment() throws {
    let json = try SharedInstances.read("evac-12-easy")
    let report = try SolveReport(json: json)
    guard case .evacuation(let value, let bound, let assignment) = report.answer else {
      Issue.record("the answer is of another problem")
      return
    }
    #expect(value == .init(unplaced: 3, slots: 57) && bound == value)
    #expect(assignment.count == 62)
    #expect(assignment.count { $0.host == nil } == 3)
  }
}
