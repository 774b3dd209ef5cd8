/// Everything that is wrong with a model of dependencies.
package struct DependencyError: Error, Equatable, Sendable {
  /// The problems, at least one, in the order of the parts.
  package let problems: [DependencyProblem]
}

/// Something wrong with a model of dependencies; parts are named by their places in the list.
package enum DependencyProblem: Equatable, Sendable {
  /// Another part, or the facility of a zone, has the same name.
  case duplicateName(part: Int)
  /// It needs something that is no part.
  case unknownNeed(part: Int, need: Int)
  /// It needs something of which there are many in each of its domain.
  case narrowerNeed(part: Int, need: Int)
  /// It needs more members than it has, or fewer than one.
  case neededOutOfRange(part: Int)
  /// It needs more of other parts than there are, or fewer than one.
  case needsOutOfRange(part: Int, available: Int)
  /// Parts that need one another in a ring, by name; the first is named by its place, too.
  case cycle(part: Int, names: [String])
  /// A zone without a facility and without any part that brings power.
  case noPower(zone: Int)
}

extension DependencyModel {
  /// What is wrong with it.
  var problems: [DependencyProblem] {
    var problems: [DependencyProblem] = []
    let places = Dictionary(
      parts.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    for (place, part) in parts.enumerated() {
      if places[part.name] != place || part.name == DependencyPart.facility {
        problems.append(.duplicateName(part: place))
      }
      if part.needed < 1 || part.needed > part.count {
        problems.append(.neededOutOfRange(part: place))
      }
      problems += needProblems(place, places)
    }
    if problems.isEmpty { problems += cycle(places).map { [$0] } ?? [] }
    for (place, zone) in zones.enumerated() where zone.tier == nil {
      let hasPower = parts.contains { $0.kind.isPower && serves($0, zone: place) }
      if !hasPower { problems.append(.noPower(zone: place)) }
    }
    return problems
  }

  private func needProblems(_ place: Int, _ places: [String: Int]) -> [DependencyProblem] {
    let part = parts[place]
    var problems: [DependencyProblem] = []
    var available = 0
    for (number, name) in part.needs.enumerated() {
      let isFacility = name == DependencyPart.facility
      guard isFacility || places[name] != nil else {
        problems.append(.unknownNeed(part: place, need: number))
        continue
      }
      let domain = isFacility ? .zone : places[name].map { parts[$0].domain } ?? .zone
      if domain > part.domain, domain > .zone {
        problems.append(.narrowerNeed(part: place, need: number))
      }
      available += domain > part.domain ? leastZones(of: part) : 1
    }
    if let least = part.needsAtLeast, problems.isEmpty, least < 1 || least > available {
      problems.append(.needsOutOfRange(part: place, available: available))
    }
    return problems
  }

  /// The least number of zones that an instance of a wide part stands over.
  private func leastZones(of part: DependencyPart) -> Int {
    let served = zones.indices.filter { serves(part, zone: $0) }
    guard part.domain == .region else { return served.count }
    return Dictionary(grouping: served) { zones[$0].region }.values.map(\.count).min() ?? 0
  }

  /// A ring of needs, found by walking from each part in turn.
  private func cycle(_ places: [String: Int]) -> DependencyProblem? {
    var isDone = [Bool](repeating: false, count: parts.count)
    for start in parts.indices {
      var path: [Int] = []
      if let ring = ring(from: start, places, &path, &isDone) {
        return .cycle(part: ring[0], names: ring.map { parts[$0].name })
      }
    }
    return nil
  }

  private func ring(
    from place: Int, _ places: [String: Int], _ path: inout [Int], _ isDone: inout [Bool]
  ) -> [Int]? {
    if let start = path.firstIndex(of: place) { return Array(path[start...]) }
    if isDone[place] { return nil }
    path.append(place)
    for name in parts[place].needs {
      guard let next = places[name] else { continue }
      if let ring = ring(from: next, places, &path, &isDone) { return ring }
    }
    path.removeLast()
    isDone[place] = true
    return nil
  }
}
