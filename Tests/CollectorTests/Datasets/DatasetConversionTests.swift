import CloudModel
import Collector
import Foundation
import Scenarios
import TestSupport
import Testing

/// What conversion keeps: every request, every host, and the sums of what they ask for and offer.
@Suite struct DatasetConversionTests {
  @Test func bundledAzureConvertsToTheSameBytes() throws {
    let folder = Repository.root.appending(path: "data/azure-vm-2017")
    let conversion = try DatasetConversion(DatasetCatalog.azureVM2017, folder: folder.path)
    #expect(conversion.notes.isEmpty)
    let scratch = try DatasetScratch()
    try conversion.write(to: scratch.path, replace: false)
    for name in ["demand.csv.gz", "demand-flavors.csv"] {
      #expect(
        try scratch.bytes(name) == Data(contentsOf: folder.appending(path: name)), "\(name)")
    }
  }

  @Test func bundledSolvinityConvertsToTheSameBytes() throws {
    let folder = Repository.root.appending(path: "data/solvinity-topology")
    let conversion = try DatasetConversion(DatasetCatalog.solvinityTopology, folder: folder.path)
    let scratch = try DatasetScratch()
    try conversion.write(to: scratch.path, replace: false)
    let bundled = folder.appending(path: "solvinity.json")
    #expect(try scratch.bytes("cloud.json") == Data(contentsOf: bundled))
    let cloud = try CloudFile.load(path: bundled.path).cloud
    #expect(cloud.hosts.count == 76 && cloud.aggregates.count == 23)
    #expect(cloud.hosts.capacity.reduce(0) { $0 + $1.vcpus } == 3792)
    #expect(cloud.hosts.capacity.reduce(0) { $0 + $1.memoryMiB } == 66_560 * 1024)
  }

  @Test func existingFilesStayUnlessForced() throws {
    let folder = Repository.root.appending(path: "data/solvinity-topology").path
    let conversion = try DatasetConversion(DatasetCatalog.solvinityTopology, folder: folder)
    let scratch = try DatasetScratch(["cloud.json": "mine"])
    #expect(throws: ScenarioError.self) {
      try conversion.write(to: scratch.path, replace: false)
    }
    #expect(try scratch.bytes("cloud.json") == Data("mine".utf8))
    try conversion.write(to: scratch.path, replace: true)
    #expect(try scratch.bytes("cloud.json") != Data("mine".utf8))
  }

  @Test func azureLivesLieAboutTheirBins() throws {
    let folder = Repository.root.appending(path: "data/azure-vm-2017").path
    let tables = try AzureTables(folder: folder)
    let demand = tables.demand
    #expect(demand.count == tables.vms.count && demand.times.first == 300)
    #expect(demand.times == tables.vms.arrivals.map { $0 - tables.start })
    for index in 0..<demand.count {
      let bin = tables.bins[tables.vms.bins[index]]
      let (least, greatest) = (demand.leastLives[index], demand.greatestLives[index])
      if tables.vms.isCensored[index] {
        #expect(least == -1 && greatest == -1)
      } else if !(least >= 0 && least <= greatest && least >= bin.least - 150
        && greatest <= bin.greatest + 150
        && demand.times[index] + greatest <= AzureTables.end - tables.start)
      {
        Issue.record("request \(index): \(least) to \(greatest) for \(bin)")
      }
    }
  }

  @Test(.enabled(if: Repository.shared("data/alibaba-gpu-2023") != nil))
  func alibabaKeepsItsSums() throws {
    let folder = try #require(Repository.shared("data/alibaba-gpu-2023")).path
    for variant in AlibabaTables.Variant.allCases {
      let tables = try AlibabaTables(folder: folder, variant: variant)
      var options = DatasetConversion.Options()
      (options.variant, options.isStatic) = (variant, true)
      let conversion = try DatasetConversion(
        DatasetCatalog.alibabaGPU2023, folder: folder, options)
      #expect(conversion.notes.isEmpty)
      let (cloud, demand) = (
        try #require(conversion.cloud), try #require(conversion.demand)
      )
      #expect(cloud.hosts.reduce(0) { $0 + $1.vcpus } == 125_514)
      #expect(cloud.hosts.flatMap(\.devices).reduce(0) { $0 + $1.count } == 6212)
      let asked = demand.flavorIndices.map { demand.flavors[Int($0)] }
      #expect(asked.reduce(0) { $0 + Int($1.milliCPU) } == 85_436_012)
      let shares = asked.flatMap(\.devices).reduce(0) { $0 + Int($1.count) * Int($1.share) }
      #expect(shares == 6_086_800)
      #expect(asked.flatMap(\.devices).count { $0.share < 1000 } == 3078)
      #expect(demand.times == (0..<8152).map { Int64($0) })
      #expect(demand.leastLives.allSatisfy { $0 == -1 })
      #expect(Set(demand.flavors.map(\.name)).count == demand.flavors.count)
      let byTime = tables.demand
      #expect(byTime.times == tables.tasks.map(\.created))
      #expect(byTime.leastLives == tables.tasks.map { $0.deleted - $0.created })
      let named = demand.flavors.filter { $0.devices.first.map { $0.types.count < 7 } ?? false }
      #expect(named.isEmpty == (variant == .standard))
    }
  }

  @Test(.enabled(if: Repository.shared("data/chameleon-inventory") != nil))
  func chameleonKeepsHostsAndDevices() throws {
    let folder = try #require(Repository.shared("data/chameleon-inventory")).path
    let table = try ChameleonTable(folder: folder)
    var reading = Reading()
    let built = CloudFile.build(table.cloud, &reading)
    let cloud = try #require(built)
    #expect(cloud.hosts.count == 368 && cloud.zones.count == 4 && cloud.racks.count == 10)
    #expect(Set(table.cloud.hosts.map(\.name)).count == 368)
    #expect(cloud.devicePools.reduce(0) { $0 + $1.total } == 98)
    #expect(cloud.hosts.rack.count { $0 >= 0 } == table.nodes.count { !$0.rack.isEmpty })
  }

  @Test func traitsAndDevicesOfANode() throws {
    let header =
      "site,node_type,threads,ram_gib,disk_gib,gpu_count,gpu_model,infiniband,fpga,cpu_model,rack"
    let scratch = try DatasetScratch([
      "nodes.csv": "\(header)\nx,big,8,1.5,10,2,\"A, B\",1,1,C,3\nx,big,8,2.0,0,0,,0,0,C,\n"
    ])
    let cloud = try ChameleonTable(folder: scratch.path).cloud
    #expect(cloud.hosts.map(\.name) == ["x-big-001", "x-big-002"])
    #expect(cloud.hosts.map(\.memory) == [1536 << 20, 2048 << 20])
    #expect(cloud.hosts[0].devices.map(\.type) == ["A, B"])
    #expect(cloud.hosts[0].rack == "x-rack3" && cloud.hosts[1].rack == nil)
    #expect(cloud.hostClasses.map(\.traits) == [["CUSTOM_INFINIBAND", "CUSTOM_FPGA"], []])
  }
}
