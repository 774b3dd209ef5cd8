import CloudModel
import Simulator

/// Places a demand under several policies, many times, and lays the results side by side.
package enum PlacementAnalysis {
  /// The most replications that are made to reach a half-width.
  package static let replicationLimit = 1000

  /// The answer to a question.
  ///
  /// Each replication draws the demand once and gives it to all policies, which therefore meet the
  /// same VMs. The answer does not depend on the number of workers. With a half-width, replications
  /// are added, as many as the question has each time, until the interval of the refused share of
  /// each policy is as narrow, or the limit is reached.
  ///
  /// **Errors**: `ScenarioError` if the demand cannot be opened; what is wrong further down in it
  /// ends the answer there and is named in it.
  package static func answer(
    _ question: PlacementQuestion, halfWidth: Double? = nil, workers: Int
  ) async throws(ScenarioError) -> PlacementAnswer {
    let begin = ProcessClock.cpuSeconds
    var answer = PlacementAnswer(
      question: question,
      results: question.policies.map { PlacementResult(policy: $0.name, outcomes: []) },
      bounds: [], wantedHalfWidth: halfWidth, cpuSeconds: 0)
    repeat {
      let done = answer.replications
      let more = min(question.replications, replicationLimit - done)
      let replications = await Self.replications(
        done..<done + max(1, more), of: question, workers: workers)
      for replication in replications {
        let replication = try replication.get()
        for (index, outcome) in replication.outcomes.enumerated() {
          answer.results[index].outcomes.append(outcome)
        }
        answer.interruption = answer.interruption ?? replication.interruption
      }
    } while needsMore(answer)
    answer.bounds = AllocationLimit.limits(of: answer)
    answer.cpuSeconds = ProcessClock.cpuSeconds - begin
    return answer
  }

  private static func needsMore(_ answer: PlacementAnswer) -> Bool {
    guard let wanted = answer.wantedHalfWidth, answer.interruption == nil else { return false }
    return answer.halfWidth > wanted && answer.replications < replicationLimit
  }

  /// Some replications on some workers, in their order.
  private static func replications(
    _ numbers: Range<Int>, of question: PlacementQuestion, workers: Int
  ) async -> [Result<PlacementReplication, ScenarioError>] {
    await withTaskGroup(of: (Int, Result<PlacementReplication, ScenarioError>).self) { group in
      var waiting = numbers.makeIterator()
      func start() {
        guard let number = waiting.next() else { return }
        group.addTask {
          do throws(ScenarioError) {
            return (number, .success(try PlacementReplication(number, of: question)))
          } catch {
            return (number, .failure(error))
          }
        }
      }
      for _ in 0..<max(1, workers) { start() }
      var results: [(Int, Result<PlacementReplication, ScenarioError>)] = []
      for await result in group {
        results.append(result)
        start()
      }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}

/// One drawing of a demand, placed under each policy.
struct PlacementReplication {
  /// One outcome per policy.
  let outcomes: [PlacementOutcome]
  /// What was wrong with the demand before its end.
  let interruption: DemandError?

  init(_ number: Int, of question: PlacementQuestion) throws(ScenarioError) {
    var source = try question.demand.source(
      seed: question.seed, replication: UInt64(number))
    var race = PlacementRace(question, replication: UInt64(number))
    var block = DemandBlock()
    var interruption: DemandError?
    while !race.isOver {
      block.removeAll()
      do throws(DemandError) {
        try source.fill(&block)
      } catch {
        interruption = error
      }
      if block.count == 0 { break }
      race.run(block)
      if interruption != nil { break }
    }
    if interruption == nil { race.finish() }
    outcomes = race.outcomes
    self.interruption = interruption
  }
}

/// The same demand under several policies at once, block by block, so that it is read only once.
struct PlacementRace {
  private var simulations: [PlacementSimulation]
  private var starts: [PlacementMeasures?]
  private let until: Int64
  private let warmUp: Int64
  private let requests: [PlacementRequest]
  private(set) var isOver = false

  init(_ question: PlacementQuestion, replication: UInt64) {
    let demand = question.demand
    let context = PlacementContext(
      fleet: question.fleet, requests: demand.requests, frequencies: demand.frequencies,
      seed: question.seed, replication: replication)
    let options = PlacementOptions(
      seed: question.seed, replication: replication, sampleInterval: question.sampleInterval)
    simulations = question.policies.map {
      PlacementSimulation(
        fleet: question.fleet, requests: demand.requests, method: $0.policy.method(in: context),
        options: options)
    }
    starts = simulations.map { _ in nil }
    until = question.until ?? .max
    warmUp = question.warmUp
    requests = demand.requests
  }

  /// Takes a block; with it the clocks go on to its last event, or to the end of the run.
  mutating func run(_ block: DemandBlock) {
    guard let last = block.times.last else { return }
    advance(block, through: min(last, until))
    isOver = last >= until
  }

  /// Lets what was to come after the demand happen, if the run ends later than it.
  mutating func finish() {
    if !isOver, until < .max { advance(DemandBlock(), through: until) }
  }

  private mutating func advance(_ block: DemandBlock, through horizon: Int64) {
    for index in simulations.indices {
      var handed = HandedBlock(requests: requests, block: block)
      if starts[index] == nil, warmUp > 0, horizon >= warmUp {
        Self.run(&simulations[index], &handed, through: warmUp)
        starts[index] = simulations[index].measures
      }
      Self.run(&simulations[index], &handed, through: horizon)
    }
  }

  private static func run(
    _ simulation: inout PlacementSimulation, _ source: inout HandedBlock, through horizon: Int64
  ) {
    do throws(DemandError) {
      _ = try simulation.run(&source, through: horizon)
    } catch {
      preconditionFailure("A block that was read cannot be wrong any more.")
    }
  }

  var outcomes: [PlacementOutcome] {
    simulations.indices.map {
      PlacementMeasurement(
        end: simulations[$0].measures, start: starts[$0], fleet: simulations[$0].fleet
      ).outcome
    }
  }
}

/// A source of one block that lies there already.
private struct HandedBlock: DemandSource {
  let requests: [PlacementRequest]
  var block: DemandBlock?

  mutating func fill(_ block: inout DemandBlock) {
    guard let handed = self.block, handed.count > 0 else { return }
    block = handed
    self.block = nil
  }
}
