import CloudModel
import Simulator

/// A `FairShare` beside the list of its flows, so that a plain solver can be asked the same.
struct SharedNetwork {
  var share: FairShare
  var capacities: [Double]
  var background: [Double]
  var flows: [(number: Int32, flow: PlainFilling.Flow)] = []

  init(_ capacities: [Double], _ method: SharingMethod, growthLimit: Int = 64) {
    share = FairShare(
      capacities: capacities.map { Bandwidth(bytesPerSecond: $0) }, method: method,
      growthLimit: growthLimit)
    self.capacities = capacities
    background = capacities.map { _ in 0 }
  }

  mutating func start(_ links: [Int], limit: Double = .infinity) {
    let number = share.start(
      FlowPath(links.map(Int32.init)), limit: Bandwidth(bytesPerSecond: limit))
    flows.append((number, PlainFilling.Flow(links: links, limit: limit)))
  }

  mutating func end(at index: Int) {
    share.end(flows.remove(at: index).number)
  }

  mutating func setLimit(_ limit: Double, at index: Int) {
    share.setLimit(Bandwidth(bytesPerSecond: limit), of: flows[index].number)
    flows[index].flow.limit = limit
  }

  mutating func setBackground(_ traffic: Double, of link: Int) {
    share.setBackground(Bandwidth(bytesPerSecond: traffic), of: Int32(link))
    background[link] = traffic
  }

  mutating func setCapacity(_ capacity: Double, of link: Int) {
    share.setCapacity(Bandwidth(bytesPerSecond: capacity), of: Int32(link))
    capacities[link] = capacity
  }

  /// Rates after settling, in the order in which the flows of the list were started.
  mutating func settledRates() -> [Double] {
    share.settle()
    return rates
  }

  var rates: [Double] { flows.map { share.rate(of: $0.number).bytesPerSecond } }

  var available: [Double] { zip(capacities, background).map { max(0, $0 - $1) } }

  var plainRates: [Double] { PlainFilling.rates(available, flows.map(\.flow)) }

  var quickRates: [Double] { PlainFilling.roundRates(available, flows.map(\.flow)) }
}
