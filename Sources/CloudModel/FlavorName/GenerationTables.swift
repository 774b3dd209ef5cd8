extension SCSFlavorName.CPUVendor {
  /// The newest generation that may be written; all from 0 to it are allowed.
  ///
  /// The text of scs-0100-v1 ends earlier than the checker, which knows one table for both
  /// syntaxes.
  func newestGeneration(_ syntax: SCSFlavorName.Syntax, _ mode: SCSFlavorName.Mode) -> Int {
    let isOldText = syntax == .v1 && mode == .strict
    return switch self {
    case .intel: isOldText ? 3 : 6  // Ice Lake; Granite Rapids
    case .amd: isOldText ? 4 : 6  // Zen 4; Zen 6
    case .arm: isOldText ? 3 : 5  // Neoverse N2; Neoverse N3
    case .riscv: 0
    }
  }
}

extension SCSFlavorName.GPUVendor {
  /// The generation codes, oldest first.
  ///
  /// One table serves both syntaxes: scs-0100-v1 ends its own list with an ellipsis.
  var generations: [String] {
    switch self {
    case .nvidia:
      // Fermi, Kepler, Maxwell, Pascal, Volta, Turing, Ampere, Ada, Hopper, Blackwell (Ultra).
      ["f", "k", "m", "p", "v", "t", "a", "l", "g", "b", "u"]
    case .amd:
      // GCN, then CDNA as whole numbers, then RDNA with a fraction.
      ["0.4", "0.5", "1", "2", "3", "4", "1.1", "2.1", "3.1", "3.5", "4.1", "5.1"]
    case .intel:
      ["0.9", "0.95", "1", "2", "3", "4"]
    }
  }
}
