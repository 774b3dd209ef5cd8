import Policies

/// Nova's scheduler as it is modelled beside a recorded trace of the real one.
///
/// Three comparisons: each round alone from its recorded state; each decision alone from
/// Placement's state as the steps before left it; and the chain, a replay with its own state
/// throughout that takes from the record only how busy the hosts were. What was recorded of
/// filters, weights and orders is compared and never used.
package struct SchedulerValidation: Sendable, Equatable {
  /// Calls of the scheduler.
  package private(set) var decisions = 0
  /// Rounds of filtering and weighing.
  package private(set) var rounds = 0
  /// Rounds in which every filter, raw value, multiplier, weight and the order agree.
  package private(set) var roundsExact = 0
  /// Decisions in which the query, the candidates, the usage, the states, the claims and the
  /// result agree too.
  package private(set) var decisionsExact = 0
  /// Choices of a host that were recorded.
  package private(set) var chainChoices = 0
  /// Choices that the chain makes too.
  package private(set) var chainAgree = 0
  /// What does not agree, in the order of the trace.
  package private(set) var differences: [SchedulerDifference] = []

  /// Reads and compares a trace, gzip or plain.
  ///
  /// **Errors**: all of `SchedulerTraceError`.
  ///
  /// **Complexity**: linear in the lines; memory is that of the text and of one step.
  package init(trace path: String) throws(SchedulerTraceError) {
    var lines = try TraceLines(path: path)
    guard let first = try lines.next() else { throw .empty }
    let header = try SchedulerTrace.Header(first)
    let scheduler: FilterScheduler
    do throws(NovaError) {
      scheduler = try FilterScheduler(header.configuration)
    } catch {
      throw .configuration(error, line: first.line)
    }
    var cloud = TraceCloud(header, scheduler)
    var last = 0
    while let line = try lines.next() {
      if try line.optional("end") != nil {
        compareEnd(try SchedulerTrace.End(line), cloud, step: last + 1)
        if let more = try lines.next() {
          throw .value(
            path: "the line", found: "another line", allowed: "the end of the file",
            line: more.line)
        }
        return
      }
      let step = try SchedulerTrace.Step(line, header)
      compare(step, scheduler, &cloud)
      last = step.number
    }
    throw .unfinished(line: lines.line)
  }

  private mutating func compare(
    _ step: SchedulerTrace.Step, _ scheduler: FilterScheduler, _ cloud: inout TraceCloud
  ) {
    cloud.begin(step)
    for (number, recorded) in step.decisions.enumerated() {
      var decision = recorded
      decision.request = cloud.completed(recorded.request, of: step)
      decisions += 1
      let place = "decision \(number)"
      let before = roundsExact
      compareRounds(decision, scheduler, step.number, place)
      let roundsAgree = roundsExact - before == decision.rounds.count
      let comparison = DecisionComparison(decision, scheduler, cloud.ledger)
      let found = comparison.differences(roundsAgree: roundsAgree)
      note(found, step.number, place)
      if found.isEmpty, roundsAgree { decisionsExact += 1 }
      let chain = ChainComparison(decision, scheduler, cloud)
      chainChoices += chain.choices
      chainAgree += chain.agreeing
      note(chain.differences, step.number, place)
      for host in chain.upToDate { cloud.noteUpToDate(host) }
    }
    cloud.finish(step)
  }

  private mutating func note(_ found: [SchedulerDifference], _ step: Int, _ place: String) {
    for var difference in found {
      difference.step = step
      difference.place = difference.place.isEmpty ? place : "\(place), \(difference.place)"
      differences.append(difference)
    }
  }

  private mutating func compareRounds(
    _ decision: SchedulerTrace.Decision, _ scheduler: FilterScheduler, _ step: Int,
    _ place: String
  ) {
    for (number, round) in decision.rounds.enumerated() {
      rounds += 1
      let model = RecordedRound(number, of: decision).replayed(by: scheduler)
      var found = RoundComparison(round, model).differences()
      if found.isEmpty { roundsExact += 1 }
      for index in found.indices { found[index].place = "round \(number)" }
      note(found, step, place)
    }
  }

  private mutating func compareEnd(_ end: SchedulerTrace.End, _ cloud: TraceCloud, step: Int) {
    var found: [SchedulerDifference] = []
    func differ(_ expected: String, _ found: String, _ why: String) -> SchedulerDifference {
      SchedulerDifference(
        step: step, place: "last line", kind: .end, expected: expected, found: found,
        explanation: why)
    }
    let own = cloud.servers.mapValues(\.host)
    for server in Set(end.servers.keys).union(own.keys).sorted()
    where end.servers[server] != own[server] {
      found.append(
        differ(
          "\(server) on \(end.servers[server] ?? "no host")",
          "\(server) on \(own[server] ?? "no host")", "the steps leave the server elsewhere"))
    }
    for consumer in Set(end.ledger.consumers).union(cloud.ledger.consumers).sorted() {
      let expected = end.ledger.allocations(of: consumer)
      let held = cloud.ledger.allocations(of: consumer)
      if expected == held { continue }
      found.append(
        differ(
          "\(consumer) holds " + Self.text(expected), "\(consumer) holds " + Self.text(held),
          "the claims and releases of the steps leave another allocation"))
    }
    if end.ledger.providers != cloud.ledger.providers {
      let other = zip(end.ledger.providers, cloud.ledger.providers).first { $0 != $1 }
      found.append(
        differ(
          other?.0.name ?? "\(end.ledger.providers.count) providers",
          other.map { "\($0.1.name) unchanged" } ?? "\(cloud.ledger.providers.count) providers",
          "a provider changed beside the steps"))
    }
    differences += found
  }

  private static func text(_ allocations: [ResourceAllocation]) -> String {
    let texts = allocations.map { allocation in
      allocation.provider + " "
        + allocation.amounts.map { "\($0.resource):\($0.amount)" }.joined(separator: ",")
    }
    return texts.isEmpty ? "nothing" : texts.joined(separator: " + ")
  }
}
