package import CloudModel

/// What happens in a demand.
package enum DemandKind: UInt8, Sendable {
  /// A VM ends.
  case departure = 0
  /// A VM gets another size.
  case resize = 1
  /// A VM is asked for.
  case arrival = 2
}

/// A stretch of demand in columns, in ascending order of time; of events at one instant departures
/// come first, then resizes, then arrivals.
///
/// **Complexity**: 25 bytes an event; filled and emptied again, so that a trace of any length needs
/// the memory of one block.
package struct DemandBlock: Sendable {
  /// When, in microseconds since the start of the scenario.
  package var times: [Int64] = []
  /// What.
  package var kinds: [DemandKind] = []
  /// Index of the type of request: of the new VM, or of the new size; -1 for a departure.
  package var requests: [Int32] = []
  /// For arrivals how long the VM stays, in microseconds; -1 if its end comes as an event of its
  /// own or not at all.
  package var lives: [Int64] = []
  /// Which VM it is; a number that no two VMs have at once and that is used again later. -1 for
  /// VMs of which nothing more is heard after their arrival.
  package var keys: [Int32] = []
  /// How many events a source puts in at most.
  package let limit: Int

  /// An empty block for so many events.
  package init(limit: Int = 4096) {
    precondition(limit > 0, "A block holds at least one event.")
    self.limit = limit
  }

  /// How many events it holds.
  package var count: Int { times.count }

  /// Empties the block and keeps its storage.
  package mutating func removeAll() {
    times.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    requests.removeAll(keepingCapacity: true)
    lives.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
  }

  /// Adds an event at the end.
  package mutating func append(
    time: Int64, kind: DemandKind, request: Int32, life: Int64 = -1, key: Int32 = -1
  ) {
    times.append(time)
    kinds.append(kind)
    requests.append(request)
    lives.append(life)
    keys.append(key)
  }
}

/// What is wrong with a demand, and where.
package struct DemandError: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Problem: Sendable, Equatable {
    /// The line is no row of the format.
    case malformed(found: String, allowed: String)
    /// Time goes back.
    case unsorted(found: String, before: String)
    /// A VM arrives that is there already, or was there.
    case duplicate(vm: String)
    /// A VM leaves or is resized that is not there.
    case notThere(vm: String)
    /// A flavor that nobody declared.
    case unknownFlavor(name: String, near: String?)
    /// A zone that the cloud does not have.
    case unknownZone(name: String, near: String?)
    /// A line longer than the limit, in bytes.
    case longLine(limit: Int)
    /// The compressed data is broken, or ends too early.
    case brokenGzip
    /// The file cannot be read, with the system's error number.
    case unreadable(code: Int32)
  }

  /// What is wrong.
  package var problem: Problem
  /// The line, from 1; nil if the problem has none.
  package var line: Int?
  /// The column of the table or key of the object; empty if none.
  package var column: String

  /// A problem at a place.
  package init(_ problem: Problem, line: Int? = nil, column: String = "") {
    self.problem = problem
    self.line = line
    self.column = column
  }
}

/// A demand that is read or generated block by block.
///
/// A value that is advanced: a copy goes on from where the original stands. Two sources made alike
/// give the same events.
package protocol DemandSource: Sendable {
  /// The types of requests that its events name by index.
  var requests: [PlacementRequest] { get }

  /// Puts the next events into an emptied block, at most as many as it takes; leaves it empty at
  /// the end.
  mutating func fill(_ block: inout DemandBlock) throws(DemandError)
}
