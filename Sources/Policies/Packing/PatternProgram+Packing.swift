import Optimization

extension PatternProgram {
  /// The packing of a point of the program; what groups or other resources stop stays out.
  func packing(_ values: [Double]) -> PackingState {
    var state = PackingState(instance)
    let order = state.packingOrder
    for part in parts {
      var left = [Int](repeating: 0, count: total.count)
      var demandOfClass = [Int](repeating: 0, count: total.count)
      for member in part.members {
        left[member.number] = Int(values[member.variable.index])
        demandOfClass[member.number] = member.demand
      }
      var slots = openSlots(part, values)
      for type in order {
        let number = instance.classOfType[type]
        let demand = demandOfClass[number]
        for slot in slots[demand].indices where left[number] > 0 && state.unplaced[type] > 0 {
          let bin = slots[demand][slot].bin
          let most = min(left[number], state.unplaced[type], slots[demand][slot].count)
          let placed = most > 0 ? state.copies(type, in: bin, limit: most) : 0
          guard placed > 0 else { continue }
          state.place(type, in: bin, count: placed)
          slots[demand][slot].count -= placed
          left[number] -= placed
        }
      }
    }
    return state
  }

  /// The packing of the patterns that a point has as a whole, and the bins that it fills with parts
  /// of several.
  func wholePart(of values: [Double]) -> (state: PackingState, open: [Int]) {
    var whole = values
    var open: [Int] = []
    for part in parts {
      for member in part.members {
        whole[member.variable.index] = (values[member.variable.index] - 1e-6).rounded(.up)
      }
      var filled = [Double](repeating: 0, count: part.pool.shapes.count)
      var fixed = [Int](repeating: 0, count: part.pool.shapes.count)
      for pattern in part.patterns {
        let value = values[pattern.variable.index]
        whole[pattern.variable.index] = (value + 1e-6).rounded(.down)
        fixed[pattern.shape] += Int(whole[pattern.variable.index])
        filled[pattern.shape] += value
      }
      for (shape, bins) in part.pool.binsOfShape.enumerated() {
        let used = min(bins.count, Int((filled[shape] - 1e-6).rounded(.up)))
        if used > fixed[shape] { open += bins[fixed[shape]..<used] }
      }
    }
    return (packing(whole), open.sorted())
  }

  /// For each demand the bins whose pattern holds it, with counts.
  private func openSlots(_ part: Part, _ values: [Double]) -> [[(bin: Int, count: Int)]] {
    var slots = [[(bin: Int, count: Int)]](repeating: [], count: part.pool.demands.count)
    var used = [Int](repeating: 0, count: part.pool.shapes.count)
    for pattern in part.patterns {
      for _ in 0..<Int(values[pattern.variable.index]) {
        let bin = part.pool.binsOfShape[pattern.shape][used[pattern.shape]]
        used[pattern.shape] += 1
        for (demand, count) in pattern.counts.prefix(part.demandRows.count).enumerated()
        where count > 0 {
          slots[demand].append((bin, count))
        }
      }
    }
    return slots
  }
}
