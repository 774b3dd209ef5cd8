/// One way of giving a request its resources.
package struct AllocationCandidate: Sendable, Equatable {
  /// Which group of the query gets its amounts from which provider.
  package struct Share: Sendable, Equatable {
    /// Index of the group in the query.
    package var group: Int
    /// The request for devices that the group stands for.
    package var deviceRequest: Int?
    /// The provider.
    package var provider: String
    /// The amounts.
    package var amounts: [ResourceAmount]

    /// A share.
    package init(group: Int, deviceRequest: Int?, provider: String, amounts: [ResourceAmount]) {
      self.group = group
      self.deviceRequest = deviceRequest
      self.provider = provider
      self.amounts = amounts
    }
  }

  /// The root provider, which stands for the host.
  package var root: String
  /// Who gives what.
  package var shares: [Share]

  /// A candidate.
  package init(root: String, shares: [Share]) {
    self.root = root
    self.shares = shares
  }

  /// What a claim of the candidate allocates, sorted by provider.
  package var allocations: [ResourceAllocation] {
    var sums: [String: [String: Int]] = [:]
    for share in shares {
      for amount in share.amounts {
        sums[share.provider, default: [:]][amount.resource, default: 0] += amount.amount
      }
    }
    return sums.keys.sorted().map { provider in
      ResourceAllocation(
        provider: provider,
        amounts: (sums[provider] ?? [:]).map { ResourceAmount($0.key, $0.value) })
    }
  }

  /// The providers of the devices of a request, one entry a device.
  func deviceProviders(ofRequest request: Int) -> [String] {
    shares.filter { $0.deviceRequest == request }.map(\.provider)
  }
}

extension ResourceLedger {
  /// Candidates of one host beyond this number are not written out: a request for many of many
  /// devices has more of them than anybody counts.
  static let mostCandidatesOfHost = 4096

  /// The allocation candidates of a query, by root provider in the order of their names.
  ///
  /// **Source**: Placement 16.0.0, `placement/objects/allocation_candidate.py`. Providers that
  /// share across trees are not modelled.
  ///
  /// **Complexity**: O(providers), and for each host the number of its candidates.
  package func candidates(for query: ResourceQuery) -> [AllocationCandidate] {
    let trees = Dictionary(grouping: providers.indices) { rootPlace(of: $0) }
    return providers.indices.filter { isEligibleRoot($0, query) }.flatMap { root in
      candidates(inTree: trees[root] ?? [root], root: root, query)
    }
  }

  /// The root above a provider.
  package func root(of provider: String) -> String? {
    place(of: provider).map { providers[rootPlace(of: $0)].name }
  }

  private func rootPlace(of provider: Int) -> Int {
    var current = provider
    // A tree is never as deep as there are providers; a circle in bad data would be.
    for _ in providers.indices {
      guard let parent = providers[current].parent, let above = place(of: parent) else { break }
      current = above
    }
    return current
  }

  private func isEligibleRoot(_ place: Int, _ query: ResourceQuery) -> Bool {
    let provider = providers[place]
    return provider.parent == nil
      && ResourceQuery.rootRequired.allSatisfy(provider.traits.contains)
      && !ResourceQuery.rootForbidden.contains(where: provider.traits.contains)
      && query.memberOf.allSatisfy { $0.contains(where: provider.aggregates.contains) }
      && (query.inTree.map { root(of: $0) == provider.name } ?? true)
  }

  private func candidates(
    inTree tree: [Int], root: Int, _ query: ResourceQuery
  ) -> [AllocationCandidate] {
    var partial: [[AllocationCandidate.Share]] = [[]]
    for (index, group) in query.groups.enumerated() {
      let options =
        group.suffix.isEmpty
        ? spread(group, index, over: tree) : whole(group, index, from: tree)
      var longer: [[AllocationCandidate.Share]] = []
      for shares in partial {
        for option in options where longer.count < Self.mostCandidatesOfHost {
          if fits(shares, with: option, isolating: query.groupPolicy == "isolate", query) {
            longer.append(shares + option)
          }
        }
      }
      partial = longer
      if partial.isEmpty { return [] }
    }
    return partial.map { AllocationCandidate(root: providers[root].name, shares: $0) }
  }

  /// A group with a suffix gets all its amounts from one provider.
  private func whole(
    _ group: ResourceGroup, _ index: Int, from tree: [Int]
  ) -> [[AllocationCandidate.Share]] {
    tree.filter { place in
      group.amounts.allSatisfy { admits($0, place) }
        && group.required.allSatisfy(providers[place].traits.contains)
        && !group.forbidden.contains(where: providers[place].traits.contains)
    }.map { place in
      [
        AllocationCandidate.Share(
          group: index, deviceRequest: group.deviceRequest, provider: providers[place].name,
          amounts: group.amounts)
      ]
    }
  }

  /// The group without a suffix may get each amount from another provider of the tree; required
  /// traits may be spread over them, forbidden ones none of them has.
  private func spread(
    _ group: ResourceGroup, _ index: Int, over tree: [Int]
  ) -> [[AllocationCandidate.Share]] {
    var options: [[Int]] = [[]]
    for amount in group.amounts {
      let able = tree.filter { admits(amount, $0) }
      options = Array(
        options.lazy.flatMap { chosen in able.map { chosen + [$0] } }
          .prefix(Self.mostCandidatesOfHost))
    }
    return options.filter { chosen in
      group.required.allSatisfy { trait in
        chosen.contains { providers[$0].traits.contains(trait) }
      }
        && !group.forbidden.contains { trait in
          chosen.contains { providers[$0].traits.contains(trait) }
        }
    }.map { chosen in
      zip(group.amounts, chosen).map { amount, place in
        AllocationCandidate.Share(
          group: index, deviceRequest: nil, provider: providers[place].name, amounts: [amount])
      }
    }
  }

  private func admits(_ amount: ResourceAmount, _ place: Int) -> Bool {
    guard let column = column(of: amount.resource, in: place) else { return false }
    return providers[place].inventories[column].admits(
      amount.amount, used: used(column, of: place))
  }

  /// Whether the shares of one more group can be added: together they may not exceed what is left,
  /// and isolated groups use different providers.
  private func fits(
    _ shares: [AllocationCandidate.Share], with option: [AllocationCandidate.Share],
    isolating: Bool, _ query: ResourceQuery
  ) -> Bool {
    for new in option {
      for old in shares where old.provider == new.provider {
        let bothSuffixed =
          !query.groups[old.group].suffix.isEmpty && !query.groups[new.group].suffix.isEmpty
        if isolating && bothSuffixed { return false }
        for amount in new.amounts {
          let before = shares.lazy.filter { $0.provider == new.provider }.reduce(0) { sum, share in
            sum + (share.amounts.first { $0.resource == amount.resource }?.amount ?? 0)
          }
          guard let place = place(of: new.provider),
            let column = column(of: amount.resource, in: place)
          else { return false }
          let inventory = providers[place].inventories[column]
          let sum = before + amount.amount
          if Double(used(column, of: place) + sum) > inventory.exactCapacity
            || sum > inventory.maxUnit
          {
            return false
          }
        }
      }
    }
    return true
  }
}
