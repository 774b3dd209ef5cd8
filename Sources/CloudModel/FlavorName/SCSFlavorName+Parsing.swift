// The grammar is a chain of parts in fixed order, each read as far as it goes and checked at once;
// what remains at the end is "extra characters". The first fault from the left is the one
// reported. The checker works the same way, so both modes share this reader and part only where
// `mode` is asked.

extension SCSFlavorName {
  /// Reads a name in one syntax. The name is taken as it is: case and blanks count.
  ///
  /// Errors: the first fault from the left. A number beyond `FlavorNumber.largest` is a fault of
  /// its field in both modes.
  /// Complexity: linear in the length of the name.
  package init(_ name: String, syntax: Syntax, mode: Mode) throws(FlavorNameError) {
    var reader = FlavorNameReader(
      Self.withoutMisprint(name, syntax, mode), syntax: syntax, mode: mode)
    self = try reader.read()
  }

  /// The one valid example of the standard that its own rules exclude (`_bms_3` for `_bms_z3`),
  /// read without the stray piece; every other name unchanged.
  ///
  /// Source: scs-0100, "Disk sizes and types", examples; the same line stands in all versions.
  private static func withoutMisprint(_ name: String, _ syntax: Syntax, _ mode: Mode) -> String {
    switch (mode, syntax, name) {
    case (.strict, .v1, "SCS-2C:4:n-bms-3"): "SCS-2C:4:n-bms"
    case (.strict, .v3, "SCS-2C-4-n_bms_3"): "SCS-2C-4-n_bms"
    default: name
    }
  }
}

/// Reads one name from left to right.
struct FlavorNameReader {
  private var cursor: FlavorNameCursor
  private let syntax: SCSFlavorName.Syntax
  private let mode: SCSFlavorName.Mode

  init(_ name: String, syntax: SCSFlavorName.Syntax, mode: SCSFlavorName.Mode) {
    cursor = FlavorNameCursor(name)
    self.syntax = syntax
    self.mode = mode
  }

  mutating func read() throws(FlavorNameError) -> SCSFlavorName {
    guard cursor.skip("SCS-") else { throw .notSCS }
    var flavor = try mainPart()
    flavor.disk = try disk()
    flavor.hypervisor = hypervisor()
    flavor.nestedVirtualization = cursor.skip(syntax.extensionSeparator + "hwv")
    flavor.architecture = try architecture()
    flavor.gpu = try gpu()
    flavor.infiniband = cursor.skip(syntax.extensionSeparator + "ib")
    guard cursor.isAtEnd else { throw .extraCharacters(rest: cursor.rest) }
    return flavor
  }

  /// CPU and memory, the only parts that must be there.
  private mutating func mainPart() throws(FlavorNameError) -> SCSFlavorName {
    let cpuDigits = cursor.digits()
    guard let type = cursor.letter(SCSFlavorName.CPUType.self) else { throw .mainPart }
    let isInsecure = cursor.skip("i")
    guard cursor.skip(syntax.partSeparator) else { throw .mainPart }
    let ramText = cursor.take { (0x30...0x39).contains($0) || $0 == 0x2E }
    let cpus = try FlavorNumber.count(cpuDigits, of: .cpus, mode)
    let halves = try FlavorNumber.halfGibibytes(ramText, mode)
    var flavor = SCSFlavorName(cpus: cpus, cpuType: type, ramHalfGibibytes: halves)
    flavor.cpuInsecure = isInsecure
    flavor.ramNoECC = cursor.skip("u")
    flavor.ramOversubscribed = cursor.skip("o")
    return flavor
  }

  /// The disk part. A separator alone is an empty disk part, which is not the same as none.
  private mutating func disk() throws(FlavorNameError) -> SCSFlavorName.Disk? {
    guard cursor.skip(syntax.partSeparator) else { return nil }
    let start = cursor.position
    var disk = SCSFlavorName.Disk()
    let countDigits = cursor.digits()
    if cursor.skip("x") {
      // The checker takes a lone `x` for one disk.
      if !(mode == .checker && countDigits.isEmpty) {
        disk.count = try FlavorNumber.count(
          countDigits, of: .diskCount, mode, atMost: FlavorNumber.mostDisks)
      }
    } else {
      cursor.move(to: start)
    }
    disk.gigabytes = try FlavorNumber.optionalCount(cursor.digits(), of: .diskSize, mode)
    disk.medium = cursor.letter(SCSFlavorName.Medium.self)
    return disk
  }

  private mutating func hypervisor() -> SCSFlavorName.Hypervisor? {
    for hypervisor in SCSFlavorName.Hypervisor.allCases
    where !(hypervisor == .cloudHypervisor && syntax == .v1) {
      if cursor.skip(syntax.extensionSeparator + hypervisor.rawValue) { return hypervisor }
    }
    return nil
  }

