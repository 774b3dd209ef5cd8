/// The outcome of reading one name whose syntax need not be known.
package struct FlavorNameReading: Hashable, Sendable {
  /// The name as given.
  package let name: String

  /// The syntax in which the name is valid; nil if it is not.
  package let syntax: SCSFlavorName.Syntax?

  /// The fields of a valid name, or why it is not one.
  package let result: Result<SCSFlavorName, FlavorNameError>

  /// Reads `name` in the hyphen syntax, then in the colon syntax, or only in `only`.
  ///
  /// A name that fits neither is blamed in the syntax that got past CPU and memory, since that is
  /// the one it is written in.
  package init(_ name: String, mode: SCSFlavorName.Mode, only: SCSFlavorName.Syntax? = nil) {
    self.name = name
    var blame = FlavorNameError.mainPart
    for syntax in only.map({ [$0] }) ?? [.v3, .v1] {
      do throws(FlavorNameError) {
        let flavor = try SCSFlavorName(name, syntax: syntax, mode: mode)
        self.syntax = syntax
        self.result = .success(flavor)
        return
      } catch {
        if blame == .mainPart { blame = error }
      }
    }
    self.syntax = nil
    self.result = .failure(blame)
  }

  /// The fields of a valid name.
  package var flavor: SCSFlavorName? { try? result.get() }

  /// Why the name is not valid.
  package var error: FlavorNameError? {
    if case .failure(let error) = result { error } else { nil }
  }

  /// How a certification run treats the name.
  package var verdict: Verdict {
    if error == .notSCS { return .ignored }
    return switch syntax {
    case .v3: .accepted
    case .v1: .tolerated
    case nil: .rejected
    }
  }

  /// What a certification run makes of a name.
  package enum Verdict: String, CaseIterable, Sendable {
    /// Valid in the hyphen syntax.
    case accepted
    /// Valid in the colon syntax only: a warning.
    case tolerated
    /// An SCS name that fits neither syntax.
    case rejected
    /// Not an SCS name.
    case ignored
  }
}

/// One value of a reading, as a table or JSON shows it.
package enum FlavorFieldValue: Hashable, Sendable {
  /// A whole number; flags are 1 or 0.
  case integer(Int)
  /// A number written with a decimal point if it needs one, such as `3.5`; not to be quoted.
  case decimal(String)
  /// Text.
  case text(String)
  /// Not stated, or not applicable.
  case null
}

extension FlavorNameReading {
  /// The reading as ordered pairs for output.
  ///
  /// Shape: always the same 29 keys: `name`, `valid` (1 or 0) and `syntax`, then the fields from
  /// `cpus` to `ib`, then `canonical_v1`, `canonical_v3` and `short_v3`. All but the first two are
  /// null for an invalid name.
  package var fields: [(key: String, value: FlavorFieldValue)] {
    let flavor = flavor
    let disk = flavor?.disk
    let architecture = flavor?.architecture
    let gpu = flavor?.gpu
    return [
      ("name", .text(name)),
      ("valid", .flag(flavor != nil)),
      ("syntax", .text(syntax?.rawValue)),
      ("cpus", .integer(flavor?.cpus)),
      ("cpu_type", .text(flavor?.cpuType.rawValue)),
      ("cpu_insecure", .flag(flavor?.cpuInsecure)),
      ("ram_gib", flavor.map { .decimal($0.ramGibibytesText) } ?? .null),
      ("ram_no_ecc", .flag(flavor?.ramNoECC)),
      ("ram_oversub", .flag(flavor?.ramOversubscribed)),
      ("disk", .flag(flavor.map { $0.disk != nil })),
      ("disk_count", .integer(disk?.count)),
      ("disk_gb", .integer(disk?.gigabytes)),
      ("disk_type", .text(disk?.medium?.rawValue)),
      ("hypervisor", .text(flavor?.hypervisor?.rawValue)),
      ("hwv", .flag(flavor?.nestedVirtualization)),
      ("cpu_arch", .text(architecture?.vendor.rawValue)),
      ("cpu_gen", .integer(architecture?.generation)),
      ("cpu_freq", .text(architecture?.clockText)),
      ("gpu", .text(gpu?.access.rawValue)),
      ("gpu_vendor", .text(gpu?.vendor.rawValue)),
      ("gpu_gen", .text(gpu?.generation)),
      ("gpu_units", .integer(gpu?.units)),
      ("gpu_units_h", .text(gpu?.unitsGradeText)),
      ("gpu_vram_gib", .integer(gpu?.memoryGibibytes)),
      ("gpu_vram_h", .text(gpu.map { $0.memoryHighBandwidth ? "h" : "" })),
      ("ib", .flag(flavor?.infiniband)),
      ("canonical_v1", .text(flavor?.canonical(.v1))),
      ("canonical_v3", .text(flavor?.canonical(.v3))),
      ("short_v3", .text(flavor?.short(.v3))),
    ]
  }
}

extension FlavorFieldValue {
  fileprivate static func integer(_ value: Int?) -> Self { value.map { .integer($0) } ?? .null }

  fileprivate static func flag(_ value: Bool?) -> Self {
    value.map { .integer($0 ? 1 : 0) } ?? .null
  }

  /// Text, where nothing and the empty text are both "not stated".
  fileprivate static func text(_ value: String?) -> Self {
    guard let value, !value.isEmpty else { return .null }
    return .text(value)
  }
}
