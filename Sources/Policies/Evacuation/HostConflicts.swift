import CloudModel

/// Which of the hosts to empty should not be out together: those that hold members of one group
/// that keeps its members apart (hard anti-affinity) or keeps some of them running (a minimum).
struct HostConflicts {
  /// For each host, by its place in the list, the places of those it conflicts with, ascending.
  let neighbours: [[Int]]

  /// The conflicts of some hosts, in the order given.
  ///
  /// **Complexity**: O(VMs + groups x (hosts to empty)^2).
  init(of hosts: [Int], in cloud: Cloud) {
    let placeOfHost = Dictionary(uniqueKeysWithValues: hosts.enumerated().map { ($1, $0) })
    var placesOfGroup = [Set<Int>](repeating: [], count: cloud.groups.count)
    for vm in 0..<cloud.vms.count {
      let group = cloud.vms.group[vm]
      guard group >= 0, let place = placeOfHost[cloud.vms.host[vm]] else { continue }
      placesOfGroup[group].insert(place)
    }
    var neighbours = [Set<Int>](repeating: [], count: hosts.count)
    for (group, places) in zip(cloud.groups, placesOfGroup)
    where group.policy == .antiAffinity || group.minimumRunning != nil {
      for place in places { neighbours[place].formUnion(places.subtracting([place])) }
    }
    self.neighbours = neighbours.map { $0.sorted() }
  }

  /// Sets of places without a conflict inside, the largest first, of equal ones that of the first
  /// host; within a set ascending.
  ///
  /// Next comes the host whose neighbours have most colours, of equal ones that with most
  /// neighbours, of equal ones the first; it gets the least colour that none of its neighbours has.
  ///
  /// **Complexity**: O(hosts^2).
  ///
  /// **Source**: Brélaz's heuristic (DSATUR).
  func colouring() -> [[Int]] {
    var colour = [Int?](repeating: nil, count: neighbours.count)
    var seen = [Set<Int>](repeating: [], count: neighbours.count)
    var sets: [[Int]] = []
    while let next = neighbours.indices.filter({ colour[$0] == nil }).max(by: { first, second in
      (seen[first].count, neighbours[first].count, -first)
        < (seen[second].count, neighbours[second].count, -second)
    }) {
      let least = (0...sets.count).first { !seen[next].contains($0) } ?? sets.count
      colour[next] = least
      if least == sets.count { sets.append([]) }
      sets[least].append(next)
      for neighbour in neighbours[next] { seen[neighbour].insert(least) }
    }
    return sets.map { $0.sorted() }
      .sorted { (-$0.count, $0[0]) < (-$1.count, $1[0]) }
  }
}
