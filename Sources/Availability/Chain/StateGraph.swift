/// Which state can follow which.
struct StateGraph {
  private var following: [[Int]]

  init(stateCount: Int, _ transitions: [MarkovChain.Transition]) {
    following = Array(repeating: [], count: stateCount)
    for transition in transitions where transition.ratePerHour > 0 {
      following[transition.from].append(transition.to)
    }
  }

  /// Which states can be reached from some, themselves included.
  func reached(from start: [Int]) -> [Bool] {
    var isReached = [Bool](repeating: false, count: following.count)
    for state in start { isReached[state] = true }
    var waiting = start
    while let state = waiting.popLast() {
      for next in following[state] where !isReached[next] {
        isReached[next] = true
        waiting.append(next)
      }
    }
    return isReached
  }

  /// The sets of states that the chain can enter from a start and never leaves, each ascending and
  /// all by their least states.
  ///
  /// **Complexity**: linear.
  ///
  /// **Source**: Tarjan, SIAM Journal on Computing 1(2), 1972, without recursion.
  func closedSets(from start: Int) -> [[Int]] {
    var index = [Int](repeating: -1, count: following.count)
    var least = index
    var component = index
    var stack: [Int] = []
    var path = [(state: start, next: 0)]
    var components: [[Int]] = []
    (index[start], least[start]) = (0, 0)
    var count = 1
    stack.append(start)
    while let last = path.last {
      let state = last.state
      if last.next < following[state].count {
        path[path.count - 1].next += 1
        let next = following[state][last.next]
        if index[next] < 0 {
          (index[next], least[next]) = (count, count)
          count += 1
          stack.append(next)
          path.append((next, 0))
        } else if component[next] < 0 {
          least[state] = min(least[state], index[next])
        }
        continue
      }
      path.removeLast()
      if let above = path.last { least[above.state] = min(least[above.state], least[state]) }
      guard least[state] == index[state] else { continue }
      var members: [Int] = []
      while let member = stack.popLast() {
        component[member] = components.count
        members.append(member)
        if member == state { break }
      }
      components.append(members.sorted())
    }
    return components.enumerated().filter { number, members in
      members.allSatisfy { following[$0].allSatisfy { component[$0] == number } }
    }.map(\.element).sorted { $0[0] < $1[0] }
  }
}
