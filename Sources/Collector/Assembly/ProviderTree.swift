/// Placement's providers as trees: one root for each host, children for its devices.
struct ProviderTree: Sendable {
  /// In ascending order of name, then UUID.
  let providers: [ProviderAnswers]
  /// The index of the root above each provider.
  let rootOf: [Int]
  private let indexByID: [String: Int]
  /// The indices below each root and the root itself, by the root's index.
  private let members: [[Int]]

  /// The trees of providers in any order.
  ///
  /// **Errors**: `contradiction` for a UUID twice, a parent that is not listed, a cycle.
  init(_ answers: [ProviderAnswers]) throws(CollectorError) {
    let sorted = answers.sorted {
      ($0.provider.value.name, $0.provider.value.uuid)
        < ($1.provider.value.name, $1.provider.value.uuid)
    }
    var indexByID: [String: Int] = [:]
    for (index, answer) in sorted.enumerated() {
      let uuid = answer.provider.value.uuid
      guard indexByID.updateValue(index, forKey: uuid) == nil else {
        throw answer.provider.contradiction("uuid", uuid, allowed: "a UUID that is listed once")
      }
    }
    var rootOf: [Int] = []
    for (index, answer) in sorted.enumerated() {
      var top = index
      var steps = 0
      while let parent = sorted[top].provider.value.parentProviderUUID {
        guard let above = indexByID[parent] else {
          throw sorted[top].provider.contradiction(
            "parent_provider_uuid", parent, allowed: "the UUID of a listed provider")
        }
        steps += 1
        guard steps <= sorted.count else {
          throw answer.provider.contradiction(
            "parent_provider_uuid", answer.provider.value.parentProviderUUID ?? "",
            allowed: "a provider whose parents end in a root, not in a cycle")
        }
        top = above
      }
      rootOf.append(top)
    }
    var members: [[Int]] = Array(repeating: [], count: sorted.count)
    for (index, root) in rootOf.enumerated() { members[root].append(index) }
    self.members = members
    providers = sorted
    self.rootOf = rootOf
    self.indexByID = indexByID
  }

  /// The indices of the roots.
  var roots: [Int] { providers.indices.filter { rootOf[$0] == $0 } }

  /// The indices of a root and all below it.
  func tree(of root: Int) -> [Int] { members[root] }

  /// The index of the provider with a UUID.
  func index(of uuid: String) -> Int? { indexByID[uuid] }

  /// Whether a provider's inventory is for all hosts of its aggregates.
  func isSharing(_ index: Int) -> Bool {
    providers[index].traits.contains("MISC_SHARES_VIA_AGGREGATE")
  }

  /// The NUMA node that a provider's name or traits tell, its own before those above it.
  func numaNode(of index: Int) -> Int64? {
    var here: Int? = index
    while let current = here {
      let provider = providers[current]
      for text in [provider.provider.value.name] + provider.traits {
        if let node = Self.numaNode(in: text) { return node }
      }
      here = provider.provider.value.parentProviderUUID.flatMap { indexByID[$0] }
    }
    return nil
  }

  /// The number in words such as `host_NUMA1` and `CUSTOM_NUMA_NODE_0`.
  static func numaNode(in text: String) -> Int64? {
    let lower = text.lowercased()
    guard let start = lower.indices.first(where: { lower[$0...].hasPrefix("numa") })
    else { return nil }
    let rest = lower[start...].dropFirst(4).drop { "_-node".contains($0) }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty || digits.count > 3 ? nil : Int64(digits)
  }
}
