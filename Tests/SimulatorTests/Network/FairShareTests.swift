import CloudModel
import Simulator
import Testing

/// Networks whose fair rates are found by hand.
@Suite struct FairShareTests {
  static let exact: [SharingMethod] = [.local, .component, .textbook]

  private func expect(_ found: [Double], _ wanted: [Double], _ note: Comment = "") {
    #expect(found.count == wanted.count)
    for (rate, value) in zip(found, wanted) {
      #expect(abs(rate - value) <= 1e-12 * max(1, value), note)
    }
  }

  @Test(arguments: exact)
  func `a dumbbell gives each flow a part of the middle`(method: SharingMethod) {
    // Links 0 to 2 go in, link 3 is the middle, links 4 to 6 go out.
    var network = SharedNetwork([10, 10, 2, 12, 10, 10, 10], method)
    for pair in 0..<3 { network.start([pair, 3, 4 + pair]) }
    expect(network.settledRates(), [5, 5, 2])
    network.end(at: 1)
    expect(network.settledRates(), [10, 2])
    network.start([1, 3, 5])
    expect(network.settledRates(), [5, 2, 5])
  }

  @Test(arguments: exact)
  func `a parking lot favours nobody on the narrow link`(method: SharingMethod) {
    // One flow over all three links, and one on each.
    var network = SharedNetwork([12, 6, 10], method)
    network.start([0, 1, 2])
    for link in 0..<3 { network.start([link]) }
    expect(network.settledRates(), [3, 9, 3, 7])
    network.start([1])
    expect(network.settledRates(), [2, 10, 2, 8, 2])
    network.end(at: 0)
    expect(network.settledRates(), [12, 3, 10, 3])
  }

  @Test(arguments: exact)
  func `what a limited flow leaves goes to the others`(method: SharingMethod) {
    var network = SharedNetwork([9, 100], method)
    network.start([0, 1], limit: 1)
    network.start([0, 1])
    network.start([0], limit: 4)
    expect(network.settledRates(), [1, 4, 4])
    network.setLimit(2, at: 2)
    expect(network.settledRates(), [1, 6, 2])
    network.setLimit(.infinity, at: 0)
    expect(network.settledRates(), [3.5, 3.5, 2])
    network.setLimit(0, at: 1)
    expect(network.settledRates(), [7, 0, 2])
  }

  @Test(arguments: exact)
  func `other traffic takes its part and gives it back`(method: SharingMethod) {
    var network = SharedNetwork([10, 8], method)
    network.start([0])
    network.start([0, 1])
    expect(network.settledRates(), [5, 5])
    network.setBackground(6, of: 1)
    expect(network.settledRates(), [8, 2])
    network.setBackground(50, of: 1)
    expect(network.settledRates(), [10, 0])
    network.setCapacity(53, of: 1)
    expect(network.settledRates(), [7, 3])
    network.setBackground(0, of: 1)
    expect(network.settledRates(), [5, 5])
  }

  @Test(arguments: exact)
  func `only flows with another rate are named`(method: SharingMethod) {
    var network = SharedNetwork([10, 10, 4], method)
    network.start([0])
    network.start([1])
    network.start([1, 2])
    network.share.settle()
    #expect(network.share.changedFlows.sorted() == network.flows.map(\.number).sorted())
    network.share.settle()
    #expect(network.share.changedFlows.isEmpty)
    network.end(at: 2)
    network.share.settle()
    #expect(network.share.changedFlows == [network.flows[1].number])
    network.start([0])
    let ended = network.flows[2].number
    network.end(at: 2)
    network.share.settle()
    #expect(network.share.changedFlows.isEmpty)
    #expect(network.share.rate(of: ended) == Bandwidth(bytesPerSecond: 0))
  }

  @Test func `equal parts are not max-min fair`() {
    var network = SharedNetwork([10, 2], .equalShare)
    network.start([0])
    network.start([0, 1])
    network.start([1])
    // The first could have 9, as the second gets 1 on the other link.
    expect(network.settledRates(), [5, 1, 1])
    expect(network.plainRates, [9, 1, 1])
  }
}
