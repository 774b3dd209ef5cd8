import Collector
import Documents
import Scenarios
import Testing

/// Bad tables are refused with file and line.
@Suite struct DatasetErrorTests {
  private static let flavors = "flavor,vcpus,memory_gib\na,1,0.75\n"
  private static let bins = "bin,min_s,max_s\n0,0,0\n1,300,600\n"
  private static let header = "arrival_s,batch,flavor,vcpus,memory_gib,lifetime_bin,censored\n"
  private static let row = "300,1,a,1,0.75,1,0\n"

  /// What stops the reading of requests, flavors and bins with these texts.
  private func azure(
    _ vms: String, flavors: String = flavors, bins: String = bins
  ) throws -> (error: DatasetError?, scratch: DatasetScratch) {
    let scratch = try DatasetScratch([
      AzureTables.File.flavors: flavors, AzureTables.File.bins: bins,
      "vms_day24-30.csv": Self.header + vms,
    ])
    do throws(DatasetError) {
      _ = try AzureTables(folder: scratch.path)
      return (nil, scratch)
    } catch { return (error, scratch) }
  }

  private func expect(
    _ vms: String, flavors: String = flavors, bins: String = bins, column: String, found: String,
    line: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = try #require(
      try azure(vms, flavors: flavors, bins: bins).error, sourceLocation: sourceLocation)
    #expect(error.line == line, sourceLocation: sourceLocation)
    guard case .badField(let named, let value, _) = error.problem else {
      Issue.record("\(error)", sourceLocation: sourceLocation)
      return
    }
    #expect(named == column && value == found, sourceLocation: sourceLocation)
  }

  @Test func goodTablesAreRead() throws {
    #expect(try azure(Self.row + "\r\n600,2,\"a\",1,0.75,0,1\r\n").error == nil)
  }

  @Test func badFieldsAreNamed() throws {
    let row = Self.row
    try expect(row + "x,1,a,1,1,1,0\n", column: "arrival_s", found: "x", line: 3)
    try expect(row + "-1,1,a,1,1,1,0\n", column: "arrival_s", found: "-1", line: 3)
    try expect(row + "0,1,a,1,1,1,0\n", column: "arrival_s", found: "0", line: 3)
    try expect("2591400,1,a,1,1,1,0\n", column: "arrival_s", found: "2591400", line: 2)
    try expect(row + "\n300,1,b,1,1,1,0\n", column: "flavor", found: "b", line: 4)
    try expect(row + "300,1,a,1,1,2,0\n", column: "lifetime_bin", found: "2", line: 3)
    try expect(row + "300,1,a,1,1,1,2\n", column: "censored", found: "2", line: 3)
    try expect(row + "300,,a,1,1,1,0\n", column: "batch", found: "", line: 3)
    try expect(
      row + "99999999999999999999,1,a,1,1,1,0\n", column: "arrival_s",
      found: "99999999999999999999", line: 3)
    try expect(
      row, flavors: Self.flavors + "a,2,1\n", column: "flavor", found: "a", line: 3)
    try expect(
      row, flavors: Self.flavors + "b,1,nan\n", column: "memory_gib", found: "nan", line: 3)
    try expect(row, bins: Self.bins + "2,1200,1500\n", column: "min_s", found: "1200", line: 4)
    try expect(row, bins: Self.bins + "3,900,1500\n", column: "bin", found: "3", line: 4)
    try expect(row, bins: Self.bins + "2,900,1000\n", column: "max_s", found: "1000", line: 4)
  }

  @Test func badRowsAreNamed() throws {
    let cases: [(String, DatasetError.Problem, Int?)] = [
      ("", .empty, nil), (Self.row + "1,2\n", .fieldCount(found: 2, expected: 7), 3),
      ("300,1,\"a,1,1,1,0\n", .badQuote, 2), ("300,1,\"a\"b,1,1,1,0\n", .badQuote, 2),
    ]
    for (text, problem, line) in cases {
      let error = try azure(text).error
      #expect(error?.problem == problem && error?.line == line, "\(text)")
    }
    let control = try azure(Self.row + "300,1,\u{1},1,1,1,0\n").error
    #expect(control?.line == 3)
    let columns = try azure(Self.row, flavors: "flavor,vcpus\na,1\n").error
    #expect(columns?.problem == .missingColumn("memory_gib") && columns?.line == 1)
    let repeated = try azure(Self.row, flavors: "flavor,flavor\na,1\n").error
    #expect(repeated?.problem == .repeatedColumn("flavor"))
  }

  @Test func textThatIsNotUTF8() throws {
    let (_, scratch) = try azure(Self.row)
    try scratch.write(
      AzureTables.File.flavors, Array("flavor,vcpus,memory_gib\n".utf8) + [0xFF, 0x2C, 0x31])
    let error = #expect(throws: DatasetError.self) { try AzureTables(folder: scratch.path) }
    #expect(error?.line == 2 && error?.problem == .file(.notUTF8(byte: 24)))
  }

  @Test func missingFilesAndBrokenGzip() throws {
    let scratch = try DatasetScratch()
    let missing = #expect(throws: DatasetError.self) { try AzureTables(folder: scratch.path) }
    #expect(missing?.isMissingInput == true)
    #expect(missing?.place == scratch.path(AzureTables.File.flavors))
    for bytes in [[0x1F, 0x8B, 8, 0], Array("no gzip".utf8)] as [[UInt8]] {
      try scratch.write(AlibabaTables.nodesFile, bytes)
      let broken = #expect(throws: DatasetError.self) { try AlibabaTables(folder: scratch.path) }
      #expect(broken?.problem == .file(.notGzip) && broken?.isMissingInput == false)
    }
    let empty = try DatasetScratch(["other.csv": "a\n1\n"])
    let unknown = #expect(throws: DatasetError.self) { try DatasetFolder.dataset(in: empty.path) }
    #expect(unknown?.problem == .unknownFolder && unknown?.isMissingInput == true)
  }

  @Test func alibabaTasksAreChecked() throws {
    let nodes = "sn,cpu_milli,memory_mib,gpu,model\nn,1000,1024,2,T4\n"
    let header = "cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time\n"
    let bad: [(String, String)] = [
      ("1,1,1,0,,0,1", "gpu_milli"), ("1,1,2,500,,0,1", "gpu_milli"),
      ("1,1,0,5,,0,1", "gpu_milli"), ("1,1,1,1000,P100,0,1", "gpu_spec"),
      ("1,1,1,1000,T4,5,4", "deletion_time"),
    ]
    for (row, column) in bad {
      let scratch = try DatasetScratch([
        "openb_node_list_all_node.csv": nodes, "openb_pod_list_default.csv": header + row + "\n",
      ])
      let error = #expect(throws: DatasetError.self) { try AlibabaTables(folder: scratch.path) }
      guard case .badField(column, _, _) = error?.problem, error?.line == 2 else {
        Issue.record("\(row): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func filesThatDifferAreNamedWithBothHashes() throws {
    let scratch = try DatasetScratch([
      "hosts.csv": "datacentre,cluster,host,cores,core_mhz,memory_gib\nA,B,C,1,2,3\n"
    ])
    let conversion = try DatasetConversion(
      DatasetCatalog.solvinityTopology, folder: scratch.path)
    let published = try #require(DatasetCatalog.solvinityTopology.files.first?.file.sha256)
    let found = try FileContent.sha256(of: scratch.path("hosts.csv"))
    #expect(conversion.notes.count == 1)
    #expect(conversion.notes.allSatisfy { $0.contains(published) && $0.contains(found) })
    #expect(conversion.cloud?.hosts.map(\.memory) == [3 << 30])
  }
}
