extension DecisionDiagram {
  /// The diagram of a module in an order of leaves in which it stays small.
  ///
  /// Each order is good for some modules and hopeless for others: all get a small allowance before
  /// any gets a large one.
  ///
  /// **Errors**: `Overflow` if none of them stays within the limit.
  static func small(_ module: Module, nodeLimit: Int) throws(Overflow) -> DecisionDiagram {
    let plain = EventOrder.depthFirst(module)
    let clustered = module.countsMany ? EventOrder.clustered(module) : nil
    do throws(Overflow) {
      return try DecisionDiagram(
        module, order: clustered ?? plain, nodeLimit: min(firstAllowance, nodeLimit))
    } catch {
      if nodeLimit <= firstAllowance { throw error }
    }
    let orders = [
      clustered ?? EventOrder.clustered(module) ?? plain, EventOrder.gathered(module, from: plain),
      plain,
    ]
    var overflow = Overflow(gate: 0)
    for allowance in allowances(nodeLimit) {
      for order in orders {
        do throws(Overflow) {
          return try DecisionDiagram(module, order: order, nodeLimit: allowance)
        } catch {
          overflow = error
        }
      }
    }
    throw overflow
  }

  private static let firstAllowance = 12_000

  private static func allowances(_ nodeLimit: Int) -> [Int] {
    [50_000, 200_000, 800_000].filter { $0 < nodeLimit } + [nodeLimit]
  }
}

extension Module {
  /// Whether a gate counts many parts: there it matters most which of them stand together.
  fileprivate var countsMany: Bool {
    gates.contains { gate in
      if case .atLeast = gate.operation { gate.arguments.count >= 8 } else { false }
    }
  }
}
