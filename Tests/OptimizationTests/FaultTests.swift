import CGLPKShims
import Optimization
import Testing

/// The net under the checks: a fault inside GLPK must come back as a status, on every thread.
@Suite struct FaultTests {
  @Test func faultsComeBackWithText() {
    for fault in RawProgram.Fault.allCases {
      let reply = RawProgram(fault).solve()
      #expect(reply.status == BERTH_GLPK_FAULT, "\(fault)")
      #expect(reply.text.contains("glp_"), "\(fault): \(reply.text)")
    }
  }

  @Test func soundProgramAfterFaults() throws {
    for fault in RawProgram.Fault.allCases {
      _ = RawProgram(fault).solve()
      #expect(try sum(limit: 5).solve().objective == 5)
    }
    #expect(RawProgram(nil).solve().status == BERTH_GLPK_OPTIMAL)
  }

  @Test func textIsCutToItsBuffer() {
    for capacity in [0, 1, 2, 17] {
      let reply = RawProgram(.wrongRow).solve(capacity: capacity)
      #expect(reply.status == BERTH_GLPK_FAULT)
      #expect(reply.text.utf8.count == max(0, capacity - 1))
    }
  }

  @Test func manyTasksAndEveryThirdSpoiled() async throws {
    let answers = try await withThrowingTaskGroup(of: (Int, Double?).self) { group in
      for task in 0..<200 {
        group.addTask {
          guard task % 3 == 0 else { return (task, try sum(limit: task).solve().objective) }
          let faults = RawProgram.Fault.allCases
          let reply = RawProgram(faults[task / 3 % faults.count]).solve()
          return (task, reply.status == BERTH_GLPK_FAULT ? nil : -1)
        }
      }
      var answers = [Double?](repeating: -2, count: 200)
      for try await (task, answer) in group { answers[task] = answer }
      return answers
    }
    for task in 0..<200 {
      #expect(answers[task] == (task % 3 == 0 ? nil : Double(task)), "task \(task)")
    }
  }
}

/// The most that two integers can add up to, with a search to do.
private func sum(limit: Int) -> IntegerProgram {
  var program = IntegerProgram(.maximize)
  let x = program.addVariable(.integer, cost: 1)
  let y = program.addVariable(.integer, cost: 1)
  program.addConstraint(.atMost(Double(2 * limit + 1)), [.init(2, x), .init(2, y)])
  return program
}

/// A program handed to the C side without the checks of `IntegerProgram`, so that faults get in.
private struct RawProgram {
  enum Fault: CaseIterable {
    case wrongRow, wrongColumn, repeatedEntry, noColumns, negativeCount, badGap
  }

  struct Reply {
    var status: Int
    var text: String
  }

  var shape = berth_glpk_shape(rows: 1, columns: 2, entries: 2, constant: 0, maximize: 1)
  var options = berth_glpk_options()
  var rows: [Int32] = [0, 1, 1]
  var columns: [Int32] = [0, 1, 2]

  init(_ fault: Fault?) {
    options.presolve = 1
    switch fault {
    case .wrongRow: rows[2] = 7
    case .wrongColumn: columns[2] = -1
    case .repeatedEntry: columns[2] = 1
    case .noColumns: shape.columns = 0
    case .negativeCount: shape.entries = -1
    case .badGap: options.relative_gap = -1
    case nil: break
    }
  }

  func solve(capacity: Int = 256) -> Reply {
    var shape = shape
    var options = options
    var result = berth_glpk_result()
    var values = [0.0, 0.0]
    var reducedCosts = values
    var duals = [0.0]
    var basis: [UInt8] = [0, 0, 0]
    var text = [CChar](repeating: 0, count: max(1, capacity))
    let status = berth_glpk_solve(
      &shape, &options, [-Double.infinity], [3.5], [0.0, 0.0], [2.0, 2.0], [1.0, 1.0], [1, 1],
      rows, columns, [0.0, 1.0, 1.0], &result, &values, &reducedCosts, &duals, &basis,
      &text, capacity)
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return Reply(status: Int(status), text: String(decoding: bytes, as: UTF8.self))
  }
}
