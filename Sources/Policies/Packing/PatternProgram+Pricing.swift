import Optimization

extension PatternProgram {
  /// Adds the patterns of a packing, and returns for each pattern of the part how many bins have it.
  @discardableResult
  mutating func addPatterns(of state: PackingState, toPart number: Int) -> [Int] {
    let pool = parts[number].pool
    var uses = [Int](repeating: 0, count: parts[number].patterns.count)
    for shape in pool.shapes.indices {
      for bin in pool.binsOfShape[shape] {
        var counts = [Int](repeating: 0, count: pool.demands.count)
        for content in state.contents[bin] {
          guard let demand = demand(content.type, in: pool.pool),
            let position = pool.demands.firstIndex(of: demand)
          else { continue }
          counts[position] += content.count
        }
        if parts[number].countsReferences {
          counts[counts.count - 1] = instance.references(in: state.free, bin: bin)
        }
        guard counts.contains(where: { $0 > 0 }) else { continue }
        if addPattern(shape, counts, toPart: number) { uses.append(0) }
        if let index = parts[number].known[PatternKey(shape: shape, counts: counts)] {
          uses[index] += 1
        }
      }
    }
    return uses
  }

  /// Adds a pattern unless it is there already.
  private mutating func addPattern(_ shape: Int, _ counts: [Int], toPart number: Int) -> Bool {
    let key = PatternKey(shape: shape, counts: counts)
    guard counts.contains(where: { $0 > 0 }), parts[number].known[key] == nil else { return false }
    parts[number].known[key] = parts[number].patterns.count
    let bins = parts[number].pool.binsOfShape[shape].count
    let references = parts[number].countsReferences ? counts[counts.count - 1] : 0
    let variable = program.addVariable(
      .integer, upper: Double(bins), cost: hasTrueCosts ? Double(-references) : 0)
    program.add(1, variable, to: parts[number].shapeRows[shape])
    for (row, count) in zip(parts[number].demandRows, counts) where count > 0 {
      program.add(Double(-count), variable, to: row)
    }
    if references > 0 { program.add(Double(references), variable, to: referenceRow) }
    parts[number].patterns.append(Pattern(shape: shape, counts: counts, variable: variable))
    return true
  }

  /// Adds for each shape the pattern that is worth most at the prices of a relaxation, if that is
  /// more than the relaxation pays for a bin, raises the bound, and returns the number of patterns.
  ///
  /// At any prices of items, what the items are worth (no more than it costs to leave them out)
  /// less what the bins can hold at most has to stay out.
  mutating func addPatterns(duals: [Double]) -> Int {
    var added = 0
    var room: Int64 = 0
    var cheapest = [Int64](repeating: .max, count: total.count)
    let referencePrice = referencePrice(duals)
    for number in parts.indices {
      let pool = parts[number].pool
      let prices = parts[number].demandRows.map { row in scaled(-duals[row.index]) }
      room = room.addingSaturating(settleMembers(number, prices, duals, &cheapest))
      if pool.leavesOutBins || parts[number].isBlind { room = .max }
      let values = parts[number].countsReferences ? prices + [referencePrice] : prices
      guard values.contains(where: { $0 > 0 }), !pool.shapes.isEmpty else { continue }
      let table = pool.table(values)
      for shape in pool.shapes.indices {
        let size = pool.shapes[shape]
        let value = table[size.first, size.second]
        room = room.addingSaturating(value * Int64(pool.binsOfShape[shape].count))
        let paid = -duals[parts[number].shapeRows[shape].index] * Self.scale
        guard Double(value) > paid + 10 else { continue }
        let counts = table.counts(first: size.first, second: size.second)
        if addPattern(shape, counts, toPart: number) { added += 1 }
      }
    }
    let weightPrice = min(scaled(-duals[weightRow.index]), Int64(Self.excessCost * Self.scale))
    raiseBound(cheapest, room, weightPrice: weightPrice)
    return added
  }

  private func scaled(_ dual: Double) -> Int64 { Int64((max(0, dual) * Self.scale).rounded()) }

  private func referencePrice(_ duals: [Double]) -> Int64 {
    guard goal != .fewestLeft else { return 0 }
    return (hasTrueCosts ? Int64(Self.scale) : 0) + scaled(duals[referenceRow.index])
  }

  /// Notes what an item of each class costs at least in a pool, and returns what the resources that
  /// the patterns do not know are worth.
  private func settleMembers(
    _ number: Int, _ prices: [Int64], _ duals: [Double], _ cheapest: inout [Int64]
  ) -> Int64 {
    let others = parts[number].otherRows.map { (row: $0, price: scaled(-duals[$0.row.index])) }
    for member in parts[number].members {
      let price = others.reduce(prices[member.demand]) {
        $0.addingSaturating($1.price.multipliedSaturating(by: need(member, of: $1.row.resource)))
      }
      cheapest[member.number] = min(cheapest[member.number], price)
    }
    return others.reduce(Int64(0)) {
      $0.addingSaturating($1.price.multipliedSaturating(by: $1.row.room))
    }
  }

  private mutating func raiseBound(_ cheapest: [Int64], _ room: Int64, weightPrice: Int64) {
    guard hasTrueCosts, room < .max else { return }
    let (leftPrice, held): (Int64, Int64) =
      switch goal {
      case .fewestLeft: (Int64(Self.scale), 0)
      case .mostReferences(let left): (weightPrice, weightPrice * Int64(left))
      }
    let worth = classes.reduce(Int64(0)) { sum, number in
      let weight = Int64(instance.weight[instance.typesOfClass[number][0]]) * leftPrice
      return sum + Int64(total[number]) * min(weight, cheapest[number])
    }
    scaledBound = max(scaledBound ?? .min, worth - held - room)
  }
}
