package import CloudModel
package import Stochastics

/// A demand that is drawn from a model.
///
/// Instants, types and lives have streams of their own and are drawn in the order of arrival, so
/// that a change of one leaves the others as they were. A daily pattern is made by thinning: bursts
/// come at the rate of the busiest hour and are kept with the factor of theirs over its factor.
///
/// **Complexity**: O(log types) for an arrival; memory for the VMs that will be resized, and none
/// for others.
/// **Source**: Lewis and Shedler, Simulation of nonhomogeneous Poisson processes by thinning, 1979.
package struct DemandGenerator: DemandSource {
  /// The types of requests.
  package let requests: [PlacementRequest]

  private let model: DemandModel
  private let types: EmpiricalTable
  private let peak: Double
  private let end: Int64
  private var arrivals: RandomStream
  private var bursts: RandomStream
  private var sizes: RandomStream
  private var lives: RandomStream
  private var resizes: ResizeQueue
  /// Seconds at which the burst last drawn arrives.
  private var clock = 0.0
  private var burstTime: Int64 = 0
  private var left = 0

  /// A demand of a replication.
  ///
  /// **Errors**: `StochasticsError` for weights of which no distribution can be made.
  package init(
    _ model: DemandModel, requests: [PlacementRequest], seed: UInt64, replication: UInt64
  ) throws(StochasticsError) {
    precondition(
      model.weights.count == requests.count, "Each type of request must have a weight.")
    precondition(
      model.daily.isEmpty || model.daily.count == 24, "A day has a factor for each hour.")
    if !(model.perHour > 0) { throw .badParameter(name: "per_hour", value: model.perHour) }
    func stream(_ purpose: Purpose, _ subject: UInt64 = 0) -> RandomStream {
      RandomStream(seed: seed, replication: replication, purpose: purpose, subject: subject)
    }
    types = try EmpiricalTable(
      values: model.weights.indices.map(Double.init), weights: model.weights)
    peak = model.daily.max() ?? 1
    if !(peak > 0) { throw .badParameter(name: "daily", value: peak) }
    self.model = model
    self.requests = requests
    end = model.until ?? .max
    arrivals = stream(.arrivals)
    bursts = stream(.arrivals, 1)
    sizes = stream(.sizes)
    lives = stream(.lifetimes)
    resizes = ResizeQueue(
      gap: model.resizesPerHour > 0 ? 3600 / model.resizesPerHour : nil, until: end, seed: seed,
      replication: replication)
    drawBurst()
  }

  /// Puts the next events into an emptied block.
  package mutating func fill(_ block: inout DemandBlock) throws(DemandError) {
    while block.count < block.limit {
      if let next = resizes.nextTime, next <= burstTime {
        if next >= end { return }
        if let key = resizes.take() {
          block.append(time: next, kind: .resize, request: type(from: &resizes[key]), key: key)
        }
      } else if burstTime < end {
        arrive(&block)
      } else {
        return
      }
    }
  }

  private mutating func arrive(_ block: inout DemandBlock) {
    let life = drawnLife()
    block.append(
      time: burstTime, kind: .arrival, request: type(from: &sizes), life: life,
      key: resizes.insert(at: burstTime, life: life))
    left -= 1
    if left == 0 { drawBurst() }
  }

  private mutating func drawBurst() {
    repeat {
      clock += arrivals.exponential(mean: 3600 / (model.perHour * peak))
      if clock * 1_000_000 >= 4e18 {
        burstTime = .max
        return
      }
    } while !isKept()
    burstTime = Int64((clock * 1_000_000).rounded())
    left = 1
    if let burst = model.burst {
      left = Int(min(max(burst.sample(from: &bursts).rounded(), 1), 1_000_000))
    }
  }

  /// Whether the hour of a burst is busy enough for it.
  private mutating func isKept() -> Bool {
    if model.daily.isEmpty || burstIsLate { return true }
    let hour = Int(clock / 3600) % 24
    return arrivals.uniform() <= model.daily[hour] / peak
  }

  /// Whether the burst lies beyond the end, where nothing needs to be drawn.
  private var burstIsLate: Bool { clock * 1_000_000 >= Double(end) }

  private func type(from stream: inout RandomStream) -> Int32 {
    Int32(types.quantile(stream.openUniform()))
  }

  private mutating func drawnLife() -> Int64 {
    guard let life = model.life else { return -1 }
    return Int64(min(max(life.sample(from: &lives) * 1_000_000, 0), 4e18).rounded())
  }
}
