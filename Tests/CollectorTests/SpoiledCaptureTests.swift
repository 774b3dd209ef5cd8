import Collector
import Scenarios
import Testing

/// Spoiled captures give a cloud or a `CollectorError`, never a crash.
@Suite struct SpoiledCaptureTests {
  /// SplitMix64, so that a seed repeats the damage.
  struct Damage: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let values = [
    "-1", "0", "9223372036854775807", "-9223372036854775808", "1e308", "1.5", "null", "\"\"",
    "[]", "{}", "true", "268435456", "1073741824", "99999999999999999999",
  ]

  /// Replaces a number by something else, or single bytes by others.
  private func spoil(_ body: String, with damage: inout Damage) -> String {
    var bytes = Array(body.utf8)
    let starts = bytes.indices.dropFirst().filter { index in
      (0x30...0x39).contains(bytes[index]) && bytes[index - 1] == 0x20
    }
    if Bool.random(using: &damage), let start = starts.randomElement(using: &damage) {
      let end = bytes[start...].firstIndex { !(0x2E...0x39).contains($0) } ?? bytes.endIndex
      bytes.replaceSubrange(
        start..<end, with: (Self.values.randomElement(using: &damage) ?? "0").utf8)
    } else if !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &damage)
      bytes[index] = UInt8.random(in: 0x20...0x7E, using: &damage)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: 0..<8) func spoiledCapturesDoNotCrash(seed: UInt64) throws {
    var damage = Damage(state: seed)
    for round in 0..<40 {
      var fixture = Fixture.small
      for _ in 0..<Int.random(in: 1...3, using: &damage) {
        guard let file = fixture.bodies.keys.sorted().randomElement(using: &damage) else {
          continue
        }
        fixture.bodies[file] = spoil(fixture.bodies[file] ?? "", with: &damage)
      }
      do {
        let cloud = try fixture.collect()
        // What was taken is within the limits that later sums rely on.
        for host in cloud.hosts {
          #expect((0...(1 << 50)).contains(host.memory), "seed \(seed), round \(round)")
          #expect((0...(1 << 58)).contains(host.disk), "seed \(seed), round \(round)")
        }
        let hosts = Set(cloud.hosts.map(\.name))
        let flavors = Set(cloud.flavors.map(\.name))
        for vm in cloud.vms {
          #expect(flavors.contains(vm.flavor), "seed \(seed), round \(round)")
          if let host = vm.host { #expect(hosts.contains(host), "seed \(seed), round \(round)") }
        }
      } catch let error as CollectorError {
        #expect(!error.description.isEmpty, "seed \(seed), round \(round)")
      }
    }
  }
}
