package import Availability
import Stochastics

/// A fault tree whose events behave in time.
///
/// An event on demand is drawn anew whenever a part begins to fail that calls it: a part with times
/// up and down below the lowest gate of the kinds "and" and "at least" above the event that has
/// such parts below it at all. What is drawn stays until the next call. Calls do not depend on what
/// was drawn before, so that at any instant an event on demand is failed with its probability,
/// independently of all parts: the unavailability of any top is that of the static tree.
package struct TimedTree: Sendable {
  /// Gates and events.
  package let tree: FaultTree
  /// How each event behaves.
  package let processes: [FailureProcess]
  /// The events and gates whose outages are looked at; the top alone unless named.
  package let watched: [FaultTree.Input]
  /// For each event with times up and down, the events on demand that it calls when it begins.
  package let called: [[Int]]

  let structure: TreeStructure
  /// The nodes watched.
  let watchedNodes: [Int]
  /// The hashes of the names of the events.
  let subjects: [UInt64]
  /// The events with times up and down.
  let renewals: [Int]
  /// The events on demand.
  let demands: [Int]

  /// Joins a tree with the processes of its events, in their order.
  ///
  /// **Errors**: `TimedTreeError`: numbers that make no process, an event that nothing calls.
  package init(
    _ tree: FaultTree, _ processes: [FailureProcess], watching watched: [FaultTree.Input]? = nil
  ) throws(TimedTreeError) {
    guard processes.count == tree.events.count else {
      throw .processCount(events: tree.events.count, processes: processes.count)
    }
    if let event = processes.firstIndex(where: { !$0.isSound }) { throw .badProcess(event: event) }
    let structure = TreeStructure(tree)
    called = try Self.calls(structure, processes)
    self.tree = tree
    self.processes = processes
    self.watched = watched ?? [tree.top]
    self.structure = structure
    watchedNodes = self.watched.map(structure.node)
    subjects = tree.events.map { ComponentSubject.of($0.name) }
    renewals = processes.indices.filter { processes[$0].isRenewal }
    demands = processes.indices.filter { !processes[$0].isRenewal }
  }

  /// The same tree with the long-run numbers of the processes, for an exact analysis of its top.
  ///
  /// **Errors**: none in practice: the tree was joined before.
  package func staticTree() throws(FaultTreeError) -> FaultTree {
    func name(_ input: FaultTree.Input) -> String {
      switch input {
      case .event(let event): tree.events[event].name
      case .gate(let gate): tree.gates[gate].name
      }
    }
    return try FaultTree(
      top: name(tree.top),
      events: zip(tree.events, processes).map { $1.basicEvent($0.name) },
      gates: tree.gates.map { NamedGate($0.name, $0.operation, $0.arguments.map(name)) })
  }
}

/// Why a tree has no behaviour in time; events are named by their places.
package enum TimedTreeError: Error, Equatable, Sendable {
  /// Not one process for each event.
  case processCount(events: Int, processes: Int)
  /// A mean that is not above zero and finite, or a chance outside 0 to 1.
  case badProcess(event: Int)
  /// An event on demand that nothing calls: it has no length in time.
  case neverCalled(event: Int)
  /// Times up that are not exponential, where a method needs parts without memory.
  case upTimesNotExponential(event: Int)
  /// A top that no part with times up and down stands below.
  case noParts
}
