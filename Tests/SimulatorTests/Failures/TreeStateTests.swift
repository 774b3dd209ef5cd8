import Availability
import Simulator
import Stochastics
import Testing

/// The incremental evaluation of trees against an evaluation from scratch.
struct TreeStateTests {
  private static func evaluate(
    _ tree: FaultTree, _ input: FaultTree.Input, _ failed: [Bool]
  ) -> Bool {
    guard case .gate(let gate) = input else {
      if case .event(let event) = input { return failed[event] }
      return false
    }
    let arguments = tree.gates[gate].arguments
    let count = arguments.count { evaluate(tree, $0, failed) }
    switch tree.gates[gate].operation {
    case .and: return count == arguments.count
    case .or: return count > 0
    case .atLeast(let needed): return count >= needed
    case .not: return count == 0
    case .xor: return count % 2 == 1
    }
  }

  @Test(arguments: 1...100) func changesGiveTheValuesOfAFreshEvaluation(seed: UInt64) throws {
    var random = RandomStream(seed: seed, replication: 1, purpose: .generation)
    let tree = try RandomTree.make(&random, coherent: false)
    let structure = TreeStructure(tree)
    var state = TreeState(structure)
    var failed = tree.events.map { _ in false }
    for _ in 0..<40 {
      for gate in tree.gates.indices {
        let value = Self.evaluate(tree, .gate(gate), failed)
        #expect(state.isFailed[structure.node(of: .gate(gate))] == value, "seed \(seed)")
      }
      let event = random.integer(below: failed.count)
      failed[event] = random.uniform() < 0.5
      state.set(event, failed[event])
    }
  }
}
