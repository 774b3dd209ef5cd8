import CloudModel
import Migration
import Simulator
import TestSupport
import Testing

/// A strategy that brings its own number of moves at once is carried out with it.
struct ExecutionConcurrencyTests {
  /// Hosts with four VMs of 4 GiB each, all moved to one host; 7 s + 4 GiB / 436 MiB/s and a gap of
  /// 1.2 s make 17.6 s a move.
  private func execution(
    hosts: Int, concurrency: MoveConcurrency
  ) throws -> Execution {
    var tiny = TinyCloud()
    let target = tiny.host("target", memory: 1000)
    var moves: [Move] = []
    for host in 0..<hosts {
      let source = tiny.host("h\(host)", memory: 100)
      for number in 0..<4 {
        let vm = tiny.vm("v\(host)-\(number)", on: source, memory: 4)
        moves.append(
          Move(
            vm: vm, policyClass: .live, action: .live, source: source, target: target, wave: 1,
            reason: nil))
      }
    }
    var parameters = MigrationParameters()
    try parameters.slotsPerSource.set(1, source: "test")
    return Execution(
      of: EvacuationDecision(moves: moves, concurrency: concurrency), in: tiny.cloud,
      model: MigrationModel(parameters))
  }

  @Test(arguments: [(nil, 4), (2, 2), (4, 1)] as [(Int?, Int)])
  func `moves at once from a host are those of the decision`(
    perSource: Int?, rounds: Int
  ) throws {
    let execution = try execution(
      hosts: 1, concurrency: MoveConcurrency(perSource: perSource))
    let move = 7 + 4 * 1024 / 436 + 1.2
    #expect(abs(execution.nominal().drained.seconds - Double(rounds) * move) < 0.5)
    let bound = try #require(execution.bounds().first).bounds.bound.seconds
    #expect(abs(bound - Double(rounds) * move) < 0.5)
  }

  @Test func `moves at once in the cloud are those of the decision`() throws {
    let result = try execution(
      hosts: 4, concurrency: MoveConcurrency(perSource: 2, inAll: 5)
    ).nominal()
    let starts = try result.steps.map { try #require($0.start) }
    let ends = try result.steps.map { try #require($0.end) }
    let atOnce = starts.map { moment in
      zip(starts, ends).filter { $0 <= moment && moment < $1 }.count
    }
    #expect(atOnce.max() == 5)
    #expect(result.failed.isEmpty)
  }
}
