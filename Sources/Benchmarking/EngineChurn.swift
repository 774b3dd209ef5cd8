package import CloudModel
import Glibc
package import Simulator
import Stochastics

/// VMs that come and go on a cloud that is 70 % full: Poisson arrivals, exponential lives of an hour
/// on average, eight flavors equally often.
///
/// Generated on the way, so that a demand of any length needs the memory of one block. The draws of
/// VM i are the outputs a, b and c of SplitMix64 at the counters 3i+1, 3i+2 and 3i+3 from the seed:
/// a gives the gap to the arrival before, b the life, the top three bits of c the flavor. With
/// zones, bits 32 to 47 of c give the zone and bits 16 to 31 whether the trait is asked for.
package struct EngineChurn: DemandSource {
  /// Virtual CPUs and GiB of the flavors.
  static let flavors: [(cores: Int32, gibibytes: Int32)] = [
    (1, 2), (1, 4), (2, 4), (2, 8), (4, 8), (4, 16), (8, 16), (8, 32),
  ]
  private static let meanLifeMilliseconds = 3_600_000.0
  private static let meanCores = 3.75
  private static let fill = 0.7

  /// The types of requests.
  package let requests: [PlacementRequest]
  private let count: Int
  private let seed: UInt64
  private let zones: UInt64
  private let meanGap: Double
  private var index = 0
  private var time = 0.0

  /// So many VMs on hosts with so many virtual CPUs in all; without zones nobody asks for one, with
  /// zones everybody does and one VM in a hundred asks for trait 0.
  package init(vms: Int, cores: Int, seed: UInt64, zones: Int = 0) {
    count = vms
    self.seed = seed
    self.zones = UInt64(zones)
    meanGap = 3.6e9 / (Self.fill * Double(cores) / Self.meanCores)
    requests = Self.requests(zones: zones)
  }

  /// The flavors; with zones the flavors of each zone without and with the trait.
  private static func requests(zones: Int) -> [PlacementRequest] {
    (0..<max(1, zones)).flatMap { zone in
      (0..<(zones > 0 ? 2 : 1)).flatMap { trait in
        flavors.enumerated().map { index, flavor in
          PlacementRequest(
            milliCPU: flavor.cores * 1000, memoryMiB: flavor.gibibytes * 1024,
            zone: zones > 0 ? Int32(zone) : -1, requiredTraits: UInt64(trait),
            flavor: Int32(index))
        }
      }
    }
  }

  /// The next VMs.
  package mutating func fill(_ block: inout DemandBlock) {
    let added = min(count - index, block.limit)
    block.times.append(contentsOf: repeatElement(0, count: added))
    block.kinds.append(contentsOf: repeatElement(.arrival, count: added))
    block.requests.append(contentsOf: repeatElement(0, count: added))
    block.lives.append(contentsOf: repeatElement(0, count: added))
    block.keys.append(contentsOf: repeatElement(-1, count: added))
    draw(added, times: &block.times, requests: &block.requests, lives: &block.lives)
  }

  /// Fills the columns of a block; they come one by one, each as a span.
  private mutating func draw(
    _ added: Int, times: inout [Int64], requests: inout [Int32], lives: inout [Int64]
  ) {
    var times = times.mutableSpan
    var requests = requests.mutableSpan
    var lives = lives.mutableSpan
    for place in 0..<added {
      let counter = 3 * UInt64(index)
      time += -log(Self.uniform(bits(counter + 1))) * meanGap
      let life = Int64(-log(Self.uniform(bits(counter + 2))) * Self.meanLifeMilliseconds)
      times[place] = Int64(time)
      requests[place] = request(bits(counter + 3))
      lives[place] = life * 1000
      index += 1
    }
  }

  private func bits(_ counter: UInt64) -> UInt64 {
    RandomStream.mix(seed &+ counter &* 0x9e37_79b9_7f4a_7c15)
  }

  private static func uniform(_ bits: UInt64) -> Double { Double((bits >> 11) + 1) * 0x1p-53 }

  private func request(_ bits: UInt64) -> Int32 {
    let flavor = Int32(bits >> 61)
    guard zones > 0 else { return flavor }
    let zone = Int32(((bits >> 32 & 0xffff) * zones) >> 16)
    let trait: Int32 = bits >> 16 & 0xffff < 655 ? 1 : 0
    return (zone * 2 + trait) * Int32(Self.flavors.count) + flavor
  }
}
