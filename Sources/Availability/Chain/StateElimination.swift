/// The stationary distribution of an irreducible chain, by eliminating one state after the other.
///
/// No number is ever subtracted, so that the share of the rarest state keeps its digits. States with
/// few neighbours go first, which keeps a sparse chain sparse.
///
/// **Source**: Grassmann, Taksar, Heyman, Operations Research 33(5), 1985.
struct StateElimination {
  private struct Entry {
    var state: Int
    var rate: Double
  }

  private struct Step {
    var state: Int
    /// The states it was entered from, with the share of each's probability that it gets.
    var sources: [Entry]
  }

  private var leaving: [[Entry]]
  private var entering: [[Int]]
  private var work = 0

  /// Multiplications that are allowed; some seconds.
  static let workLimit = 2_000_000_000

  /// The rates between states that are numbered from 0; the same pair may come several times.
  init(stateCount: Int, _ rates: [(from: Int, to: Int, rate: Double)]) {
    leaving = Array(repeating: [], count: stateCount)
    entering = Array(repeating: [], count: stateCount)
    for (from, to, rate) in rates where rate > 0 && from != to {
      leaving[from].append(Entry(state: to, rate: rate))
    }
    for state in leaving.indices {
      leaving[state] = Self.merged(leaving[state])
      for entry in leaving[state] { entering[entry.state].append(state) }
    }
  }

  /// The shares of time, which add to one; nil if the work would be too much.
  ///
  /// `last` is eliminated last and should be a frequent state.
  mutating func shares(last: Int) -> [Double]? {
    var waiting = StateHeap()
    for state in leaving.indices where state != last { waiting.insert(state, size(of: state)) }
    var isGone = [Bool](repeating: false, count: leaving.count)
    var steps: [Step] = []
    while let next = waiting.popLeast() {
      if isGone[next.state] { continue }
      let size = size(of: next.state)
      if size > next.size {
        waiting.insert(next.state, size)
        continue
      }
      work += size
      if work > Self.workLimit { return nil }
      isGone[next.state] = true
      steps.append(eliminate(next.state))
    }
    var shares = [Double](repeating: 0, count: leaving.count)
    shares[last] = 1
    for step in steps.reversed() {
      shares[step.state] = step.sources.reduce(0) { $0 + shares[$1.state] * $1.rate }
    }
    let sum = shares.sorted().reduce(0, +)
    return shares.map { $0 / sum }
  }

  private func size(of state: Int) -> Int { leaving[state].count * entering[state].count }

  /// Lets the chain pass by a state: whoever entered it enters what it leads to.
  private mutating func eliminate(_ state: Int) -> Step {
    let targets = leaving[state]
    let total = targets.map(\.rate).sorted().reduce(0, +)
    var sources: [Entry] = []
    for source in entering[state].sorted() {
      guard let place = leaving[source].firstIndex(where: { $0.state == state }) else { continue }
      let share = leaving[source].remove(at: place).rate / total
      sources.append(Entry(state: source, rate: share))
      let added = targets.filter { $0.state != source }.map {
        Entry(state: $0.state, rate: share * $0.rate)
      }
      let known = Set(leaving[source].map(\.state))
      for entry in added where !known.contains(entry.state) {
        entering[entry.state].append(source)
      }
      leaving[source] = Self.merged(leaving[source] + added)
    }
    for target in targets { entering[target.state].removeAll { $0 == state } }
    return Step(state: state, sources: sources)
  }

  /// Entries in the order of their states, those of one state added.
  private static func merged(_ entries: [Entry]) -> [Entry] {
    var result: [Entry] = []
    for entry in entries.sorted(by: { ($0.state, $0.rate) < ($1.state, $1.rate) }) {
      if result.last?.state == entry.state {
        result[result.count - 1].rate += entry.rate
      } else {
        result.append(entry)
      }
    }
    return result
  }
}

/// States by size, the least first, equal sizes by number.
private struct StateHeap {
  private var items: [(size: Int, state: Int)] = []

  mutating func insert(_ state: Int, _ size: Int) {
    items.append((size, state))
    var place = items.count - 1
    while place > 0, items[place] < items[(place - 1) / 2] {
      items.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popLeast() -> (size: Int, state: Int)? {
    guard let least = items.first, let last = items.popLast() else { return nil }
    if items.isEmpty { return least }
    items[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < items.count && items[child] < items[least] {
        least = child
      }
      if least == place { break }
      items.swapAt(place, least)
      place = least
    }
    return least
  }
}
