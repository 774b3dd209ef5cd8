import CloudModel

/// Hosts whose hypervisor can run what the image says it is.
struct ImagePropertiesFilter: NovaFilter {
  static let name = "ImagePropertiesFilter"
  let runsOncePerRequest = true
  private let defaultArchitecture: String?

  init(_ configuration: NovaConfiguration) {
    defaultArchitecture = configuration.defaultArchitecture
  }

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    let image = request.imageProperties
    let wanted = [
      (image["hw_architecture"] ?? defaultArchitecture).map(Self.architecture),
      image["img_hv_type"].map(Self.hypervisor), image["hw_vm_mode"].map(Self.mode),
    ].compactMap { $0 }
    if wanted.isEmpty { return true }
    let isRunnable = host.platform.guests.contains { guest in
      let offered = [guest.architecture, guest.hypervisor, guest.mode]
      return wanted.allSatisfy(offered.contains)
    }
    return isRunnable && hasVersion(host, image["img_hv_requested_version"])
      && hasAddressBits(host, image["hw_maxphysaddr_bits"])
  }

  private static func architecture(_ name: String) -> String {
    switch name.lowercased() {
    case "i386", "i486", "i586", "x86_32", "x86_32p": "i686"
    case "amd64": "x86_64"
    default: name.lowercased()
    }
  }

  private static func hypervisor(_ name: String) -> String {
    name.lowercased() == "xapi" ? "xen" : name.lowercased()
  }

  private static func mode(_ name: String) -> String {
    switch name.lowercased() {
    case "pv": "xen"
    case "hv", "baremetal": "hvm"
    default: name.lowercased()
    }
  }

  /// Whether the hypervisor's version is in a range such as `>=6.0, <9`.
  private func hasVersion(_ host: NovaHostState, _ range: String?) -> Bool {
    guard let range, host.hypervisorVersion > 0 else { return true }
    let number = host.hypervisorVersion
    let version = [number / 1_000_000, number / 1000 % 1000, number % 1000]
    return range.split(separator: ",").allSatisfy { part in
      let text = part.filter { $0 != " " }
      let sign = String(text.prefix { "<>=!".contains($0) })
      var bound = text.dropFirst(sign.count).split(separator: ".").compactMap { Int($0) }
      while bound.count < version.count { bound.append(0) }
      switch sign {
      case "<": return version.lexicographicallyPrecedes(bound)
      case "<=": return !bound.lexicographicallyPrecedes(version)
      case ">": return bound.lexicographicallyPrecedes(version)
      case ">=": return !version.lexicographicallyPrecedes(bound)
      case "==": return version == bound
      case "!=": return version != bound
      default: return false
      }
    }
  }

  private func hasAddressBits(_ host: NovaHostState, _ wanted: String?) -> Bool {
    guard let wanted = wanted.flatMap({ Int($0) }),
      let bits = host.platform.capabilities["cpu_info:maxphysaddr:bits"].flatMap({ Int($0) })
    else { return true }
    return bits >= wanted
  }
}
