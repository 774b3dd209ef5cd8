extension ModularDiagram {
  /// The probability of every leaf and, by part, of every function of its diagram.
  struct Probabilities {
    /// By leaf.
    var leaves: [Double]
    /// By part and by node.
    var nodes: [[Double]]
  }

  /// The probabilities of all parts, for those of the basic events.
  ///
  /// **Complexity**: one pass over all nodes.
  func probabilities(_ events: [Double]) -> Probabilities {
    var leaves = values(0.0)
    for (event, probability) in events.enumerated() { leaves[event] = probability }
    var nodes: [[Double]] = []
    for part in parts {
      let values = part.diagram.probabilities(part.leaves.map { leaves[$0] })
      leaves[part.leaf] = values[Int(part.diagram.root)]
      nodes.append(values)
    }
    return Probabilities(leaves: leaves, nodes: nodes)
  }

  /// Birnbaum importance by leaf: that of a leaf within its module times that of the module.
  ///
  /// **Complexity**: one pass over all nodes.
  ///
  /// **Source**: the chain rule; Birnbaum 1969 for modules.
  func birnbaum(_ probabilities: Probabilities) -> [Double] {
    var result = values(0.0)
    result[topLeaf] = 1
    for (part, nodes) in zip(parts, probabilities.nodes).reversed() {
      let inside = part.diagram.birnbaum(part.leaves.map { probabilities.leaves[$0] }, nodes)
      for (leaf, birnbaum) in zip(part.leaves, inside) {
        result[leaf] = result[part.leaf] * birnbaum
      }
    }
    return result
  }

  /// The probability of the top if an event below it never happens, computed anew in the parts above.
  func probability(without event: Int, _ probabilities: Probabilities) -> Double {
    var changed = (leaf: event, probability: 0.0)
    while changed.leaf != topLeaf {
      let part = parts[above[changed.leaf]]
      let levels = part.leaves.map {
        $0 == changed.leaf ? changed.probability : probabilities.leaves[$0]
      }
      changed = (part.leaf, part.diagram.probability(levels))
    }
    return changed.probability
  }
}
