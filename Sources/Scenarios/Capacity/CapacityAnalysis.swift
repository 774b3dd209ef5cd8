import CloudModel
import Policies

/// Counts how many more VMs fit: flavor by flavor, and batches of a mix.
package enum CapacityAnalysis {
  /// The answer to a question.
  package static func answer(_ question: CapacityQuestion) -> CapacityAnswer {
    var count = CapacityCount(question)
    count.countNow()
    for loss in question.losses { count.countAfter(loss) }
    return count.answer
  }
}

/// The work on one answer.
private struct CapacityCount {
  let question: CapacityQuestion
  let model: CapacityModel
  /// All zones together, then each if there are several.
  let scopes: [Scope]
  /// For each flavor of the question and each bin how many VMs it takes now.
  let copies: [[Int]]
  var answer: CapacityAnswer

  /// A part of the cloud that rows are about.
  struct Scope {
    let zone: Int?
    let bins: [Int]
  }

  init(_ question: CapacityQuestion) {
    self.question = question
    let model = CapacityModel(of: question.cloud)
    self.model = model
    let cloud = question.cloud
    var scopes = [Scope(zone: nil, bins: Array(model.hosts.indices))]
    if cloud.zones.count > 1 {
      scopes += cloud.zones.indices.map { zone in
        Scope(
          zone: zone, bins: model.hosts.indices.filter { cloud.hosts.zone[model.hosts[$0]] == zone }
        )
      }
    }
    self.scopes = scopes
    copies = question.flavors.map { flavor in
      model.hosts.indices.map { model.copies(ofFlavor: flavor, inBin: $0, free: model.free[$0]) }
    }
    answer = CapacityAnswer(
      name: question.name,
      mix: question.mix.map { (cloud.flavors[$0.flavor].name, $0.count) },
      isMixFromCloud: question.isMixFromCloud, rows: [], witness: [])
  }

  private var mix: [(flavor: Int, count: Int)] { question.mix.map { ($0.flavor, $0.count) } }

  private func zoneName(_ scope: Scope) -> String? {
    scope.zone.map { question.cloud.zones[$0].name }
  }

  mutating func countNow() {
    for (index, flavor) in question.flavors.enumerated() {
      for scope in scopes {
        let value = scope.bins.reduce(0) { $0 + copies[index][$1] }
        let problem = model.problem([(flavor, 1)], bins: scope.bins, free: model.free)
        answer.rows.append(
          .init(
            flavor: question.cloud.flavors[flavor].name, zone: zoneName(scope), now: value,
            nowBound: value, greedy: value,
            limiting: problem.limitingResource.map(model.name(ofResource:))))
      }
    }
    guard !question.mix.isEmpty else { return }
    for scope in scopes {
      let problem = model.problem(mix, bins: scope.bins, free: model.free)
      var options = HeadroomOptions()
      options.workLimit = 20_000_000
      let result = problem.solve(options)
      if scope.zone == nil { answer.witness = witness(result, scope) }
      answer.rows.append(
        .init(
          flavor: nil, zone: zoneName(scope), now: result.value, nowBound: result.bound,
          greedy: result.greedy, limiting: problem.limitingResource.map(model.name(ofResource:))))
    }
  }

  private func witness(_ result: HeadroomResult, _ scope: Scope) -> [CapacityAnswer.Witness] {
    var rows: [(host: Int, flavor: Int, count: Int)] = []
    for (part, placements) in zip(mix, result.placements) {
      rows += placements.map { (model.hosts[scope.bins[$0.bin]], part.flavor, $0.count) }
    }
    rows.sort { ($0.host, $0.flavor) < ($1.host, $1.flavor) }
    return rows.map { row in
      .init(
        host: question.cloud.hosts.names[row.host],
        flavor: question.cloud.flavors[row.flavor].name, count: row.count)
    }
  }

  /// The worst case for one row so far.
  private struct Worst {
    var value: Int
    var unplaced: Int
    var index: Int

    /// Fewer that fit are worse, then more VMs without a place, then what comes first.
    static func < (left: Self, right: Self) -> Bool {
      (left.value, -left.unplaced, left.index) < (right.value, -right.unplaced, right.index)
    }
  }

  /// How many cases are solved for the mix; which ones is decided by a bound of all.
  private static let solvedCases = 4

