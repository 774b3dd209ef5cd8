import Stochastics

/// How hosts and VMs are weighed against each other when VMs are packed one after the other.
struct PackingStyle: Sendable {
  /// What a unit of each resource counts; larger for what is short.
  var weights: [Int]
  /// Size of each shape: large ones are placed first.
  var size: [Int]
  /// Added to what a host has left; the host with the least sum takes the VM.
  var bias: [Int]
  /// Whether hosts are filled one after the other, each with the shapes that go best with what it
  /// has left, instead of VM after VM being given a host.
  var fillsHosts = false
  /// So many of the largest VMs prefer the hosts that the others avoid by `bias`.
  var largeCount = 0
  /// The bias for those VMs.
  var largeBias: [Int] = []

  /// Weights are multiples of this share of an average host.
  private static let scale = 1 << 20

  /// Added to the size of shapes that few hosts can take; more than any volume.
  static let rarity = scale * 64

  /// What the VMs of a shape take, weighed.
  func volume(_ shape: Int) -> Int { size[shape] & (Self.rarity - 1) }

  /// Several styles for a zone: by the resource that is fullest, by all as full as they are, and
  /// by all alike.
  static func basic(_ zone: RollingZone) -> [PackingStyle] {
    let resources = zone.resourceCount
    var used = [Double](repeating: 0, count: resources)
    var offered = used
    var offering = [Int](repeating: 0, count: resources)
    for vm in zone.vms.indices {
      for resource in 0..<resources {
        used[resource] += Double(zone.demand[zone.shape[vm] * resources + resource])
      }
    }
    for host in 0..<zone.hostCount {
      for resource in 0..<resources where zone.capacity[host * resources + resource] > 0 {
        offered[resource] += Double(zone.capacity[host * resources + resource])
        offering[resource] += 1
      }
    }
    let fill = (0..<resources).map { used[$0] / max(1, offered[$0]) }
    let isRare = offering.map { $0 * 2 < zone.hostCount }
    let fullest = (0..<resources).max { left, right in
      (isRare[left] ? -1 : fill[left], right) < (isRare[right] ? -1 : fill[right], left)
    }
    let shares: [(Int) -> Double] = [
      { $0 == fullest ? 1 : 0.05 * fill[$0] }, { fill[$0] * fill[$0] }, { _ in 1 },
    ]
    return shares.map { share in
      let weights = (0..<resources).map { resource -> Int in
        let average = offered[resource] / Double(max(1, offering[resource]))
        guard average > 0, !isRare[resource] else { return 0 }
        return max(1, Int(share(resource) * Double(scale) * 16 / average))
      }
      return PackingStyle(weights, zone, isRare)
    }
  }

  private init(_ weights: [Int], _ zone: RollingZone, _ isRare: [Bool]) {
    self.weights = weights
    let resources = zone.resourceCount
    bias = [Int](repeating: 0, count: zone.hostCount)
    size = (0..<zone.demand.count / max(1, resources)).map { shape in
      var sum = 0
      for resource in 0..<resources {
        let need = zone.demand[shape * resources + resource]
        sum += need * weights[resource]
        // What few hosts can take goes first.
        if isRare[resource], need > 0 { sum += Self.rarity }
      }
      return sum
    }
  }

  /// The style that fills one host after the other.
  var filling: PackingStyle {
    var style = self
    style.fillsHosts = true
    style.largeCount = 0
    return style
  }

  /// The style with sizes and hosts shaken by up to a share of themselves.
  func shaken(by share: Double, _ random: inout RandomStream) -> PackingStyle {
    var style = self
    for shape in size.indices {
      style.size[shape] = Int(Double(size[shape]) * (1 + share * (random.uniform() - 0.5)))
    }
    for host in bias.indices {
      style.bias[host] += Int(share * Double(Self.scale) * 2 * random.uniform())
    }
    return style
  }
}
