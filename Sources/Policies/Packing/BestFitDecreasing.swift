extension PackingProblem {
  /// Packs the items largest first, each into the bin left with the least: what a scheduler that
  /// takes one item after the other does at best. The yardstick for `solve`.
  ///
  /// - Complexity: about O(items log bins)
  package func bestFitDecreasing() -> PackingResult {
    PackingState(bestFitDecreasing: PackingInstance(self)).result
  }
}

extension PackingState {
  /// The packing of the largest items first.
  init(bestFitDecreasing instance: PackingInstance) {
    self.init(instance)
    let order = instance.count.indices.sorted { first, second in
      let (a, b) = (instance.size[first], instance.size[second])
      return a != b ? a > b : first < second
    }
    for type in order {
      var left = unplaced[type]
      for tier in instance.poolTiers[type] {
        left = placeByBestFit(type, count: left, pools: tier)
      }
    }
  }
}
