extension SCSFlavorName.Syntax {
  /// Between CPU, memory and disk.
  var partSeparator: String { self == .v1 ? ":" : "-" }

  /// Before each extension.
  var extensionSeparator: String { self == .v1 ? "-" : "_" }

  /// Between generation, units and memory of a GPU.
  var gpuSeparator: String { self == .v1 ? ":" : "-" }
}

extension SCSFlavorName {
  /// Memory in GiB as decimal text without trailing zeros, such as `3.5`.
  package var ramGibibytesText: String {
    "\(ramHalfGibibytes / 2)" + (ramHalfGibibytes.isMultiple(of: 2) ? "" : ".5")
  }

  /// The name written again from its fields.
  ///
  /// The same fields always give the same text: no leading zeros, no `1x`, no CPU generation 0.
  /// A Cloud Hypervisor flavor has no valid name in the colon syntax; the text is made all the
  /// same, as the checker does.
  package func canonical(_ syntax: Syntax) -> String {
    var name = "SCS-\(cpus)" + cpuType.rawValue + (cpuInsecure ? "i" : "")
    name += syntax.partSeparator + ramGibibytesText
    name += (ramNoECC ? "u" : "") + (ramOversubscribed ? "o" : "")
    if let disk {
      name += syntax.partSeparator + disk.text
    }
    for piece in extensions(syntax) {
      name += syntax.extensionSeparator + piece
    }
    return name
  }

  /// The short name, which providers are expected to offer beside the full one.
  ///
  /// It drops hypervisor, nested virtualization, an x86 vendor, the CPU's generation and clock and
  /// every `h` of the GPU. A bare-metal flavor can so look like a VM.
  package func short(_ syntax: Syntax) -> String {
    shortened.canonical(syntax)
  }

  /// The fields that the short name keeps.
  package var shortened: SCSFlavorName {
    var short = self
    short.hypervisor = nil
    short.nestedVirtualization = false
    switch architecture?.vendor {
    case .arm: short.architecture = Architecture(vendor: .arm)
    case .riscv: short.architecture = Architecture(vendor: .riscv)
    case .intel, .amd, nil: short.architecture = nil
    }
    short.gpu?.unitsGrade = 0
    short.gpu?.memoryHighBandwidth = false
    return short
  }

  /// The extensions in the order the standard demands.
  private func extensions(_ syntax: Syntax) -> [String] {
    var pieces: [String] = []
    if let hypervisor { pieces.append(hypervisor.rawValue) }
    if nestedVirtualization { pieces.append("hwv") }
    if let architecture { pieces.append(architecture.text) }
    if let gpu { pieces.append(gpu.text(syntax)) }
    if infiniband { pieces.append("ib") }
    return pieces
  }
}

extension SCSFlavorName.Disk {
  fileprivate var text: String {
    (count == 1 ? "" : "\(count)x") + (gigabytes.map { "\($0)" } ?? "") + (medium?.rawValue ?? "")
  }
}

extension SCSFlavorName.Architecture {
  /// The letters `h` of the clock.
  var clockText: String { String(repeating: "h", count: clockGrade) }

  fileprivate var text: String {
    // "Rather old" and "not stated" print alike, as the standard recommends.
    let generationText = generation.map { $0 == 0 ? "" : "\($0)" } ?? ""
    return vendor.rawValue + generationText + clockText
  }
}

extension SCSFlavorName.GPU {
  /// The letters `h` of the units.
  var unitsGradeText: String { String(repeating: "h", count: unitsGrade) }

  fileprivate func text(_ syntax: SCSFlavorName.Syntax) -> String {
    var text = access.rawValue + vendor.rawValue + (generation ?? "")
    if let units { text += syntax.gpuSeparator + "\(units)" }
    text += unitsGradeText
    if let memoryGibibytes { text += syntax.gpuSeparator + "\(memoryGibibytes)" }
    return text + (memoryHighBandwidth ? "h" : "")
  }
}
