package import Simulator

/// What years of failures, repairs and recoveries do to the VMs of a cloud.
package struct RegionAnswer: Sendable {
  /// The name of the scenario.
  package var name: String
  /// Hosts and VMs of the region.
  package var hosts: Int
  /// VMs that ran at the start.
  package var vms: Int
  /// Years simulated, of all replications together.
  package var years: Double
  /// The claim, an availability from 0 to 1.
  package var claim: Double
  /// What was measured.
  package var report: RegionReport
  /// What is simpler here than in the cloud.
  package var notes: [String]
}

extension Scenario {
  /// Simulates years of the cloud in twenty independent stretches, on some workers; the answer does
  /// not depend on their number.
  ///
  /// **Errors**: those of `regionStudy`.
  package func regionAnswer(
    years: Double, workers: Int
  ) async throws(ScenarioError) -> RegionAnswer {
    let study = try regionStudy(load: record.availability.loads.first)
    let stretches = 20
    let claim = record.availability.claim / 100
    let options = RegionOptions(
      seed: UInt64(record.seed), replications: stretches, years: years / Double(stretches),
      claim: claim)
    let simulation: RegionSimulation
    do throws(RegionError) {
      simulation = try RegionSimulation(study.region, options: options)
    } catch {
      throw error.scenarioError(cloudPath)
    }
    let measures = await Self.measures(of: simulation, stretches, workers)
    return RegionAnswer(
      name: record.name, hosts: study.region.hosts.count, vms: study.region.vms.count,
      years: years, claim: claim, report: simulation.report(of: measures), notes: study.notes)
  }

  private static func measures(
    of simulation: RegionSimulation, _ stretches: Int, _ workers: Int
  ) async -> [RegionMeasures] {
    await withTaskGroup(of: (Int, RegionMeasures).self) { group in
      var next = 0
      func start() {
        guard next < stretches else { return }
        let stretch = next
        next += 1
        group.addTask { (stretch, simulation.measures(replication: stretch)) }
      }
      for _ in 0..<max(1, workers) { start() }
      var results: [(Int, RegionMeasures)] = []
      for await result in group {
        results.append(result)
        start()
      }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
