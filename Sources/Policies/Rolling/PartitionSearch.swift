import Stochastics

/// Moves hosts between waves until no wave breaks anything, by tabu search on conflicts.
struct PartitionSearch {
  private(set) var partition: WavePartition
  private var random: RandomStream
  /// Until which step a host may not return to a wave.
  private var forbiddenUntil: [Int]
  private var step = 0
  private let meter: WorkMeter

  /// Puts hosts into waves by their weight.
  init(
    _ frame: WavePartition.Frame, random: RandomStream, shake: Double, meter: WorkMeter
  ) {
    var random = random
    var partition = WavePartition(frame)
    partition.fill(&random, shake: shake)
    self.partition = partition
    self.random = random
    self.meter = meter
    forbiddenUntil = [Int](repeating: 0, count: frame.zone.hostCount * frame.waves)
  }

  private struct Candidate {
    var host: Int
    var other: Int
    var from: Int
    var to: Int
    var gain: Double

    var first: WavePartition.Change {
      WavePartition.Change(wave: from, leaving: host, entering: other)
    }
    var second: WavePartition.Change {
      WavePartition.Change(wave: to, leaving: other, entering: host)
    }
  }

  /// A host that went from one wave to another.
  struct Transfer {
    var host: Int
    var from: Int
    var to: Int
  }

  /// Waves that break something that is known without packing.
  var brokenWaves: [Int] {
    partition.costs.indices.filter { partition.costs[$0].violation > 0 }
  }

  /// Makes the best change for a wave by what is known without packing.
  mutating func mend(_ wave: Int) -> [Transfer] {
    step += 1
    guard let best = candidates(from: wave).min(by: { $0.gain < $1.gain }) else { return [] }
    return apply(best)
  }

  /// Makes the best change for a wave that did not pack, after trying the sets it would make.
  mutating func mendPacking(_ wave: Int, _ oracle: inout SetOracle) -> [Transfer] {
    step += 1
    return bestPacked(from: wave, &oracle).map { apply($0) } ?? []
  }

  /// Puts all hosts where another search has them.
  mutating func adopt(_ sets: [[Int]]) {
    for (wave, hosts) in sets.enumerated() {
      for host in hosts where partition.waveOf[host] != wave { partition.put(host, into: wave) }
    }
  }

  /// Notes that another zone takes a host out in a wave, or no longer does.
  mutating func noteOther(
    stopping stopped: [(group: Int, members: Int)], wave: Int, isOut: Bool
  ) {
    partition.noteOther(stopping: stopped, wave: wave, isOut: isOut)
  }

  /// The best of the most promising changes after their sets were tried.
  private mutating func bestPacked(from wave: Int, _ oracle: inout SetOracle) -> Candidate? {
    let promising = candidates(from: wave).sorted { $0.gain < $1.gain }
    var best: Candidate?
    var tried = 0
    for candidate in promising where candidate.gain < 0.2 {
      if tried >= 24 { break }
      tried += 1
      var candidate = candidate
      candidate.gain +=
        penalty(partition.set(candidate.first), &oracle)
        + penalty(partition.set(candidate.second), &oracle)
        - penalty(partition.sets[candidate.from], &oracle)
        - penalty(partition.sets[candidate.to], &oracle)
      if candidate.gain < best?.gain ?? .infinity { best = candidate }
    }
    return best ?? promising.first
  }

  private func penalty(_ set: [Int], _ oracle: inout SetOracle) -> Double {
    let verdict = oracle.verdict(set, trials: 4)
    if oracle.accepts(verdict) { return 0 }
    if verdict.isPacked { return 0.01 * Double(verdict.strained) }
    return 0.05 + min(1, Double(verdict.missing) / Double(1 << 24))
  }

  private mutating func candidates(from wave: Int) -> [Candidate] {
    var list: [Candidate] = []
    let hosts = partition.sets[wave]
    let waves = partition.sets.count
    let all = hosts.count * (partition.frame.due.count - hosts.count + waves)
    let keep = min(1, 600 / Double(max(1, all)))
    let old = partition.costs[wave].total
    for host in hosts {
      for to in 0..<waves where to != wave && !isForbidden(host, to) {
        let before = old + partition.costs[to].total
        for other in [-1] + partition.sets[to] {
          if keep < 1, random.uniform() > keep { continue }
          if other >= 0, isForbidden(other, wave) { continue }
          var candidate = Candidate(host: host, other: other, from: wave, to: to, gain: 0)
          candidate.gain =
            partition.cost(candidate.first).total + partition.cost(candidate.second).total
            - before
          meter.work += 2 * partition.frame.rows.count
          list.append(candidate)
        }
      }
    }
    return list
  }

  private func isForbidden(_ host: Int, _ wave: Int) -> Bool {
    forbiddenUntil[host * partition.sets.count + wave] > step
  }

  private mutating func apply(_ candidate: Candidate) -> [Transfer] {
    var transfers = [Transfer(host: candidate.host, from: candidate.from, to: candidate.to)]
    let waves = partition.sets.count
    let tenure = 3 + random.integer(below: 6)
    partition.put(candidate.host, into: candidate.to)
    forbiddenUntil[candidate.host * waves + candidate.from] = step + tenure
    if candidate.other >= 0 {
      partition.put(candidate.other, into: candidate.from)
      forbiddenUntil[candidate.other * waves + candidate.to] = step + tenure
      transfers.append(Transfer(host: candidate.other, from: candidate.to, to: candidate.from))
    }
    return transfers
  }
}
