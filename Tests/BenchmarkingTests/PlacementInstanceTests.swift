import Benchmarking
import Policies
import Testing

@Suite struct PlacementInstanceTests {
  /// Two zones; host 0 is emptied. VM 0 needs amd-3 in its zone, VM 1 may go anywhere but not to
  /// the host of its group's VM 3, VM 2 stays whatever happens.
  private static let text = """
    {"name": "tiny", "problem": "evacuation",
     "flavors": [{"name": "a", "vcpu": 2, "ram_gib": 4, "disk_gib": 0, "gpu": 0}],
     "host_classes": [{"name": "x", "cpu_vendor": "amd", "cpu_gen": 3},
                      {"name": "y", "cpu_vendor": "intel", "cpu_gen": 5}],
     "host_columns": ["id", "az", "rack", "class", "cap_vcpu", "cap_ram_gib", "cap_disk_gib",
                      "cap_gpu", "drain"],
     "vm_columns": ["id", "flavor", "host", "policy", "cpu_need", "az_pinned", "group"],
     "hosts": [[0, 0, 0, 0, 8, 16, 0, 0, 1], [1, 0, 0, 0, 8, 16, 0, 0, 0],
               [2, 0, 0, 1, 8, 16, 0, 0, 0], [3, 1, 0, 0, 8, 16, 0, 2, 0]],
     "vms": [[0, 0, 0, "live", "amd-3", 1, -1], [1, 0, 0, "cold", "any", 0, 5],
             [2, 0, 0, "none", "any", 0, -1], [3, 0, 1, "live", "any", 0, 5]]}
    """

  private func parse(_ text: String) throws(PlacementInstanceError) -> PlacementInstance {
    try PlacementInstance(json: [UInt8](text.utf8))
  }

  private func replacing(_ old: String, _ new: String) -> String {
    let parts = Self.text.split(separator: old, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "The text to replace has to be there once.")
    return parts.joined(separator: new)
  }

  @Test func rulesOfTheProblem() throws {
    let instance = try parse(Self.text)
    #expect(instance.movableCount == 2)
    #expect(instance.bestKnownUnplaced == nil)
    let problem = instance.packingProblem
    #expect(problem.bins.map(\.pool) == [0, 1, 2])
    #expect(problem.bins[0].free == [6, 12, 0, 0])
    #expect(problem.types.map(\.allowedPools) == [[0], [0, 1, 2]])
    #expect(problem.types.map(\.group) == [nil, 0])
    #expect(problem.groups == [.init(limitPerBin: 1, occupied: [.init(bin: 0, members: 1)])])
    let result = problem.solve()
    #expect(result.placements == [[.init(bin: 0, count: 1)], [.init(bin: 1, count: 1)]])
  }

  @Test func columnsAreFoundByName() throws {
    let text = replacing("[\"id\", \"flavor\", \"host\"", "[\"flavor\", \"id\", \"host\"")
    #expect(throws: PlacementInstanceError.self) { try parse(text) }
    let swapped = text.replacing("[[0, 0, 0, \"live\"", with: "[[0, 0, 0, \"live\"")
      .replacing("[1, 0, 0, \"cold\"", with: "[0, 1, 0, \"cold\"")
      .replacing("[2, 0, 0, \"none\"", with: "[0, 2, 0, \"none\"")
      .replacing("[3, 0, 1, \"live\"", with: "[0, 3, 1, \"live\"")
    #expect(try parse(swapped) == parse(Self.text))
  }

  @Test(arguments: [
    ("\"live\", \"amd-3\"", "\"warm\", \"amd-3\"", "vms[0].policy"),
    ("\"amd-3\"", "\"amd-new\"", "vms[0].cpu_need"),
    ("[1, 0, 0, \"cold\"", "[1, 1, 0, \"cold\"", "vms[1].flavor"),
    ("[3, 0, 1, \"live\"", "[3, 0, 4, \"live\"", "vms[3].host"),
    ("[1, 0, 0, 0, 8", "[1, 0, 0, 2, 8", "hosts[1].class"),
    ("[2, 0, 0, 1, 8, 16", "[2, 0, 0, 1, 8, -1", "hosts[2].cap_ram_gib"),
    ("0, 2, 0]]", "0, 2, 3]]", "hosts[3].drain"),
    ("\"ram_gib\": 4", "\"ram_gib\": -4", "flavors[0].ram_gib"),
  ])
  func valuesOutOfRange(old: String, new: String, keyPath: String) {
    let text = replacing(old, new)
    let error = #expect(throws: PlacementInstanceError.self) { try parse(text) }
    guard case .outOfRange(keyPath, _, _) = error else {
      Issue.record("\(String(describing: error)) does not name \(keyPath)")
      return
    }
  }

  @Test(arguments: [
    ("\"vcpu\": 2", "\"vcpu\": \"2\"", "flavors[0].vcpu"),
    ("\"vcpu\": 2, ", "", "flavors[0].vcpu"),
    ("\"az_pinned\", ", "", "vm_columns"),
    ("[1, 0, 0, \"cold\", ", "[1, 0, 0, 7, ", "vms[1][3]"),
    ("\"none\", \"any\", 0, -1]", "\"none\", \"any\", 0]", "vms[2][6]"),
    ("\"none\", \"any\", 0, -1]", "\"none\", \"any\", 0, -1, 9]", "vms[2][7]"),
    ("\"name\": \"tiny\", ", "", "name"),
    ("\"vms\":", "\"machines\":", "vms"),
    ("\"cpu_gen\": 5", "\"cpu_gen\": 5.5", "host_classes[1].cpu_gen"),
    ("[1, 0, 0, 0, 8, 16", "[1, 0, 0, 0, 8.5, 16", "hosts[1][4]"),
  ])
  func wrongShapes(old: String, new: String, keyPath: String) {
    let text = replacing(old, new)
    let error = #expect(throws: PlacementInstanceError.self) { try parse(text) }
    guard case .malformed(keyPath, _) = error else {
      Issue.record("\(String(describing: error)) does not name \(keyPath)")
      return
    }
  }

  @Test(arguments: ["", "{", "[1 2]", "nonsense"]) func noJSON(text: String) {
    let error = #expect(throws: PlacementInstanceError.self) { try parse(text) }
    guard case .notJSON = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
