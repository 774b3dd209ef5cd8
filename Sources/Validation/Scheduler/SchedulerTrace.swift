import CloudModel
import Policies

/// The records of a scheduler trace as they are compared.
enum SchedulerTrace {
  /// The only format that is read.
  static let format = "scheduler-trace-2"

  /// The first line: what the cloud is like.
  struct Header {
    var configuration = NovaConfiguration()
    var columns: [String: Int] = [:]
    var hosts: [String: Host] = [:]
    var aggregates: [Aggregate] = []
    var disabled: Set<String> = []
    /// Traits that images require, by the image's name.
    var imageTraits: [String: [String]] = [:]
    var ledger = ResourceLedger([])
  }

  /// A host of the header.
  struct Host {
    var name: String
    var vcpus: Int
    var memoryMiB: Int
    var diskGiB: Int
    var hypervisorVersion: Int
    var devices: [NovaDevicePool]
    var platform: NovaPlatform
  }

  /// A host aggregate of the header.
  struct Aggregate {
    var aggregate: NovaAggregate
    var zone: String?
    var hosts: Set<String>
  }

  /// What was done in a step.
  enum Operation: String {
    case boot, multi, delete, stop, live, cold, disable, enable

    var isMove: Bool { self == .live || self == .cold }
    var isBoot: Bool { self == .boot || self == .multi }
  }

  /// A step.
  struct Step {
    var number: Int
    var operation: Operation
    var line: Int
    /// The server, for all but disabled and enabled hosts.
    var name = ""
    var host: String?
    var source: String?
    var image: String?
    /// Servers that run after a boot, with their hosts.
    var running: [(name: String, host: String)] = []
    var decisions: [Decision] = []
  }

  /// A call of the scheduler.
  struct Decision {
    var request: NovaRequest
    /// Parameters of the query to Placement, without suffixes, sorted.
    var query: [String]?
    var candidateCount: Int
    /// Usage of the providers of the candidates.
    var usages: [String: [String: Usage]]
    var rounds: [Round]
    var claims: [NovaDecision.Claim]
    var selected: [[String]]?
  }

  /// Capacity and use of one inventory.
  struct Usage: Equatable {
    var capacity: Int
    var used: Int
  }

  /// A round of a call.
  struct Round {
    var index: Int
    var hosts: [NovaHostState]
    var candidateCounts: [Int]
    var filters: [NovaRound.Filtering]
    var passed: [String]
    var weighings: [NovaRound.Weighing]
    var order: [String]
    var weights: [Double]
  }

  /// The last line.
  struct End {
    var ledger: ResourceLedger
    var servers: [String: String]
  }

  /// Providers carry this in front of the name of their host.
  static func provider(ofHost host: String) -> String { "rp:" + host }

  /// The host that a root provider stands for.
  static func host(ofProvider provider: String) -> String {
    provider.hasPrefix("rp:") ? String(provider.dropFirst(3)) : provider
  }
}