  mutating func countAfter(_ loss: CapacityQuestion.Loss) {
    let cases = LossCase.cases(of: loss, model)
    var worst = [Worst?](repeating: nil, count: answer.rows.count)
    var tightest = [[(bound: Int, index: Int)]](repeating: [], count: scopes.count)
    for (index, lost) in cases.enumerated() {
      let recovery = model.recovery(losing: lost.hosts)
      noteFlavors(recovery, lost, index, &worst)
      guard !mix.isEmpty else { continue }
      for (place, scope) in scopes.enumerated() where isMeant(scope, lost) {
        let bound = model.problem(mix, bins: scope.bins, free: recovery.free).sumBound
        tightest[place].append((bound, index))
        tightest[place].sort { $0 < $1 }
        if tightest[place].count > Self.solvedCases { tightest[place].removeLast() }
      }
    }
    let firstMixRow = answer.rows.count - scopes.count
    for (place, candidates) in tightest.enumerated() where !mix.isEmpty {
      worst[firstMixRow + place] = worstMix(scopes[place], candidates, cases)
    }
    for row in answer.rows.indices {
      answer.rows[row].setAfterLoss(
        worst[row].map {
          .init(value: $0.value, name: cases[$0.index].name, unplaced: $0.unplaced)
        }, loss.kind)
    }
  }

  /// A row about a zone says nothing about its own loss, after which nothing is left there.
  private func isMeant(_ scope: Scope, _ lost: LossCase) -> Bool {
    scope.zone == nil || scope.zone != lost.zone
  }

  private func noteFlavors(
    _ recovery: Recovery, _ lost: LossCase, _ index: Int, _ worst: inout [Worst?]
  ) {
    for (place, flavor) in question.flavors.enumerated() {
      for (number, scope) in scopes.enumerated() where isMeant(scope, lost) {
        let row = place * scopes.count + number
        var value = answer.rows[row].now
        for bin in recovery.changed
        where scope.zone == nil || question.cloud.hosts.zone[model.hosts[bin]] == scope.zone {
          value +=
            model.copies(ofFlavor: flavor, inBin: bin, free: recovery.free[bin])
            - copies[place][bin]
        }
        let found = Worst(value: value, unplaced: recovery.unplaced, index: index)
        if worst[row].map({ found < $0 }) ?? true { worst[row] = found }
      }
    }
  }

  private func worstMix(
    _ scope: Scope, _ candidates: [(bound: Int, index: Int)], _ cases: [LossCase]
  ) -> Worst? {
    var options = HeadroomOptions()
    options.repairs = false
    var worst: Worst?
    for candidate in candidates {
      // What may hold no less than the worst so far by its bound may still hold less in whole.
      let recovery = model.recovery(losing: cases[candidate.index].hosts)
      let value = model.problem(mix, bins: scope.bins, free: recovery.free).solve(options).value
      let found = Worst(value: value, unplaced: recovery.unplaced, index: candidate.index)
      if worst.map({ found < $0 }) ?? true { worst = found }
    }
    return worst
  }
}

/// Hosts that are lost together.
private struct LossCase {
  let name: String
  let hosts: [Int]
  /// The zone, where all of it is lost.
  var zone: Int?

  /// The cases of a loss; hosts that are equal in room, pool and VMs are one, the first of them.
  static func cases(of loss: CapacityQuestion.Loss, _ model: CapacityModel) -> [LossCase] {
    let cloud = model.cloud
    let all: [LossCase]
    switch loss.kind {
    case .host:
      var seen: Set<[Int64]> = []
      all = (0..<cloud.hosts.count).compactMap { host in
        guard cloud.hosts.state[host] != .down else { return nil }
        let name = cloud.hosts.names[host]
        if loss.name == nil, !seen.insert(model.lossKey(of: host)).inserted { return nil }
        return LossCase(name: name, hosts: [host])
      }
    case .rack:
      all = cloud.racks.indices.compactMap { rack in
        let hosts = (0..<cloud.hosts.count).filter { cloud.hosts.rack[$0] == rack }
        return hosts.isEmpty ? nil : LossCase(name: cloud.racks[rack].name, hosts: hosts)
      }
    case .zone:
      all = cloud.zones.indices.compactMap { zone in
        let hosts = (0..<cloud.hosts.count).filter { cloud.hosts.zone[$0] == zone }
        return hosts.isEmpty
          ? nil : LossCase(name: cloud.zones[zone].name, hosts: hosts, zone: zone)
      }
    }
    return loss.name.map { name in all.filter { $0.name == name } } ?? all
  }
}
