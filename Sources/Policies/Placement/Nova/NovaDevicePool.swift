package import CloudModel

/// Devices of one kind behind one address of a host.
///
/// **Source**: Nova 34.0.0, `nova/pci/stats.py`.
package struct NovaDevicePool: Sendable, Equatable {
  /// Identifier of the vendor, four hexadecimal digits.
  package var vendor: String
  /// Identifier of the product, four hexadecimal digits.
  package var product: String
  /// NUMA node, or nil.
  package var numaNode: Int?
  /// How many devices are free.
  package var free: Int
  /// The Placement provider of the devices, if they are tracked there.
  package var provider: String?

  /// A pool.
  package init(
    vendor: String, product: String, numaNode: Int? = nil, free: Int, provider: String? = nil
  ) {
    self.vendor = vendor
    self.product = product
    self.numaNode = numaNode
    self.free = free
    self.provider = provider
  }

  /// Whether the pool has all properties of a set; only Placement compares some of them.
  package func matches(_ spec: Properties) -> Bool {
    spec.entries.allSatisfy { entry in
      switch entry.key {
      case "vendor_id": entry.value.lowercased() == vendor.lowercased()
      case "product_id": entry.value.lowercased() == product.lowercased()
      case "numa_node": Int(entry.value) == numaNode
      case "dev_type": entry.value == "type-PCI"
      case "resource_class", "traits", "rp_uuids": true
      default: false
      }
    }
  }
}

extension [NovaDevicePool] {
  /// Takes the devices of some requests from pools that Placement does not track.
  package mutating func take(_ requests: [NovaDeviceRequest]) {
    _ = take(requests, candidate: nil)
  }

  /// Takes the devices of some requests; false, with nothing of use left, if they do not suffice.
  ///
  /// With devices tracked in Placement the candidate says which provider each comes from, else
  /// the pools are emptied in their order. Pools that become empty are dropped.
  mutating func take(
    _ requests: [NovaDeviceRequest], candidate: AllocationCandidate?
  ) -> Bool {
    for (index, request) in requests.enumerated() {
      let providers = candidate?.deviceProviders(ofRequest: index) ?? []
      let isTaken =
        providers.isEmpty
        ? takeInOrder(request) : take(request, from: providers)
      if !isTaken { return false }
    }
    return true
  }

  private mutating func takeInOrder(_ request: NovaDeviceRequest) -> Bool {
    let matching = indices.filter { place in request.specs.contains { self[place].matches($0) } }
    guard matching.reduce(0, { $0 + self[$1].free }) >= request.count else { return false }
    var missing = request.count
    var emptied: [Int] = []
    for place in matching {
      if self[place].free > missing {
        self[place].free -= missing
        missing = 0
      } else {
        missing -= self[place].free
        emptied.append(place)
      }
      if missing == 0 { break }
    }
    for place in emptied.reversed() { remove(at: place) }
    return true
  }

  private mutating func take(_ request: NovaDeviceRequest, from providers: [String]) -> Bool {
    var found = 0
    for place in indices.reversed() {
      guard let provider = self[place].provider,
        request.specs.contains(where: { self[place].matches($0) })
      else { continue }
      let wanted = providers.count { $0 == provider }
      guard wanted > 0, self[place].free >= wanted else { continue }
      found += self[place].free
      self[place].free -= wanted
      if self[place].free == 0 { remove(at: place) }
    }
    return found >= request.count
  }
}
