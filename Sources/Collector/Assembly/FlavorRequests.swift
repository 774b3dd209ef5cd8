/// What a flavor's extra specs ask for beyond its sizes.
struct FlavorRequests: Sendable, Equatable {
  /// Devices by alias or resource class, as asked.
  var devices: [String: Int64] = [:]
  /// Which of them are aliases of `pci_passthrough:alias`.
  var aliases: Set<String> = []
  /// Amounts that replace the flavor's own, by standard resource class.
  var overrides: [String: Int64] = [:]
  /// Amounts that come on top, by standard resource class.
  var additions: [String: Int64] = [:]

  private static let standardClasses: Set<String> = [
    "VCPU", "PCPU", ResourceAmounts.memoryClass, ResourceAmounts.diskClass,
  ]

  /// **Errors**: `unexpectedValue` for amounts that are no number.
  /// **Source**: Nova, `pci_passthrough:alias` (`name:count`, separated by commas) and `resources*`.
  init(_ specs: [String: String], file: String, path: String) throws(CollectorError) {
    for (key, value) in specs.sorted(by: { $0.key < $1.key }) {
      if key == "pci_passthrough:alias" {
        for part in value.split(separator: ",") {
          let (name, amount) = Self.request(part)
          guard let amount, amount > 0, amount <= 1_000, !name.isEmpty else {
            throw .unexpectedValue(
              file: file, path: "\(path).\(key)", value: value, allowed: "name:count, ...")
          }
          devices[name, default: 0] += amount
          aliases.insert(name)
        }
      } else if let (name, isNumbered) = Self.resourceClass(in: key) {
        let limit = ResourceAmounts.limit(of: name)
        guard let amount = Int64(value), (0...limit).contains(amount) else {
          throw .unexpectedValue(
            file: file, path: "\(path).\(key)", value: value,
            allowed: "0 to \(limit)")
        }
        add(amount, of: name, isNumbered: isNumbered)
      }
    }
  }

  private mutating func add(_ amount: Int64, of name: String, isNumbered: Bool) {
    if Self.standardClasses.contains(name) {
      // Only the group without a number replaces; dedicated CPUs have no size to replace.
      if isNumbered || name == "PCPU" {
        additions[name, default: 0] += amount
      } else {
        overrides[name] = amount
      }
    } else if name.hasPrefix("CUSTOM_") || ResourceAmounts.isDeviceClass(name), amount > 0 {
      devices[name, default: 0] += amount
    }
  }

  /// `gpu` and 2 of ` gpu:2`; a name without a count asks for one.
  private static func request(_ part: Substring) -> (String, Int64?) {
    let halves = part.split(separator: ":", omittingEmptySubsequences: false).map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return (halves[0], halves.count == 1 ? 1 : halves.count == 2 ? Int64(halves[1]) : nil)
  }

  /// `VGPU` of `resources:VGPU`, `resources1:VGPU` and `resources_GPU:VGPU`.
  private static func resourceClass(in key: String) -> (name: String, isNumbered: Bool)? {
    guard key.hasPrefix("resources"), let colon = key.firstIndex(of: ":") else { return nil }
    return (String(key[key.index(after: colon)...]), key[..<colon] != "resources")
  }
}
