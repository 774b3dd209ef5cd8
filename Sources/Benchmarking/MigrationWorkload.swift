import CloudModel
package import Simulator
import Stochastics

/// Networks and jobs that the sharing of links is measured with.
///
/// Hosts have network cards of 10 Gbit/s, in and out apart, and nothing else limits them.
package enum MigrationWorkload: String, Sendable, CaseIterable {
  /// 10 of 100 hosts are emptied of 20 VMs of 4 GiB each; VM k of host i goes to host
  /// 10 + (9 i + k) mod 90. Nothing can take less than 68.72 s.
  case evacuation = "w2"
  /// 50 of 100 hosts are emptied of 20 VMs each, of 4 to 16 GiB, to random hosts that stay.
  case half = "w2b"
  /// 500 of 1,000 hosts, as `w2b`.
  case halfOfThousand = "w2c"
  /// Any number of flows at once between any hosts.
  case random

  /// Bytes per second of a network card.
  private static let card = Bandwidth(bytesPerSecond: 1.25e9)
  private static let vmsPerHost = 20

  /// Number of hosts that the workload is made for.
  package var hosts: Int { self == .halfOfThousand ? 1000 : 100 }

  /// Migrations at once from one host that the workload is run with, one run each.
  ///
  /// **Shape**: for the workload `random` the number that lets so many flows run at once.
  package func parallel(hosts: Int, flows: Int) -> [Int] {
    switch self {
    case .evacuation: [20]
    case .half: [2, 5, 20]
    case .halfOfThousand: [2]
    case .random: [max(1, (flows + hosts - 1) / hosts)]
    }
  }

  /// The limits of a run.
  package func limits(parallel: Int, flows: Int) -> MigrationLimits {
    MigrationLimits(perSource: parallel, inAll: self == .random ? max(1, flows) : nil)
  }

  /// What of a run is measured: all of it, but for the workload `random` only what so many flows at
  /// once cost, the same starts and ends with each method.
  package var window: MigrationBenchmark.Window {
    self == .random ? .full(events: 20_000) : .whole
  }

  /// The hosts of a workload.
  package static func topology(hosts: Int) -> NetworkTopology {
    NetworkTopology(cards: Array(repeating: card, count: hosts))
  }

  /// The jobs of a workload.
  ///
  /// Draws of VM i, numbered over all hosts, from a stream of its own: first the whole GiB from 4 to
  /// 16, each equally likely, then the target.
  ///
  /// **Shape**: `flows` at once for the workload `random`, which has four times as many jobs.
  package func jobs(hosts: Int, flows: Int, seed: UInt64) -> [FlowJob] {
    switch self {
    case .evacuation: return Self.evacuation(hosts: hosts)
    case .half, .halfOfThousand: return Self.drain(hosts: hosts, seed: seed)
    case .random: return Self.random(hosts: hosts, flows: flows, seed: seed)
    }
  }

  private static func evacuation(hosts: Int) -> [FlowJob] {
    let drained = hosts / 10
    return (0..<drained).flatMap { host in
      (0..<vmsPerHost).map { vm in
        FlowJob(
          source: Int32(host), target: Int32(drained + (9 * host + vm) % (hosts - drained)),
          bytes: .gibibytes(4))
      }
    }
  }

  private static func drain(hosts: Int, seed: UInt64) -> [FlowJob] {
    let drained = hosts / 2
    return (0..<drained * vmsPerHost).map { vm in
      var stream = Self.stream(seed, vm)
      let size = 4 + stream.integer(below: 13)
      return FlowJob(
        source: Int32(vm / vmsPerHost),
        target: Int32(drained + stream.integer(below: hosts - drained)),
        bytes: .gibibytes(Int64(size)))
    }
  }

  /// Sources in turn, targets any other host.
  private static func random(hosts: Int, flows: Int, seed: UInt64) -> [FlowJob] {
    (0..<4 * flows).map { vm in
      var stream = Self.stream(seed, vm)
      let size = 4 + stream.integer(below: 13)
      let source = vm % hosts
      let other = stream.integer(below: hosts - 1)
      return FlowJob(
        source: Int32(source), target: Int32(other < source ? other : other + 1),
        bytes: .gibibytes(Int64(size)))
    }
  }

  private static func stream(_ seed: UInt64, _ vm: Int) -> RandomStream {
    RandomStream(seed: seed, replication: 0, purpose: .generation, subject: UInt64(vm))
  }
}
