import CloudModel

/// The VMs of a region: where each is and what has become of it, 32 bytes each, and a list for each
/// host.
///
/// Lists are not linked through the VMs: those of a lost host would be fetched from memory one after
/// the other. A list has the VMs that came to its host, in the order they came; one that left stays
/// in it, and counts no longer as it says so itself, until the list is compacted.
struct RegionVMs: Sendable {
  /// What a VM is doing.
  enum Phase: UInt8, Sendable {
    /// It runs.
    case running
    /// It is down, and in no queue: not detected yet, or one that waits for its host.
    case lost
    /// It waits for a recovery.
    case queued
    /// It waits for a recovery and let others pass, as no host had room for it.
    case parked
    /// It is being recovered on another host.
    case recovering
    /// Its host is back and it boots.
    case booting
  }

  /// What is true of a VM.
  struct Marks: OptionSet, Sendable {
    let rawValue: UInt8

    /// It can be recovered on another host.
    static let movesElsewhere = Marks(rawValue: 1)
    /// It is a replica of a service.
    static let isReplica = Marks(rawValue: 2)
    /// Planned work took it down.
    static let isPlanned = Marks(rawValue: 4)
    /// Its host came back before another had room for it.
    static let lacksRoom = Marks(rawValue: 8)
  }

  /// One VM.
  struct Record: Sendable {
    /// When it went down, in microseconds.
    var lostAt: Int64 = 0
    /// The host that keeps it: the one it runs on, or ran on last.
    var host: Int32
    /// Its place in the list of that host.
    var place: Int32 = -1
    /// The slot of its recovery, while there is one.
    var slot: Int32 = -1
    /// The stamp of its entry in the queue where it waits; 0 while it waits in none.
    var stamp: UInt32 = 0
    /// What its recovery asks for.
    var lane: Int32
    /// Its class.
    var kind: UInt8
    var phase = Phase.running
    var marks: Marks
  }

  /// A VM in a queue; stale if the VM has another stamp by now.
  struct Entry: Sendable {
    var vm: Int32
    /// The number of the entry among all of the run, modulo 2^32; never 0.
    var stamp: UInt32

    /// Whether it entered before another, less than 2^31 entries apart.
    func isOlder(than other: Entry) -> Bool { Int32(bitPattern: stamp &- other.stamp) < 0 }
  }

  var records: [Record]
  /// Sources with a share that hold the VM down; empty if there is no such source.
  var hits: [UInt32]
  /// How often it moved; empty if there is no source with a share.
  var moves: [UInt32]
  /// How many recoveries of it began; empty if their durations are not drawn.
  var starts: [UInt32]
  /// The lists of the hosts.
  private(set) var members: [[Int32]]
  /// How many of each list count.
  private var residents: [Int32]
  /// How many are down.
  var downCount = 0
  private var lastStamp: UInt32 = 0

  /// All VMs running on their homes.
  init(_ layout: RegionLayout) {
    records = layout.traits.indices.map { vm in
      let traits = layout.traits[vm]
      var marks: Marks = traits.movesElsewhere ? .movesElsewhere : []
      if traits.service >= 0 { marks.insert(.isReplica) }
      return Record(
        host: layout.homes[vm], lane: traits.lane, kind: traits.kind, marks: marks)
    }
    let zeros = [UInt32](repeating: 0, count: layout.vmSubjects.count)
    (hits, moves, starts) = (zeros, zeros, zeros)
    members = [[Int32]](repeating: [], count: layout.hosts.count)
    residents = [Int32](repeating: 0, count: layout.hosts.count)
    for vm in records.indices { enter(vm, to: Int(records[vm].host)) }
  }

  /// Moves a VM to the list of another host.
  ///
  /// **Complexity**: O(1) amortised.
  @inline(__always)
  mutating func move(_ vm: Int, to host: Int) {
    residents[Int(records[vm].host)] -= 1
    if members[host].count > 2 * Int(residents[host]) + 32 { compact(host) }
    enter(vm, to: host)
  }

  @inline(__always)
  private mutating func enter(_ vm: Int, to host: Int) {
    residents[host] += 1
    records[vm].host = Int32(truncatingIfNeeded: host)
    records[vm].place = Int32(truncatingIfNeeded: members[host].count)
    members[host].append(Int32(truncatingIfNeeded: vm))
  }

  /// Drops those that left a host from its list.
  private mutating func compact(_ host: Int) {
    var kept = 0
    for place in members[host].indices {
      guard let vm = member(place, of: host) else { continue }
      members[host][kept] = Int32(vm)
      records[vm].place = Int32(kept)
      kept += 1
    }
    members[host].removeLast(members[host].count - kept)
  }

  /// The VM at a place of the list of a host; nil if it left.
  @inline(__always)
  func member(_ place: Int, of host: Int) -> Int? {
    let vm = Int(members[host][place])
    let record = records[vm]
    return Int(record.host) == host && Int(record.place) == place ? vm : nil
  }

  /// Whether an entry of a queue still counts.
  @inline(__always)
  func isValid(_ entry: Entry) -> Bool { records[Int(entry.vm)].stamp == entry.stamp }

  /// A new entry of a VM; older ones of it are stale from now on.
  @inline(__always)
  mutating func enter(_ vm: Int) -> Entry {
    lastStamp &+= 1
    if lastStamp == 0 { lastStamp = 1 }
    records[vm].stamp = lastStamp
    return Entry(vm: Int32(vm), stamp: lastStamp)
  }

  /// Makes the entries of a VM stale.
  @inline(__always)
  mutating func leave(_ vm: Int) { records[vm].stamp = 0 }
}
