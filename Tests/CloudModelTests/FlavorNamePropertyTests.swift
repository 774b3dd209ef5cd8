import CloudModel
import Testing

struct FlavorNamePropertyTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func printingAndReadingRoundTrips(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for round in 0..<2_000 {
      let flavor = SCSFlavorName.random(using: &random)
      for syntax in SCSFlavorName.Syntax.allCases where flavor.isWritable(in: syntax) {
        let name = flavor.canonical(syntax)
        for mode in SCSFlavorName.Mode.allCases
        where mode == .strict || !flavor.isSwallowedByTheChecker {
          let reading = FlavorNameReading(name, mode: mode)
          #expect(reading.flavor == flavor, "seed \(seed), round \(round), \(name), \(mode)")
          #expect(reading.syntax == syntax, "seed \(seed), round \(round), \(name), \(mode)")
        }
      }
      let short = flavor.short(.v3)
      #expect(
        FlavorNameReading(short, mode: .strict).flavor == flavor.shortened,
        "seed \(seed), round \(round), \(short)")
      #expect(flavor.shortened.shortened == flavor.shortened, "seed \(seed), round \(round)")
    }
  }

  /// Whatever is read can be written, and what the text allows the checker mostly reads as well.
  @Test(arguments: [UInt64(11), 12, 13, 14])
  func mutatedNamesNeverCrash(seed: UInt64) {
    var random = SplitMix(state: seed)
    let alphabet = Array("SCVTLiuonhspx0123456789.:-_zarGgNAIbkvmwy é\u{0}".unicodeScalars)
    for round in 0..<2_000 {
      let flavor = SCSFlavorName.random(using: &random)
      let syntax = SCSFlavorName.Syntax.allCases.randomElement(using: &random) ?? .v3
      var scalars = Array(flavor.canonical(syntax).unicodeScalars)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<scalars.count, using: &random)
        let scalar = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        switch Int.random(in: 0..<3, using: &random) {
        case 0: scalars[place] = scalar
        case 1: scalars.insert(scalar, at: place)
        default: if scalars.count > 1 { scalars.remove(at: place) }
        }
      }
      let name = String(String.UnicodeScalarView(scalars))
      let context = "seed \(seed), round \(round), \(name)"
      let strict = FlavorNameReading(name, mode: .strict)
      let checker = FlavorNameReading(name, mode: .checker)
      #expect(strict.fields.count == checker.fields.count)
      if let flavor = strict.flavor, !flavor.isSwallowedByTheChecker,
        name != "SCS-2C-4-n_bms_3", name != "SCS-2C:4:n-bms-3"
      {
        #expect(checker.flavor == flavor, "\(context)")
      }
      for reading in [strict, checker] {
        guard let flavor = reading.flavor, let syntax = reading.syntax else {
          #expect(reading.error != nil, "\(context)")
          continue
        }
        let printed = flavor.canonical(syntax)
        let again = FlavorNameReading(printed, mode: .checker)
        if !flavor.isSwallowedByTheChecker {
          #expect(again.flavor?.canonical(syntax) == printed, "\(context)")
        }
      }
    }
  }
}

extension SCSFlavorName {
  /// The colon syntax, as the text has it, lacks what came after scs-0100-v1.
  fileprivate func isWritable(in syntax: Syntax) -> Bool {
    syntax == .v3
      || (hypervisor != .cloudHypervisor && gpu?.memoryGibibytes == nil
        && architecture?.generation ?? 0 <= 3)
  }

  /// A GPU without any size swallows an extension after it.
  fileprivate var isSwallowedByTheChecker: Bool {
    guard let gpu else { return false }
    return gpu.units == nil && gpu.unitsGrade == 0 && gpu.memoryGibibytes == nil && infiniband
  }

  /// A flavor that its canonical name states in full.
  fileprivate static func random(using random: inout SplitMix) -> SCSFlavorName {
    var flavor = SCSFlavorName(
      cpus: .random(in: 1...256, using: &random),
      cpuType: CPUType.allCases.randomElement(using: &random) ?? .shared,
      ramHalfGibibytes: .random(in: 1...4096, using: &random))
    flavor.cpuInsecure = .random(using: &random)
    flavor.ramNoECC = .random(using: &random)
    flavor.ramOversubscribed = .random(using: &random)
    if Bool.random(using: &random) {
      flavor.disk = Disk(
        count: .random(in: 1...12, using: &random),
        gigabytes: Bool.random(using: &random) ? .random(in: 1...5000, using: &random) : nil,
        medium: Medium.allCases.randomElement(using: &random))
      if Bool.random(using: &random) { flavor.disk?.medium = nil }
    }
    if Bool.random(using: &random) {
      flavor.hypervisor = Hypervisor.allCases.randomElement(using: &random)
    }
    flavor.nestedVirtualization = .random(using: &random)
    if Bool.random(using: &random), let vendor = CPUVendor.allCases.randomElement(using: &random) {
      let newest = vendor == .riscv ? 0 : vendor == .arm ? 5 : 6
      let generation = Int.random(in: 0...newest, using: &random)
      flavor.architecture = Architecture(
        vendor: vendor, generation: generation == 0 ? nil : generation,
        clockGrade: .random(in: 0...3, using: &random))
    }
    flavor.gpu = Bool.random(using: &random) ? GPU.random(using: &random) : nil
    flavor.infiniband = .random(using: &random)
    return flavor
  }
}

extension SCSFlavorName.GPU {
  fileprivate static func random(using random: inout SplitMix) -> SCSFlavorName.GPU {
    var gpu = SCSFlavorName.GPU(
      access: Bool.random(using: &random) ? .passthrough : .virtual,
      vendor: SCSFlavorName.GPUVendor.allCases.randomElement(using: &random) ?? .nvidia)
    guard Bool.random(using: &random) else { return gpu }
    let codes =
      switch gpu.vendor {
      case .nvidia: "f k m p v t a l g b u"
      case .amd: "0.4 0.5 1 2 3 4 1.1 2.1 3.1 3.5 4.1 5.1"
      case .intel: "0.9 0.95 1 2 3 4"
      }
    gpu.generation = codes.split(separator: " ").randomElement(using: &random).map(String.init)
    guard Bool.random(using: &random) else { return gpu }
    gpu.units = .random(in: 1...400, using: &random)
    gpu.unitsGrade = .random(in: 0...2, using: &random)
    guard Bool.random(using: &random) else { return gpu }
    gpu.memoryGibibytes = .random(in: 1...300, using: &random)
    gpu.memoryHighBandwidth = .random(using: &random)
    return gpu
  }
}

/// A small seeded generator, so that a printed seed repeats a failure.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
