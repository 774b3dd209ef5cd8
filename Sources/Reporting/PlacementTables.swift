import CloudModel
package import Documents
package import Scenarios
import Simulator
import Stochastics

/// The answer about the placement of a demand as tables and as a document.
package enum PlacementTables {
  /// One row per policy: each measure with the ends of its interval.
  package static func policies(of answer: PlacementAnswer) -> Table {
    Table(
      objects: answer.results.map { result in
        let measures = result.names.flatMap { name -> [(String, Document)] in
          let (mean, interval) = result.summary(name)
          return [
            (name, .number(mean)), ("\(name)_low", number(interval?.low)),
            ("\(name)_high", number(interval?.high)),
          ]
        }
        return .fields(
          [("policy", .text(result.policy)), ("replications", Document(result.outcomes.count))]
            + measures)
      })
  }

  /// One row per policy but the first, and measure: the difference to the first, paired by draws.
  package static func differences(of answer: PlacementAnswer) -> Table {
    let columns = ["policy", "than", "measure", "difference", "low", "high", "shown"]
    guard let first = answer.results.first else { return Table(columns: columns) }
    return Table(
      columns: columns,
      rows: answer.results.dropFirst().flatMap { result in
        result.names.map { name -> [Document] in
          let (mean, interval) = result.difference(to: first, name)
          return [
            .text(result.policy), .text(first.policy), .text(name), .number(mean),
            number(interval?.low), number(interval?.high),
            interval.map { .bool(!$0.contains(0)) } ?? .null,
          ]
        }
      })
  }

  /// One row per policy and reason: the mean number of VMs refused for it.
  package static func refusals(of answer: PlacementAnswer) -> Table {
    Table(
      columns: ["policy", "reason", "vms_mean", "vms_share"],
      rows: answer.results.flatMap { result in
        let arrivals = result.summary("arrivals").mean
        return PlacementRefusal.allCases.compactMap { reason -> [Document]? in
          let counts = result.outcomes.map { outcome in
            Double(outcome.refusals.first { $0.reason == reason }?.count ?? 0)
          }
          let mean = RunningMean(counts).mean
          guard mean > 0 else { return nil }
          return [
            .text(result.policy), .text(reason.rawValue), .number(mean),
            .number(arrivals > 0 ? mean / arrivals : 0),
          ]
        }
      })
  }

  /// One row per policy, zone and resource: the mean share that was used.
  package static func zones(of answer: PlacementAnswer) -> Table {
    Table(
      columns: ["policy", "zone", "resource", "used_share"],
      rows: answer.results.flatMap { result in
        (result.outcomes.first?.zones ?? []).enumerated().map { index, place in
          let mean = RunningMean(result.outcomes.map { $0.zones[index].share }).mean
          return [
            .text(result.policy), .text(place.zone), .text(place.resource), .number(mean),
          ]
        }
      })
  }

  /// One row per policy and replication: all measures.
  package static func replications(of answer: PlacementAnswer) -> Table {
    let names = answer.results.first?.names ?? []
    return Table(
      columns: ["policy", "replication"] + names,
      rows: answer.results.flatMap { result in
        result.outcomes.enumerated().map { number, outcome in
          [.text(result.policy), Document(number)] + names.map { .number(outcome[$0]) }
        }
      })
  }

  /// One row per policy and instant of the first replication.
  package static func series(of answer: PlacementAnswer) -> Table {
    let devices = answer.question.fleet.deviceTypes
    return Table(
      columns: [
        "policy", "time_s", "vms", "hosts_in_use", "vcpus_used", "memory_used_mib",
        "fragmentation_share", "stranded_vcpus", "stranded_memory_mib",
      ] + devices.map { "\($0)_used" },
      rows: answer.results.flatMap { result in
        (result.outcomes.first?.samples ?? []).map { [.text(result.policy)] + row(of: $0) }
      })
  }

  private static func row(of sample: PlacementSample) -> [Document] {
    let row: [Document] = [
      .number(Double(sample.time) / 1e6), Document(sample.vms), Document(sample.activeHosts),
      .number(Double(sample.usedMilliCPU) / 1000), .integer(sample.usedMemoryMiB),
      .number(sample.fragmentation), .number(Double(sample.stranded.milliCPU) / 1000),
      .integer(sample.stranded.memoryMiB),
    ]
    return row + sample.usedDevices.map { .number(Double($0) / 1000) }
  }

  /// One row per policy and measure that has a bound: how near the policy came to what no placement
  /// can exceed.
  package static func bounds(of answer: PlacementAnswer) -> Table {
    Table(
      columns: ["policy", "measure", "mean", "bound", "share_of_bound"],
      rows: answer.results.flatMap { result in
        answer.bounds.map { limit in
          let mean = result.summary(limit.measure).mean
          return [
            .text(result.policy), .text(limit.measure), .number(mean), .number(limit.bound),
            limit.bound > 0 ? .number(mean / limit.bound) : .null,
          ]
        }
      })
  }

  /// The answer for programs.
  package static func document(of answer: PlacementAnswer) -> Document {
    let question = answer.question
    return [
      "name": .text(question.name), "seed": .integer(Int64(bitPattern: question.seed)),
      "replications": Document(answer.replications), "hosts": Document(question.fleet.count),
      "complete": .bool(answer.interruption == nil),
      "policies": .items(policies(of: answer).objects),
      "differences": .items(differences(of: answer).objects),
      "refusals": .items(refusals(of: answer).objects),
      "zones": .items(zones(of: answer).objects), "bounds": .items(bounds(of: answer).objects),
    ]
  }

  /// The tables of the run folder, the summary first.
  package static func all(_ answer: PlacementAnswer) -> [(name: String, csv: String)] {
    [
      ("summary", policies(of: answer)), ("differences", differences(of: answer)),
      ("refusals", refusals(of: answer)), ("zones", zones(of: answer)),
      ("bounds", bounds(of: answer)), ("series", series(of: answer)),
      ("replications", replications(of: answer)),
    ].map { ($0.0, $0.1.text(.csv)) }
  }

  private static func number(_ value: Double?) -> Document { value.map { .number($0) } ?? .null }
}
