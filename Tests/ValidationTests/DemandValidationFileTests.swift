import Collector
import Foundation
import Scenarios
import Simulator
import TestSupport
import Testing
import Validation

/// The replay of a data set and the replay of the file made of it are one.
@Suite struct DemandValidationFileTests {
  @Test func bundledDemandFileHasTheReplayedEvents() throws {
    let folder = Repository.root.appending(path: "data/azure-vm-2017").path
    var draws = DemandDraws(try AzureTables(folder: folder).demand, seed: 5, replication: 2)
    let flavors = try DemandFlavorTable.read("\(folder)/demand-flavors.csv")
    var replay = DemandReplay()
    (replay.seed, replay.replication) = (5, 2)
    var file = try DemandFile(
      path: "\(folder)/demand.csv.gz", flavors: flavors, names: DemandNames(), replay: replay)
    #expect(draws.requests == file.requests)
    var (ours, theirs) = (DemandBlock(), DemandBlock())
    var count = 0
    while true {
      ours.removeAll()
      theirs.removeAll()
      draws.fill(&ours)
      try file.fill(&theirs)
      guard ours.times == theirs.times, ours.lives == theirs.lives,
        ours.requests == theirs.requests
      else {
        Issue.record("the events differ from number \(count) on")
        return
      }
      if ours.count == 0 { break }
      count += ours.count
    }
    #expect(count == 410_276)
  }
}