  /// Vendor, generation and clock. They must fill the extension to its end, or else `_ib` would
  /// be Intel with a stray `b`.
  private mutating func architecture() throws(FlavorNameError) -> SCSFlavorName.Architecture? {
    let start = cursor.position
    guard cursor.skip(syntax.extensionSeparator),
      let vendor = cursor.letter(SCSFlavorName.CPUVendor.self)
    else {
      cursor.move(to: start)
      return nil
    }
    let digits = cursor.digits()
    let clock = cursor.take { $0 == 0x68 }
    guard cursor.isAtEnd || cursor.sees(syntax.extensionSeparator) else {
      cursor.move(to: start)
      return nil
    }
    var architecture = SCSFlavorName.Architecture(vendor: vendor)
    if !digits.isEmpty {
      architecture.generation = try FlavorNumber.generation(
        digits, upTo: vendor.newestGeneration(syntax, mode), mode)
    }
    architecture.clockGrade = try FlavorNumber.grade(clock, upTo: 3, of: .performance)
    return architecture
  }
}

extension FlavorNameReader {
  private mutating func gpu() throws(FlavorNameError) -> SCSFlavorName.GPU? {
    let start = cursor.position
    guard cursor.skip(syntax.extensionSeparator),
      let access = cursor.letter(SCSFlavorName.GPUAccess.self),
      let vendor = cursor.letter(SCSFlavorName.GPUVendor.self)
    else {
      cursor.move(to: start)
      return nil
    }
    var gpu = SCSFlavorName.GPU(access: access, vendor: vendor)
    let generation = gpuGeneration()
    if !generation.isEmpty {
      guard vendor.generations.contains(generation) else {
        throw .badField(.gpuGeneration, value: generation)
      }
      gpu.generation = generation
    }
    switch mode {
    case .checker: try checkerGPUSizes(&gpu)
    case .strict: try strictGPUSizes(&gpu)
    }
    return gpu
  }

  /// The generation code. The checker's one stops at a size or an `h` only and so swallows the
  /// extension that follows a GPU without units.
  private mutating func gpuGeneration() -> String {
    let separators = syntax.gpuSeparator.utf8
    let ends = mode == .strict ? Array(syntax.extensionSeparator.utf8) : []
    return cursor.take { $0 != 0x68 && !separators.contains($0) && !ends.contains($0) }
  }

  /// Units, `h`, memory and `h` are each optional to the checker.
  private mutating func checkerGPUSizes(_ gpu: inout SCSFlavorName.GPU) throws(FlavorNameError) {
    let units = gpuSize()
    let unitsGrade = cursor.take { $0 == 0x68 }
    let memory = gpuSize()
    let memoryGrade = memory == nil ? "" : cursor.take { $0 == 0x68 }
    gpu.units = try FlavorNumber.optionalCount(units ?? "", of: .gpuUnits, mode)
    gpu.unitsGrade = try FlavorNumber.grade(unitsGrade, upTo: 2, of: .performance)
    gpu.memoryGibibytes = try FlavorNumber.optionalCount(memory ?? "", of: .gpuMemory, mode)
    gpu.memoryHighBandwidth =
      try FlavorNumber.grade(memoryGrade, upTo: 1, of: .gpuMemoryPerformance) == 1
  }

  /// By the text each size needs the one before it, an `h` needs its size, and the memory came
  /// with the hyphen syntax (v3.2).
  private mutating func strictGPUSizes(_ gpu: inout SCSFlavorName.GPU) throws(FlavorNameError) {
    guard gpu.generation != nil, let units = gpuSize() else { return }
    gpu.units = try FlavorNumber.count(units, of: .gpuUnits, mode)
    let unitsGrade = cursor.take { $0 == 0x68 }
    gpu.unitsGrade = try FlavorNumber.grade(unitsGrade, upTo: 2, of: .performance)
    guard syntax == .v3, let memory = gpuSize() else { return }
    gpu.memoryGibibytes = try FlavorNumber.count(memory, of: .gpuMemory, mode)
    let memoryGrade = cursor.take { $0 == 0x68 }
    gpu.memoryHighBandwidth =
      try FlavorNumber.grade(memoryGrade, upTo: 1, of: .gpuMemoryPerformance) == 1
  }

  /// A separator with digits after it; nil, and nothing read, without either.
  private mutating func gpuSize() -> String? {
    let start = cursor.position
    guard cursor.skip(syntax.gpuSeparator) else { return nil }
    let digits = cursor.digits()
    guard !digits.isEmpty else {
      cursor.move(to: start)
      return nil
    }
    return digits
  }
}
